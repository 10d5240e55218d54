"""Apache Kafka itself, in KRaft mode, from its Maven artefacts: for whoever wants the real broker without Docker."""
