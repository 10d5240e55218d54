"""The state that issued a passport, as a code of three letters: numbers of passports are unique in one state only."""

import json
import re
from importlib.resources import files

from shared.text.tidying import key_of

_STATES: dict[str, list[str]] = json.loads(files(__package__).joinpath("issuing_states.json").read_text("utf-8"))[
    "states"
]
_NOT_OF_A_NAME = re.compile(r"[\s.,·'’()\-]+")
#: What a state's full name adds to its short one.
_FULL = re.compile("(?:人民|民主|社会主义|联邦|合作)*(?:共和国|王国|联邦|公国|国)$")
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


def _key(name: str) -> str:
    return _NOT_OF_A_NAME.sub("", key_of(name))


_BY_NAME = {_key(name): code for code, names in _STATES.items() for name in (code, *names)}


def issuing_state(text: str) -> str | None:
    """Return the code (ISO 3166-1 alpha-3, or of ICAO Doc 9303) of what is written: a code or a name; else nothing."""
    if text in _STATES:
        return text
    name = _key(text)
    if known := _BY_NAME.get(name) or _BY_NAME.get(_FULL.sub("", name)):
        return known
    codes = {code for code in _CODE.findall(text) if code in _STATES}  # both, as in `CHN 中国`
    return codes.pop() if len(codes) == 1 else None
