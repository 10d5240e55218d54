"""Draws known standards and styles: sizes and options by hypothesis, words by a seed."""

from random import Random
from typing import Any, get_args

from hypothesis import strategies as st

from shared.standards.codes import LEVELS, LevelName
from tests.importing.generator import words
from tests.importing.generator.known import Known, KnownArea, KnownLevel, KnownReference, KnownTask, KnownTerm
from tests.importing.generator.style import TABLES, AreaNumbers, Caption, Form, Numbers, Style, readable

_AREA = st.lists(st.integers(1, 8), min_size=1, max_size=4)
_LEVEL = st.lists(_AREA, min_size=1, max_size=6)
#: How many requirements each task has: levels of areas of tasks.
_SHAPE = st.lists(_LEVEL, min_size=1, max_size=3)
Shape = list[list[list[int]]]


@st.composite
def standards(draw: Any, shapes: st.SearchStrategy[Shape] = _SHAPE) -> Known:
    """Draw a standard."""
    return known(draw(shapes), draw(st.integers(0, 10_000)))


def known(shape: Shape, seed: int) -> Known:
    """Return the standard of that shape with the words of that seed."""
    wording, random = words.Wording(seed), Random(seed)
    return Known(
        trade=random.choice(words.TRADES),
        scope=wording.text("scope"),
        references=tuple(KnownReference(*each) for each in random.sample(words.REFERENCES, random.randint(1, 5))),
        terms=tuple(
            KnownTerm(*each, wording.text(each[0])) for each in random.sample(words.TERMS, random.randint(1, 11))
        ),
        majors={
            kind: tuple(random.sample(words.MAJORS, random.randint(1, 6)))
            for kind in ("secondary", "higher", "applied_bachelor")
        },
        levels=tuple(_level(name, areas, wording) for name, areas in zip(LEVELS, shape, strict=False)),
    )


def _level(name: LevelName, shape: list[list[int]], wording: words.Wording) -> KnownLevel:
    random = Random(f"{wording.seed}:{name}")
    titles = random.sample(words.AREAS, len(shape))
    return KnownLevel(
        level=name,
        description=wording.text(name),
        employer=random.choice(words.EMPLOYERS),
        posts=tuple(random.sample(words.POSTS, random.randint(1, 4))),
        areas=tuple(
            _area(f"{name}:{a}", title, tasks, wording)
            for a, (title, tasks) in enumerate(zip(titles, shape, strict=True), 1)
        ),
    )


def _area(place: str, title: str, shape: list[int], wording: words.Wording) -> KnownArea:
    random = Random(f"{wording.seed}:{place}")
    return KnownArea(
        title=title,
        tasks=tuple(
            KnownTask(task, tuple(wording.sentence(f"{place}.{t}.{r}") for r in range(1, count + 1)))
            for t, (task, count) in enumerate(zip(random.sample(words.TASKS, len(shape)), shape, strict=True), 1)
        ),
    )


def options(form: Form) -> dict[str, list[Any]]:
    """Return what the options of a form may be; the plainest first."""
    table = form in TABLES
    return {
        "numbers": list(get_args(Numbers)),
        "glued": [False, True],
        "area_numbers": list(get_args(AreaNumbers)),
        "cells": ["merged", "repeated", "vertical"],
        "rows": ["task", "requirement"],
        "header": ["repeated", "once", "missing"],
        "caption": list(get_args(Caption)),
        "page_rows": [0, 0, 3, 4] if table and form != "pdf" else [0],
        "contents": [True, False],
        "bold": [False, True],
        "headings": ["hashes"] if form == "headings" else ["number", "hashes"],
        "names": [0, 1, 2],
        "blank_lines": [0, 1, 2],
        "stray_spaces": [False, True],
        "half_width": [False, True],
        "encoding": ["utf-8", "utf-8-sig", "gb18030"],
        "newline": ["\n", "\r\n"],
        "width": [34, 20, 40],
        "page_height": [14, 9, 24] if form == "pdf" else [14],
        "auto_numbers": [False, True] if form == "docx" else [False],
    }


def all_styles(form: Form) -> st.SearchStrategy[Style]:
    """Return how to draw the options of a form, whether or not a reader can still tell the tree."""
    return st.builds(
        Style, form=st.just(form), **{name: st.sampled_from(values) for name, values in options(form).items()}
    )


def styles(form: Form) -> st.SearchStrategy[Style]:
    """Return how to draw the options of a form, as far as they leave a reader able to tell the tree."""
    return all_styles(form).map(readable)
