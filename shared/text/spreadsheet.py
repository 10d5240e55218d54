"""What spreadsheets put around a value so that it stays a text: a leading apostrophe, or `="…"`."""

_QUOTED = (('="', '"'), ('"', '"'), ("=", ""))


def unforced(cell: str) -> str:
    """Return the value without the marks that force a spreadsheet to keep it as text."""
    text = cell.strip()
    if text[:1] not in {"'", "=", '"', "＝", "＇", "‘", "’"}:
        return cell
    text = text.lstrip("'＇‘’").replace("＝", "=", 1).strip()
    for start, end in _QUOTED:
        if text.startswith(start) and text.endswith(end) and len(text) > len(start) + len(end) - 1:
            return text[len(start) : len(text) - len(end)]
    return text
