"""Pages to look at and to print: one file each, nothing loaded from anywhere, nothing run."""
