"""PostgreSQL, the signing key and the printing press."""
