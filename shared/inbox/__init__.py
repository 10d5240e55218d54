"""Events are handled once: bulk inbox, parked keys and the consumer's transaction."""
