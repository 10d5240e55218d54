"""The rules of registration, in plain Python: no input or output, no clock."""
