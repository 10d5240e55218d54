"""Certificate: numbers, signs and prints certificates for passed results, and answers anyone who checks one."""
