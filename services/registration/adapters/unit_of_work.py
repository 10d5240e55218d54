"""One transaction of registration, with its stores."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from services.registration.adapters.batches import SqlBatches
from services.registration.adapters.institutions import SqlInstitutions, SqlPlans
from services.registration.adapters.readings import SqlReadings
from services.registration.adapters.repository import SqlApplications, SqlJourneys
from shared import audit
from shared.work import UnitOfWork


class RegistrationWork(UnitOfWork):
    """A unit of work that knows the applications, batches, institutions, plans and journeys."""

    def __init__(self, engine: AsyncEngine, committed: Callable[[], None] | None = None) -> None:
        """Open the stores on this transaction."""
        super().__init__(engine, committed)
        self.applications = SqlApplications(self)
        self.batches = SqlBatches(self)
        self.institutions = SqlInstitutions(self)
        self.plans = SqlPlans(self)
        self.journeys = SqlJourneys(self)
        self.readings = SqlReadings(self)

    async def audit(self, actor: str, action: str, details: Mapping[str, Mapping[str, Any]]) -> None:
        """Append one record per subject to the audit trail."""
        await audit.record_all(
            self, [audit.Entry(actor, action, subject, detail) for subject, detail in details.items()]
        )
