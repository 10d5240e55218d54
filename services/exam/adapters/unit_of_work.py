"""One transaction of exam, with its stores."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncEngine

from services.exam.adapters.blueprints import SqlBlueprints
from services.exam.adapters.candidates import SqlCandidates
from services.exam.adapters.readings import SqlReadings
from services.exam.adapters.repository import SqlPlans
from services.exam.adapters.uploads import SqlDevices, SqlWorks
from shared.work import UnitOfWork


class SqlExamWork(UnitOfWork):
    """A unit of work that knows the plans, blueprints, candidates, devices and works."""

    def __init__(self, engine: AsyncEngine, committed: Callable[[], None] | None = None) -> None:
        """Open the stores on this transaction."""
        super().__init__(engine, committed)
        self.plans = SqlPlans(self)
        self.blueprints = SqlBlueprints(self)
        self.candidates = SqlCandidates(self)
        self.devices = SqlDevices(self)
        self.works = SqlWorks(self)
        self.readings = SqlReadings(self)
