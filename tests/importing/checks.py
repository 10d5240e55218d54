"""What must hold of every import, whatever the document. An oracle of its own: it shares no code with the importer."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from kaozheng.importing.assemble import Imported
from shared.standards.model import SkillStandard
from tests.importing.generator.outline import squeeze

#: Tags, whole or broken, and bars.
_MARKUP = re.compile(r"<[^<>\n]{0,40}>?|^[^<>\n]{0,16}>|\*\*|\|", re.MULTILINE)
#: Keeps the marks at the end of a line.
_END = "\u2021"
_GAP = re.compile(r"\s{2,}|\t")
_SENTENCE = re.compile(r"[。；;]")
#: A shorter part of a sentence could stand anywhere, also in the header of a table.
_TELLING = 7


@dataclass(frozen=True)
class Stream:
    """A text without spaces and marks, which knows on which line each character stood."""

    text: str
    lines: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> "Stream":
        """Make the stream of a file's text."""
        letters: list[str] = []
        lines: list[int] = []
        for number, line in enumerate(without_markup(raw).splitlines()):
            bare = squeeze(html.unescape(line) + _END).removesuffix(_END)
            letters.append(bare)
            lines += [number] * len(bare)
        return cls("".join(letters), tuple(lines))

    def parts(self, words: str) -> Iterator[list[str]]:
        """Yield for each place where words stand the parts of them that stand on one line each."""
        start = self.text.find(words)
        while start >= 0:
            by_line: dict[int, str] = {}
            for at in range(start, start + len(words)):
                by_line[self.lines[at]] = by_line.get(self.lines[at], "") + self.text[at]
            yield list(by_line.values())
            start = self.text.find(words, start + len(words))


def without_markup(raw: str) -> str:
    """Return a text without tags and bars; what goes over the end of a line leaves that end."""
    return _MARKUP.sub(lambda mark: "\n" * mark[0].count("\n"), raw)


def codes_form_a_tree(standard: SkillStandard) -> list[str]:
    """Return the codes that are given twice or lie under nothing."""
    codes = [node.code for node, _ in standard.nodes()]
    doubled = [code for code, times in Counter(codes).items() if times > 1]
    tree = [
        (unit.code, task.code, requirement.code)
        for level in standard.levels
        for unit in level.units
        for task in unit.tasks
        for requirement in task.requirements
    ]
    orphans = [leaf for unit, task, leaf in tree if not (task.startswith(unit) and leaf.startswith(unit))]
    return doubled + orphans


def is_valid(standard: SkillStandard) -> bool:
    """Tell whether a standard is still one when it is written and read again."""
    try:
        return SkillStandard.model_validate_json(standard.model_dump_json()) == standard
    except ValidationError:
        return False


def lines_not_accounted_for(raw: str, imported: Imported) -> list[str]:
    """Return the lines of a text that the report does not show, and the numbers that it shows twice."""
    numbers = Counter(reading.line for reading in imported.report.readings)
    shown = Stream.of("\n".join(reading.text for reading in imported.report.readings)).text
    # neighbouring columns may be told apart, so what a wide gap parts need not be shown together
    parts = [part for line in without_markup(raw).splitlines() for part in _GAP.split(_ruleless(line))]
    lost = [part for part in parts if Stream.of(part).text not in shown]
    return lost + [f"line {number} is shown {times} times" for number, times in numbers.items() if times > 1]


def _ruleless(line: str) -> str:
    """Return nothing for the line that parts a Markdown table's header from its rows."""
    return "" if re.fullmatch(r"[\s|:-]*", line) else line


def sentences_lost(raw: str, wordings: list[str], imported: Imported) -> list[str]:
    """Return the known sentences that the text still has and that neither the tree nor a doubt shows."""
    stream = Stream.of(raw)
    kept = squeeze(_all_words(imported.standard))
    doubtful = _doubtful(imported)
    sentences = Counter(
        squeeze(sentence) for words in wordings for sentence in _SENTENCE.split(words) if len(squeeze(sentence)) > 3
    )
    lost = []
    for sentence in sentences:
        places = list(stream.parts(sentence))
        if len(places) <= kept.count(sentence):
            continue
        shown = kept.count(sentence) + sum(_shown(parts, kept, doubtful) for parts in places)
        if shown < len(places):
            lost.append(sentence)
    return lost


def fragments_lost(raw: str, wordings: list[str], imported: Imported) -> list[str]:
    """Return the lines or cells that are part of a known requirement and that neither the tree nor a doubt shows."""
    known = "\n".join(Stream.of(words).text for words in wordings)
    kept, doubtful = squeeze(_all_words(imported.standard)), _doubtful(imported)
    cells = (cell for line in without_markup(raw).splitlines() for cell in _GAP.split(line))
    fragments = {text for cell in cells if len(text := Stream.of(cell).text) >= _TELLING and text in known}
    return [text for text in fragments if text.rstrip(".;,") not in kept and text not in doubtful]


def _doubtful(imported: Imported) -> str:
    return "\n".join(Stream.of(each.text).text for each in imported.report.readings if each.fate == "doubtful")


def _shown(parts: list[str], kept: str, doubtful: str) -> bool:
    """Tell whether a doubt shows a sentence, part by part; whatever is too short to tell goes with the longest."""
    telling = [part for part in parts if len(part) >= _TELLING] or [max(parts, key=len)]
    whole = "".join(parts)
    return all(part in doubtful or (part in kept and part != whole) for part in telling)


def _all_words(standard: SkillStandard) -> str:
    """Return all texts of a standard."""
    return "\n".join(_texts(standard.model_dump()))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def faults(raw: str, wordings: list[str], imported: Imported) -> list[str]:
    """Return everything that is wrong with an import of a text."""
    return [
        *(f"code {code}" for code in codes_form_a_tree(imported.standard)),
        *([] if is_valid(imported.standard) else ["not valid when read again"]),
        *(f"not accounted for: {line}" for line in lines_not_accounted_for(raw, imported)),
        *(f"lost: {sentence}" for sentence in sentences_lost(raw, wordings, imported)),
        *(f"lost: {fragment}" for fragment in fragments_lost(raw, wordings, imported)),
    ]
