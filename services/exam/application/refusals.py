"""What people read when a record of a device is refused."""

from services.exam.domain.sitting import Refusal
from shared.errors import FieldError

_WORDS: dict[Refusal, tuple[str, str, str]] = {
    Refusal.UNKNOWN_TICKET: ("/ticket_no", "没有此准考证号。", "There is no such admission ticket."),
    Refusal.WRONG_SESSION: ("/ticket_no", "该考生不在本场次。", "The candidate is not seated in this session."),
    Refusal.SESSION_CLOSED: ("", "场次已经关闭，缺考已经认定。", "The session is closed; absences are established."),
    Refusal.TOO_EARLY: ("/occurred_at", "早于本场次开始受理的时间。", "It is before the session takes it."),
    Refusal.LATE_REFUSED: ("/occurred_at", "超过迟到时限，不得入场。", "It is past the late limit; no admission."),
    Refusal.AFTER_END: ("/occurred_at", "场次已经结束。", "The session had ended."),
    Refusal.NOT_CHECKED_IN: ("/ticket_no", "该考生当时尚未签到。", "The candidate was not checked in at that time."),
    Refusal.ALREADY_HANDED_IN: ("/ticket_no", "该考生已经交卷。", "The candidate has already handed in a work."),
    Refusal.SEQUENCE_REUSED: (
        "/sequence",
        "该设备的此序号已用于内容不同的记录。",
        "This sequence number of the device was used for another record.",
    ),
}


def refusal_fault(refusal: Refusal, index: int) -> FieldError:
    """Return the located fault of the item at `index`."""
    pointer, zh, en = _WORDS[refusal]
    return FieldError(f"/items/{index}{pointer}", refusal.value, zh, en)
