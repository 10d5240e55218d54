"""Which edition of a standard is the newest."""

import re

from shared.standards.model import SkillStandard

_PART = re.compile(r"[0-9]+|[A-Za-z]+")
#: What the importer calls an edition of which the document says nothing.
UNDATED = "undated"
_STATUSES = ("published", "draft")


def newest_first(standards: list[SkillStandard]) -> list[SkillStandard]:
    """Return the editions of one standard, those in force first, then drafts, then what is replaced or withdrawn."""
    by_name = sorted(standards, key=lambda standard: natural(standard.edition), reverse=True)
    return sorted(by_name, key=_status_rank)


def _status_rank(standard: SkillStandard) -> int:
    return _STATUSES.index(standard.status) if standard.status in _STATUSES else len(_STATUSES)


def natural(edition: str) -> tuple[bool, list[tuple[bool, int, str]], str]:
    """Return a key by which 2.0 comes before 10.0, and `undated` before all."""
    parts = [(part.isdigit(), int(part) if part.isdigit() else 0, part.lower()) for part in _PART.findall(edition)]
    return edition != UNDATED, parts, edition
