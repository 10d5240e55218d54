"""When a session takes check-ins, works and attendance, and when it may be closed."""

from dataclasses import dataclass
from datetime import datetime

from services.exam.domain.errors import SessionNotOver
from services.exam.domain.model import PlanRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The times of one session under its plan's rules."""

    starts_at: datetime
    ends_at: datetime
    rules: PlanRules

    @property
    def opens_at(self) -> datetime:
        """Return from when people are let in."""
        return self.starts_at - self.rules.opens_before

    @property
    def late_at(self) -> datetime:
        """Return until when people are let in (inclusive)."""
        return self.starts_at + self.rules.late_limit

    def check_over(self, now: datetime) -> None:
        """Raise `SessionNotOver` unless the late limit has passed: absence is never stated earlier."""
        if now <= self.late_at:
            raise SessionNotOver(closes_at=self.late_at)
