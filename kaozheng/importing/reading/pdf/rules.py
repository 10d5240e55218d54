"""The lines drawn on a page, and the cells between them; edges that a table leaves open are drawn in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from kaozheng.importing.reading import limits

Box = tuple[float, float, float, float]

_SNAP = 3.0
_SHORTEST = 3.0
_SLANT = 1.0
#: Lines nearer than this meet; lines that go on further than the other are not closed there.
_NEAR = 5.0
_OPEN = 12.0
#: Cells come from crossing every upright line with every level one: a page with more of both is a drawing.
_CROSSINGS = 8_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: `at` is where it lies across, `start` and `end` how far it goes."""

    is_upright: bool
    at: float
    start: float
    end: float


def ruled_tables(page: Page) -> list[list[Box]]:
    """Return the cells of each table whose lines are drawn on a page."""
    drawn = len(page.lines) + len(page.rects) + sum(len(curve["pts"]) for curve in page.curves)
    if drawn > limits.PDF_PAGE_EDGES:
        return []
    straight = [_edge(rule) for rule in map(_rule, page.edges) if rule is not None]
    edges = merge_edges(
        straight, snap_x_tolerance=_SNAP, snap_y_tolerance=_SNAP, join_x_tolerance=_SNAP, join_y_tolerance=_SNAP
    )
    merged = [rule for rule in map(_rule, edges) if rule is not None]
    rules = [rule for rule in merged if rule.end - rule.start >= _SHORTEST]
    upright = [rule for rule in rules if rule.is_upright]
    level = [rule for rule in rules if not rule.is_upright]
    if not upright or not level or len(upright) * len(level) > _CROSSINGS:
        return []
    return _tables([*rules, *_closing(upright, level)])


def _tables(rules: Sequence[Rule]) -> list[list[Box]]:
    crossings = edges_to_intersections([_edge(rule) for rule in rules], x_tolerance=_SNAP, y_tolerance=_SNAP)
    return [
        [(x0, top, x1, bottom) for x0, top, x1, bottom in cells]
        for cells in cells_to_tables(intersections_to_cells(crossings))
    ]


def _rule(edge: Mapping[str, Any]) -> Rule | None:
    """Return a line as a rule; None for a slanting one. Turned pages have lines that are level but for a rounding."""
    x0, x1, top, bottom = (float(edge[side]) for side in ("x0", "x1", "top", "bottom"))
    if min(x1 - x0, bottom - top) > _SLANT:
        return None
    if bottom - top > x1 - x0:
        return Rule(is_upright=True, at=(x0 + x1) / 2, start=top, end=bottom)
    return Rule(is_upright=False, at=(top + bottom) / 2, start=x0, end=x1)


def _edge(rule: Rule) -> dict[str, Any]:
    sides = (rule.at, rule.at, rule.start, rule.end) if rule.is_upright else (rule.start, rule.end, rule.at, rule.at)
    x0, x1, top, bottom = sides
    orientation = "v" if rule.is_upright else "h"
    edge = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": orientation}
    return {**edge, "width": x1 - x0, "height": bottom - top, "object_type": "line"}


def _closing(upright: Sequence[Rule], level: Sequence[Rule]) -> list[Rule]:
    """Return the outer lines that tables lack: many have no line at the left and right, or none at a page's end."""
    closing: list[Rule] = []
    for group in _stretches(upright):
        top, bottom = min(rule.start for rule in group), max(rule.end for rule in group)
        left, right = min(rule.at for rule in group), max(rule.at for rule in group)
        crossing = [
            rule
            for rule in level
            if top - _NEAR <= rule.at <= bottom + _NEAR and rule.start <= right + _NEAR and rule.end >= left - _NEAR
        ]
        if len(crossing) > 1:
            closing += _sides(left, right, crossing)
            closing += _ends(group, crossing)
    return closing


def _stretches(upright: Sequence[Rule]) -> list[list[Rule]]:
    """Return upright lines that stand beside each other together: those of one table."""
    groups: list[list[Rule]] = []
    end = 0.0
    for rule in sorted(upright, key=lambda rule: rule.start):
        if not groups or rule.start > end + _NEAR:
            groups.append([])
            end = rule.end
        groups[-1].append(rule)
        end = max(end, rule.end)
    return groups


def _sides(left: float, right: float, crossing: Sequence[Rule]) -> list[Rule]:
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    top, bottom = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    sides = []
    if left - first > _OPEN:
        sides.append(Rule(is_upright=True, at=first, start=top, end=bottom))
    if last - right > _OPEN:
        sides.append(Rule(is_upright=True, at=last, start=top, end=bottom))
    return sides


def _ends(group: Sequence[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    """Return level lines where at least two upright ones go on beyond the last level line."""
    top, bottom = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    above = [rule for rule in group if top - rule.start > _OPEN]
    below = [rule for rule in group if rule.end - bottom > _OPEN]
    ends = []
    if len(above) > 1:
        ends.append(_level_over(above, min(rule.start for rule in above)))
    if len(below) > 1:
        ends.append(_level_over(below, max(rule.end for rule in below)))
    return ends


def _level_over(rules: Sequence[Rule], at: float) -> Rule:
    return Rule(is_upright=False, at=at, start=min(rule.at for rule in rules), end=max(rule.at for rule in rules))
