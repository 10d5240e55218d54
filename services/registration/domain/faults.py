"""What can be wrong with one field of an application: a code, and what to do about it in Chinese and English."""

from dataclasses import dataclass

from shared.persons import words
from shared.persons.reading import Fault

#: Code -> (Chinese, English). The texts never contain the value that was refused, at most one character of it.
MESSAGES: dict[str, tuple[str, str]] = {
    **words.FAULTS,
    **words.NOTES,
    "materials_required": (
        "该考核计划要求提交书面材料。",
        "This exam plan requires written materials.",
    ),
    "bad_material": (
        "材料应写为“种类:SHA-256:字节数”，多份以分号隔开。",
        "Write each material as kind:SHA-256:size, separated by semicolons.",
    ),
    "extra_cells": ("本行的单元格多于表头。", "This row has more cells than the header."),
    "malformed_record": ("本行不是有效的 JSON 对象。", "This line is not a JSON object."),
    "unknown_key": ("含有无法识别的键名。", "The record has a key that is not known."),
    "wrong_type": ("此项应为文本。", "The value must be text."),
    "duplicate_in_batch": (
        "该人员在本批次中重复出现，已保留第一次。",
        "This person appears earlier in the batch; the first row was kept.",
    ),
    "already_applied": (
        "该人员已有同一考核计划的有效申请。",
        "This person already has a live application for the same exam plan.",
    ),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field, or a note on it. `field` is the Chinese header, or empty for the row as a whole.

    `position` counts characters from 1; `character` is the one there, or its code point if there is nothing to see.
    """

    field: str
    code: str
    position: int | None = None
    character: str = ""

    @classmethod
    def of(cls, field: str, fault: Fault) -> "FieldError":
        """Return what a rule of persons says, of the field under this header."""
        return cls(field, *fault)

    @property
    def is_note(self) -> bool:
        """Tell whether it refuses nobody."""
        return self.code in words.NOTES

    @property
    def zh(self) -> str:
        """Return what to do, in Chinese."""
        return MESSAGES[self.code][0].format(position=self.position, character=self.character)

    @property
    def en(self) -> str:
        """Return what to do, in English."""
        return MESSAGES[self.code][1].format(position=self.position, character=self.character)
