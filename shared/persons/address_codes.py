"""Address codes (GB/T 2260): every one there ever was, because a resident's number keeps the one of its first day."""

import json
from importlib.resources import files

_DATA = json.loads(files(__package__).joinpath("address_codes.json").read_text("utf-8"))
_CODES = frozenset(start + ends[at : at + 2] for start, ends in _DATA["codes"].items() for at in range(0, len(ends), 2))


def is_address_code(code: str) -> bool:
    """Tell whether six digits are or once were the code of a place in the mainland."""
    return code in _CODES
