"""The rules of certificates: numbers, credentials, proofs, status lists and verification. No I/O."""
