"""The one form of a person's name, and what a name may not be.

Between the parts of a name in Chinese characters stands one middle dot, and nothing else; names in other scripts keep
the spaces between their words. Certificates print this form, and verification compares it (`comparing`).
"""

import re

from shared.persons.name_folding import APOSTROPHE, DOT, FOLDED, fold
from shared.persons.reading import Fault, Reading
from shared.persons.scripts import HAN, PLAIN_HAN, is_letter, is_mark
from shared.text.invisible import JOINERS, first_invisible
from shared.text.spreadsheet import unforced

#: Letters of a name at most.
LONGEST = 60
#: Characters of a cell that may still be a name, with all that is folded away.
_LONGEST_WRITTEN = 500
_INNER = frozenset("· -'." + JOINERS)
_STEPS = (
    # A full stop at a Chinese character is how some type the dot; a hyphen between two is too.
    (re.compile(rf"(?<=[{HAN}])\s*[.。·][.。·\s]*|[.。·\s]*[.。·]\s*(?=[{HAN}])"), DOT),
    (re.compile(rf"(?<=[{HAN}])\s*-+\s*(?=[{HAN}])"), DOT),
    (re.compile(r"\s*·[·\s]*"), DOT),
    (re.compile(r"\s*-[-\s]*"), "-"),
    (re.compile("[。｡]"), "."),
)
_HAN_ONLY = re.compile(f"[{HAN} ]+")
#: A name of so many characters may be padded with spaces; a longer one has them where the dot belongs.
_LONGEST_UNDIVIDED = 4
_FORCED = re.compile(rf"\s*(?:[=＝]|['＇‘’][{HAN}])")
_LOST = "?\ufffd□■〓"
_BRACKETS = "()[]{}（）【】〔〕<>《》"


def normal_name(text: str) -> str:
    """Return the name in its one form, whatever is wrong with it."""
    if PLAIN_HAN.fullmatch(text):
        return text
    folded = fold(unforced(text) if _FORCED.match(text) else text)
    for found, instead in _STEPS:
        folded = found.sub(instead, folded)
    parts = folded.split()
    name = " ".join(parts)
    return _divided(parts) if _HAN_ONLY.fullmatch(name) else name


def read_name(text: str) -> Reading:
    """Return the name in its one form, with its fault if it is none, and a note where something unseen was dropped."""
    if PLAIN_HAN.fullmatch(text):
        return Reading(text)
    if len(text) > _LONGEST_WRITTEN:
        return Reading("", Fault("too_long"))
    name = normal_name(text)
    return Reading(name, _fault(name, text), _notes(name, text))


def _divided(parts: list[str]) -> str:
    """Return a name in Chinese characters whose parts were set apart: padded, or divided where a dot belongs."""
    is_padded = sum(map(len, parts)) <= _LONGEST_UNDIVIDED or min(map(len, parts)) == 1
    return ("" if is_padded else DOT).join(parts)


def _notes(name: str, text: str) -> tuple[Fault, ...]:
    place = first_invisible(text)
    if place is None or text[place - 1] in name:
        return ()
    return (Fault.at("invisible_removed", place, text[place - 1]),)


def _fault(name: str, text: str) -> Fault | None:
    if not name:
        return Fault("required")
    if len(name) > LONGEST:
        return Fault("too_long")
    wrong = next((at for at, character in enumerate(name) if not _fits(name, at, character)), None)
    if wrong is not None:
        return Fault.at(_code_of(name[wrong]), _place_in(text, name[wrong], wrong), name[wrong])
    return Fault("single_character") if len(name) == 1 else None


def _fits(name: str, at: int, character: str) -> bool:
    if is_letter(character):
        return True
    if at == 0:
        return character == APOSTROPHE
    if at == len(name) - 1:
        return character in "'." or is_mark(character)
    return character in _INNER or is_mark(character)


def _code_of(character: str) -> str:
    if character in _LOST:
        return "lost_character"
    if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
        return "private_use_character"
    if character in _BRACKETS:
        return "remark_in_name"
    return "bad_characters" if character.isprintable() else "invisible_character"


def _place_in(text: str, character: str, otherwise: int) -> int:
    """Return where the text has what became the character, counted from 1 as its writer counts."""
    places = (place for place, one in enumerate(text, 1) if character in one.translate(FOLDED))
    return next(places, otherwise + 1)
