"""The requirements of a standard as a tree: from lines and rows to levels, areas, tasks and numbered requirements."""
