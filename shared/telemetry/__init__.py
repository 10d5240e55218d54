"""Traces, metrics and logs, with everything personal kept out of them."""
