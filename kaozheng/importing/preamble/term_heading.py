"""One numbered term taken apart: the term, its English, and the definition, whichever lines they stand on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.importing.preamble.flow import one_line, wording
from kaozheng.importing.wording import joined, tidy

_CJK = r"\u3400-\u9fff"
_TAIL = re.compile(rf"[^{_CJK}，。；、：]*\Z")
#: Full-width marks inside English, as in "vehicle；AGV".
_PARTED = re.compile(r"(?<=[A-Za-z])[；，](?=\s?[A-Za-z])")
_NARROW = {"；": "; ", "，": ", "}
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SHORT = re.compile(r"[,，;；]?\s?(?:以下)?(?:简称|缩写)(?:为)?[:：]?\s?[^（）()]*$")
_WORD = re.compile(r"[a-z]{3,}")
_SENTENCE = re.compile(rf"[，。；]|(?<=[{_CJK}])[,;](?=[{_CJK}])")
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9 \-‐–—'’&/.,()（）]*")
_ONLY_LATIN = re.compile(rf"^[^{_CJK}，。；、：]*[A-Za-z][^{_CJK}，。；、：]*$")
_LABELLED = re.compile(
    rf"^(?P<term>[^，。；：:]{{1,40}})[：:](?=[^{_CJK}]{{0,80}}[{_CJK}])(?P<definition>.{{4,}})$", re.DOTALL
)
_COPULA = re.compile(r"^(?P<term>[^，。；：:]{1,25}?)，?(?:是指|指的是|系指|即指)")
_BRACKETED = re.compile(r"^(?P<term>.*?)\s?[（(](?P<english>[A-Za-z][^（）()]*)[）)]$")
_HEAD = re.compile(r"^(?P<group>[（(][^）)]*[）)])\s?(?P<rest>[A-Za-z].*)$")
_LONGEST_TERM = 40
_SHORTEST_DEFINITION = 8
_GAP = 2
_LEAD = "：:，, "


@dataclass(frozen=True, slots=True)
class Parsed:
    """A term as far as it could be read; without a definition it cannot be stored."""

    title: str
    title_en: str | None
    definition: str


def parse_term(texts: Sequence[str], raw: str) -> Parsed:
    """Return the parts of a term from its tidied lines, number taken off; `raw` is the first with its own spaces."""
    if not texts:
        return Parsed("", None, "")
    head, body = _PARTED.sub(lambda mark: _NARROW[mark.group()], texts[0]), list(texts[1:])
    english: list[str] = []
    while body and _ONLY_LATIN.match(body[0]):
        english.append(body.pop(0))
    wrapped = not english and _continues_english(head, body)
    if english or (body and not wrapped and not _has_definition(head, body)):
        title, tail = split_english(head, followed=bool(english))
        return _parsed(title, joined(filter(None, [tail, *english])), "\n".join(body))
    return _inline(head, body, raw)


def _has_definition(head: str, body: Sequence[str]) -> bool:
    """Tell whether the line of the term also holds the beginning of its definition."""
    if _SENTENCE.search(_BRACKETS.sub("", head)) or _LABELLED.match(head):
        return True
    latin = None if head.endswith(("）", ")")) else _english_run(head)
    return latin is not None and latin.end() < len(head) and (not body or len(head) > _LONGEST_TERM)


def _inline(head: str, body: Sequence[str], raw: str) -> Parsed:
    if _continues_english(head, body):  # the English is wrapped, and the definition begins on the next line
        head, body, raw = joined([head, body[0]]), body[1:], ""
    latin, labelled = _english_run(head), _LABELLED.match(head)
    label = labelled or _COPULA.match(head)
    if label and not (latin and latin.start() <= label.end("term") + _GAP):
        title, english = split_english(label["term"], followed=False)
        return _parsed(title, english, "\n".join([head[label.end("term") :] if labelled else head, *body]))
    spaced = _spaced(head, raw)
    if spaced and not (latin and " " in latin.group().strip()):
        title, english = split_english(spaced[0], followed=False)
        return _parsed(title, english, "\n".join([spaced[1], *body]))
    if latin:
        title, english = _own_latin(head[: latin.start()].rstrip("（( "), latin.group().strip())
        return _parsed(title, english, "\n".join([head[latin.end() :], *body]))
    title, english = split_english(head, followed=False)
    return Parsed(one_line(title), english or None, "")


def _spaced(head: str, raw: str) -> tuple[str, str] | None:
    """Return term and definition where nothing but a space, which tidying drops, parts them."""
    first, _, rest = (" ".join(raw.split())).partition(" ")
    term, definition = tidy(first), tidy(rest)
    whole = (term + definition).replace(" ", "") == head.replace(" ", "")
    sized = 1 < len(term) <= _LONGEST_TERM and len(definition) >= _SHORTEST_DEFINITION
    if not whole or not sized or _SENTENCE.search(term) or not re.match(rf"[{_CJK}]", definition):
        return None
    return term, definition


def _continues_english(head: str, body: Sequence[str]) -> bool:
    if _SENTENCE.search(head) or not body:
        return False
    run = _RUN.match(body[0])
    return bool(_english_run(head) and run and " " in run.group().strip() and _WORD.search(run.group()))


def _english_run(head: str) -> re.Match[str] | None:
    """Return the first run of Latin words behind the term that is English, not a name such as B2B inside the term."""
    for run in _RUN.finditer(head):
        before = head[: run.start()]
        if _SENTENCE.search(before):
            return None
        if before.strip() and _WORD.search(run.group()):
            return run
    return None


def split_english(head: str, *, followed: bool) -> tuple[str, str]:
    """Return the term and the English behind it; `followed` says that more English stands on the next line."""
    head = head.rstrip("。；;:： ")
    bracketed = _BRACKETED.match(head)
    if bracketed and _is_term(bracketed["term"]) and _WORD.search(bracketed["english"]):
        return bracketed["term"], _SHORT.sub("", bracketed["english"])
    tail = _TAIL.search(head)
    start = tail.start() if tail else len(head)
    title, english = head[:start], head[start:].strip(" /—–-")
    if not title:
        return _all_latin(english)
    grouped = _HEAD.match(english)
    if grouped:
        return title + grouped["group"], grouped["rest"]
    if english.startswith(("）", ")", "》", "”")):
        title, english = title + english[0], english[1:].strip()
    title, english = _own_latin(title, english)
    if not _WORD.search(english) and (followed or english.startswith(("（", "("))):
        return joined([f"{title} {english}" if english[:1].isalnum() else title + english]), ""
    return title, english


def _is_term(text: str) -> bool:
    """Tell whether text may be a term and nothing else: Latin words may be abbreviation and English."""
    return bool(re.search(rf"[{_CJK}]", text)) or (bool(text) and " " not in text)


def _own_latin(title: str, english: str) -> tuple[str, str]:
    """Give back to the term the Latin that belongs to it: figures, and an abbreviation that the English says again."""
    first, _, rest = english.partition(" ")
    figures = bool(rest) and not re.search(r"[A-Za-z]", first)
    again = bool(rest) and not re.search(r"[a-z]", first) and first in rest.split()
    if figures or again:
        return f"{title} {first}".strip() if first[0].isalnum() else title + first, rest
    return title, english


def _all_latin(head: str) -> tuple[str, str]:
    """Split a term that is itself an abbreviation from the words it stands for."""
    first, _, rest = head.partition(" ")
    if rest and not re.search(r"[a-z]{2,}", first):
        return first, rest.strip()
    return head, ""


def _bare(english: str) -> str:
    """Return English without marks around it; a bracket that belongs to it stays."""
    bare = english.strip(",.;:；：/—– ")
    if bare.startswith(("(", "（")) and bare.find("）" if bare[0] == "（" else ")") in (-1, len(bare) - 1):
        bare = bare[1:]
    unopened = bare.endswith((")", "）")) and not re.search(r"[（(]", bare)
    return (bare[:-1] if unopened else bare).strip()


def _parsed(title: str, english: str, definition: str) -> Parsed:
    return Parsed(
        title=one_line(title).strip(_LEAD),
        title_en=_bare(one_line(english)) or None,
        definition=wording(definition.lstrip(_LEAD + "）)")).strip(),
    )
