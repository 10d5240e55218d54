"""PostgreSQL: engine, one service's tables, transactions and migrations."""
