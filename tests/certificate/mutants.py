"""All small changes of a JSON document: every leaf changed, every key dropped, a key added to every object."""

import copy


def mutants(document):
    """Yield (what was done, changed document)."""
    for path, value in list(_walk(document)):
        if path and not isinstance(value, dict | list):
            yield f"changed {path}", _at(document, path, lambda box, key: box.__setitem__(key, _other(box[key])))
        if path:
            yield f"dropped {path}", _at(document, path, lambda box, key: box.__delitem__(key))
        if isinstance(value, dict):
            yield f"added to {path}", _at(document, (*path, "extra"), lambda box, key: box.__setitem__(key, "1"))


def _walk(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _walk(inner, (*path, key))


def _other(value):
    if isinstance(value, bool):
        return not value
    return value + "x" if isinstance(value, str) else "other"


def _at(document, path, change):
    changed = copy.deepcopy(document)
    box = changed
    for key in path[:-1]:
        box = box[key]
    change(box, path[-1])
    return changed
