"""The rules of operations: what of a span is kept, how spans become a story, who may open a page."""
