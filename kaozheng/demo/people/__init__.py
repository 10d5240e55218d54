"""The people of the workflow, with a word for each of their deeds; each calls public APIs only."""
