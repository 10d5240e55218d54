"""Two commits side by side: whole lives in pairs, each commit with its own tree, packages and driver."""
