"""What people ask of grading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.grading.domain.allocation import Marker


class GivenScores(NamedTuple):
    """One item of a bulk request: a work or interview code and the points given, as they were written."""

    code: str
    scores: Mapping[str, str]
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScores:
    """Record the scores of one person (marker, arbitrator or examiner) on many codes of one plan."""

    plan_id: UUID
    subject: str
    institution_id: UUID | None
    items: Sequence[GivenScores]
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePanel:
    """A panel by its name, with its examiners."""

    name: str
    examiners: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointMarkers:
    """Let these people mark, or examine, in a plan."""

    plan_id: UUID
    actor: str
    markers: Sequence[Marker]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointPanels:
    """Form these interview panels in a plan."""

    plan_id: UUID
    actor: str
    panels: Sequence[NamePanel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """Draw markers and panels for whatever has none yet."""

    plan_id: UUID
    actor: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStage:
    """Close the marking of a plan, or release its results."""

    plan_id: UUID
    actor: str
    at: datetime
