"""PostgreSQL behind the ports of grading."""
