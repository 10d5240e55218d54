"""Starts, watches and stops the whole system on one machine, and recovers when it was itself killed."""
