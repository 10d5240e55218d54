"""PostgreSQL and a Kafka-compatible broker from Python wheels, run without Docker, as root or as an ordinary user."""
