"""The stores of the examination in PostgreSQL."""
