"""The ways in which such documents differ in form, as options, and the numbers that they print."""

from dataclasses import dataclass, replace
from typing import Any, Literal

Form = Literal[
    "tabs", "tabs-p", "pipes", "html", "html-line", "plain", "wrapped", "headings", "columns", "docx", "pdf",
]  # fmt: skip
TABLES: tuple[Form, ...] = ("tabs", "tabs-p", "pipes", "html", "html-line", "docx", "pdf")
Numbers = Literal["1.1.1", "1.1.1.", "1．1．1", "１.１.１", "1.1.1、", "1. 1. 1", "(1)", "（1）", "①", ""]
AreaNumbers = Literal["1.", "1", "1、", "一、", ""]
Caption = Literal[
    "表 1 …（初级）", "表1…（初级）", "6.2.1 初级", "（初级）", "初级", "6.2.1 …（初级）", "【…】（初级）"
]
#: In columns, where lines of neighbouring cells are mixed, only numbers and the header tell what belongs together.
_PLAIN_COLUMNS = {"cells": "merged", "header": "repeated"}
#: Requirements numbered within their task say less, but enough: task and order give the clause.
WITHIN_TASK = ("(1)", "（1）", "①", "")

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_CHINESE = "一二三四五六七八九十"
_POINTS = {"1．1．1": "．", "1. 1. 1": ". "}
_TAILED = ("1.1.1.", "1.1.1、")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, kw_only=True)
class Style:
    """One way of writing a standard down."""

    form: Form
    numbers: Numbers = "1.1.1"
    #: No space between number and words, where that stays readable.
    glued: bool = False
    area_numbers: AreaNumbers = "1."
    cells: Literal["merged", "repeated", "vertical"] = "merged"
    #: One row for each task, or one for each requirement.
    rows: Literal["task", "requirement"] = "task"
    header: Literal["repeated", "once", "missing"] = "repeated"
    caption: Caption = "表 1 …（初级）"
    #: Every how many rows a page ends, in the middle of a requirement; 0 for never.
    page_rows: int = 0
    contents: bool = True
    bold: bool = False
    headings: Literal["number", "hashes", "none"] = "number"
    names: int = 0
    #: Wear: what copying and scanning do to any text.
    blank_lines: int = 0
    stray_spaces: bool = False
    half_width: bool = False
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
    newline: Literal["\n", "\r\n"] = "\n"
    width: int = 34
    auto_numbers: bool = False
    #: Centimetres; on a low page, tables run over page breaks.
    page_height: float = 14

    def area(self, a: int, title: str) -> str:
        """Return an area's title with its number as printed."""
        number = {"": "", "一、": f"{_CHINESE[a - 1]}、", "1": f"{a} "}.get(
            self.area_numbers, f"{a}{self.area_numbers[1:]}"
        )
        return self._join(number, title)

    def task(self, clause: str, title: str) -> str:
        """Return a task's title with its number as printed."""
        if self.numbers in WITHIN_TASK:
            return self._join(clause, title)
        return self._join(self._printed(clause), title)

    def requirement(self, clause: str, words: str) -> str:
        """Return a requirement with its number as printed."""
        last = int(clause.rpartition(".")[2])
        if self.numbers in WITHIN_TASK:
            within = {"(1)": f"({last})", "（1）": f"（{last}）", "①": _CIRCLED[last - 1], "": ""}[self.numbers]
            return self._join(within, words)
        return self._join(self._printed(clause), words)

    def _printed(self, clause: str) -> str:
        if self.numbers == "１.１.１":
            return clause.translate(_WIDE)
        return clause.replace(".", _POINTS.get(self.numbers, ".")) + self.numbers[5:] * (self.numbers in _TAILED)

    def _join(self, number: str, words: str) -> str:
        if not number or self.auto_numbers:
            return words
        # digits and letters after a glued number could not be told from it by anybody
        glued = self.glued and not words[0].isascii() and not words[0].isdigit()
        return f"{number}{words}" if glued else f"{number.rstrip()} {words}"


def readable(style: Style) -> Style:
    """Return the style without the pairs of options that leave nothing to tell requirements apart by."""
    changes: dict[str, Any] = {}
    if style.auto_numbers:
        changes |= {"page_rows": 0, "numbers": "1.1.1", "area_numbers": "1.", "cells": "merged"}
    if style.numbers == "" and style.form in ("tabs", "html-line", "wrapped", "pdf", "columns"):
        changes |= {"numbers": "1.1.1"}
    if style.form == "columns":
        changes |= _PLAIN_COLUMNS | ({"numbers": "1.1.1"} if style.numbers in WITHIN_TASK else {})
        changes |= {} if style.area_numbers in ("1.", "1", "1、") else {"area_numbers": "1."}
    if style.numbers == "":
        changes |= {"page_rows": 0}
    return replace(style, **changes)
