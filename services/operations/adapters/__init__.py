"""Operations' own PostgreSQL."""
