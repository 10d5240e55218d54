"""One transaction of grading: its repositories, its events and its audit trail."""

from collections.abc import Mapping
from typing import Any, Self

from services.grading.adapters.candidates import SqlCandidates
from services.grading.adapters.interviews import SqlInterviews
from services.grading.adapters.repository import SqlPlans
from services.grading.adapters.works import SqlWorks
from shared import audit
from shared.work import UnitOfWork


class GradingUnitOfWork(UnitOfWork):
    """The port `GradingWork` on PostgreSQL."""

    async def __aenter__(self) -> Self:
        """Open the transaction with its repositories."""
        await super().__aenter__()
        self.plans = SqlPlans(self)
        self.works = SqlWorks(self)
        self.interviews = SqlInterviews(self)
        self.candidates = SqlCandidates(self)
        return self

    async def audit(self, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Append to the audit trail."""
        await audit.record(self, actor, action, subject, detail)
