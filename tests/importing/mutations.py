"""What goes wrong with documents: lines, cells and characters lost, doubled, swapped, broken; noise in between."""

import re
from collections.abc import Callable
from random import Random

from tests.importing.generator.wrapping import wrap

Lines = list[str]
_NOISE = (
    "第 3 页 共 12 页", "— 7 —", "12", "", "版权所有 © 青禾教育", "查看更多", "-----", "1+X 职业技能等级标准",
    "附录 A（资料性附录）", "下一篇：没有了", "1.1", "2.1.3", "初级", "\t\t", "| | | |", "<p></p>", "（续）",
    "注：本表由各站点自行打印。", "6.2.9", "1.1.1 ",
)  # fmt: skip
_SWAPS = str.maketrans("，。；（）.、:", ",.;()．,：")
_CELLS = re.compile(r"[\t|]")
_CAPTION = re.compile(r"^[#*\s]*(表|6\.2|[（(【]?\s*[初中高]\s*级)")


def _at(lines: Lines, random: Random) -> int:
    return random.randrange(len(lines))


def delete_line(lines: Lines, random: Random) -> Lines:
    at = _at(lines, random)
    return lines[:at] + lines[at + 1 :]


def double_line(lines: Lines, random: Random) -> Lines:
    at = _at(lines, random)
    return [*lines[:at], lines[at], *lines[at:]]


def swap_lines(lines: Lines, random: Random) -> Lines:
    first, second = _at(lines, random), _at(lines, random)
    changed = list(lines)
    changed[first], changed[second] = changed[second], changed[first]
    return changed


def shuffle_rows(lines: Lines, random: Random) -> Lines:
    start = _at(lines, random)
    block = lines[start : start + 6]
    random.shuffle(block)
    return lines[:start] + block + lines[start + 6 :]


def insert_noise(lines: Lines, random: Random) -> Lines:
    at = _at(lines, random)
    return [*lines[:at], random.choice(_NOISE), *lines[at:]]


def join_lines(lines: Lines, random: Random) -> Lines:
    at = _at(lines, random)
    return [*lines[:at], "".join(lines[at : at + 2]), *lines[at + 2 :]]


def split_line(lines: Lines, random: Random) -> Lines:
    at = _at(lines, random)
    cut = random.randrange(len(lines[at]) + 1)
    return [*lines[:at], lines[at][:cut], lines[at][cut:], *lines[at + 1 :]]


def rewrap(lines: Lines, random: Random) -> Lines:
    start = _at(lines, random)
    block = [part for line in lines[start : start + 5] for part in wrap(line, random.randint(8, 40))]
    return lines[:start] + block + lines[start + 5 :]


def lose_cell(lines: Lines, random: Random) -> Lines:
    return _change_cells(lines, random, lambda cells: cells[:-1] if len(cells) > 1 else cells)


def swap_cells(lines: Lines, random: Random) -> Lines:
    return _change_cells(lines, random, lambda cells: cells[::-1])


def empty_cell(lines: Lines, random: Random) -> Lines:
    return _change_cells(lines, random, lambda cells: ["", *cells[1:]])


def _change_cells(lines: Lines, random: Random, change: Callable[[Lines], Lines]) -> Lines:
    rows = [at for at, line in enumerate(lines) if _CELLS.search(line)]
    if not rows:
        return lines
    at = random.choice(rows)
    mark = "\t" if "\t" in lines[at] else "|"
    return [*lines[:at], mark.join(change(lines[at].split(mark))), *lines[at + 1 :]]


def lose_letters(lines: Lines, random: Random) -> Lines:
    return _change_text(lines, random, lambda text, at: text[:at] + text[at + random.randint(1, 3) :])


def double_letter(lines: Lines, random: Random) -> Lines:
    return _change_text(lines, random, lambda text, at: text[:at] + text[at : at + 1] + text[at:])


def change_digits(lines: Lines, random: Random) -> Lines:
    return _change_text(
        lines, random, lambda text, _: re.sub(r"\d", lambda _: str(random.randrange(10)), text, count=3)
    )


def change_punctuation(lines: Lines, random: Random) -> Lines:
    return _change_text(lines, random, lambda text, _: text.translate(_SWAPS))


def lose_numbers(lines: Lines, random: Random) -> Lines:
    return _change_text(lines, random, lambda text, _: re.sub(r"\d+([.．]\d+)*[.．、]?", "", text))


def lose_tags(lines: Lines, random: Random) -> Lines:
    return _change_text(lines, random, lambda text, _: re.sub(r"</?\w+[^>]*>", "", text, count=random.randint(1, 4)))


def _change_text(lines: Lines, random: Random, change: Callable[[str, int], str]) -> Lines:
    at = _at(lines, random)
    return [*lines[:at], change(lines[at], random.randrange(len(lines[at]) + 1)), *lines[at + 1 :]]


def drop_captions(lines: Lines, random: Random) -> Lines:
    captions = [at for at, line in enumerate(lines) if _CAPTION.match(line)]
    dropped = set(random.sample(captions, random.randint(0, len(captions))))
    return [line for at, line in enumerate(lines) if at not in dropped] or lines


MUTATIONS = (
    delete_line, double_line, swap_lines, shuffle_rows, insert_noise, join_lines, split_line, rewrap, lose_cell,
    swap_cells, empty_cell, lose_letters, double_letter, change_digits, change_punctuation, lose_numbers, lose_tags,
    drop_captions,
)  # fmt: skip


def mutated(text: str, seed: int, times: int) -> str:
    """Return a text to which several things have happened."""
    random = Random(seed)
    lines = text.split("\n")
    for _ in range(times):
        lines = random.choice(MUTATIONS)(lines, random) or [""]
    return "\n".join(lines)
