"""What a record from a device at a site does to a candidate's sitting, or why it does nothing."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from services.exam.domain.model import SittingStatus
from services.exam.domain.timing import Window


class Deed(StrEnum):
    """What a device records."""

    CHECK_IN = "check_in"
    HAND_IN = "hand_in"
    ATTEND = "attend"


class Refusal(StrEnum):
    """Why a record is refused. A refused record changes nothing and may be sent again."""

    UNKNOWN_TICKET = "unknown_ticket"
    WRONG_SESSION = "wrong_session"
    SESSION_CLOSED = "session_closed"
    TOO_EARLY = "too_early"
    LATE_REFUSED = "late_refused"
    AFTER_END = "after_end"
    NOT_CHECKED_IN = "not_checked_in"
    ALREADY_HANDED_IN = "already_handed_in"
    SEQUENCE_REUSED = "sequence_reused"


class Sitting(NamedTuple):
    """Where a candidate stands in a component, and since when."""

    status: SittingStatus
    at: datetime | None = None


_NEXT = {
    Deed.CHECK_IN: SittingStatus.CHECKED_IN,
    Deed.HAND_IN: SittingStatus.HANDED_IN,
    Deed.ATTEND: SittingStatus.ATTENDED,
}


def record(sitting: Sitting, deed: Deed, at: datetime, window: Window) -> Sitting | Refusal:
    """Return the sitting after the deed (the same one if it was done before), or why it is refused.

    Coming in is bound to the late limit; handing in a work, and an interview of somebody checked in, to the end.
    """
    here = sitting.status is not SittingStatus.EXPECTED
    refusal = _refused_time(deed, at, window, here=here)
    if refusal:
        return refusal
    if sitting.status in {SittingStatus.ABSENT, SittingStatus.NO_WORK}:
        return Refusal.SESSION_CLOSED
    if deed is Deed.HAND_IN:
        return _hand_in(sitting, at)
    if deed is Deed.CHECK_IN and here:
        return sitting
    return sitting if sitting.status is SittingStatus.ATTENDED else Sitting(_NEXT[deed], at)


def _refused_time(deed: Deed, at: datetime, window: Window, *, here: bool) -> Refusal | None:
    if at < (window.starts_at if deed is Deed.HAND_IN else window.opens_at):
        return Refusal.TOO_EARLY
    until_end = deed is Deed.HAND_IN or (deed is Deed.ATTEND and here)
    if until_end and at > max(window.ends_at, window.late_at):
        return Refusal.AFTER_END
    return Refusal.LATE_REFUSED if not until_end and at > window.late_at else None


def _hand_in(sitting: Sitting, at: datetime) -> Sitting | Refusal:
    if sitting.status is SittingStatus.HANDED_IN:
        return Refusal.ALREADY_HANDED_IN
    if sitting.status is SittingStatus.EXPECTED or (sitting.at and at < sitting.at):
        return Refusal.NOT_CHECKED_IN
    return Sitting(SittingStatus.HANDED_IN, at)
