"""Registration's PostgreSQL tables, sealed persons and client secrets."""
