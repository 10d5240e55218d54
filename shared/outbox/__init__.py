"""Events leave with the transaction that caused them: an insert-only table and the relay that reads it."""
