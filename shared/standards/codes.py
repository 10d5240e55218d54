"""Codes and the few words that every part of a standard uses."""

from typing import Annotated, Literal

from pydantic import StringConstraints

#: The three levels of every standard here, lowest first (初级, 中级, 高级).
LevelName = Literal["junior", "intermediate", "senior"]
LEVELS: tuple[LevelName, ...] = ("junior", "intermediate", "senior")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
StandardCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
#: What tells two editions of a standard apart: a year, a version, or `undated` if the document states neither.
Edition = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]*$", max_length=40)]
#: `<standard>:<level>:<clause>`, or with the category before the clause.
ItemCode = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*:(junior|intermediate|senior)(:[A-Za-z0-9.-]+)+$", max_length=120)
]


def level_of(code: str) -> str:
    """Return the level that an item code names."""
    return code.split(":")[1]
