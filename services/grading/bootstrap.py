"""Puts grading together. Every argument is a seam for tests."""

from services.grading.adapters.unit_of_work import GradingUnitOfWork
from services.grading.entrypoints import api, scoring
from services.grading.entrypoints.deps import Deps
from services.grading.entrypoints.subscriptions import SUBSCRIPTION
from services.grading.settings import Settings
from shared.clock import Clock
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service


def build(settings: Settings | None = None, *, clock: Clock | None = None) -> Service:
    """Return the service, with settings from the environment unless they are given."""
    settings = settings or Settings()
    clock = clock or settings.clock()
    engine = create_engine(
        settings.database_url,
        application="grading",
        pool_size=settings.pool_size,
        deadline=settings.database_deadline,
        clock=clock,
    )
    wake = Wake()

    def work() -> GradingUnitOfWork:
        return GradingUnitOfWork(engine, wake.set)

    return Service(
        name="grading",
        settings=settings,
        clock=clock,
        engine=engine,
        routers=(api.router, scoring.router),
        subscription=SUBSCRIPTION,
        work=work,
        wake=wake,
        deps=Deps(work=work, clock=clock),
    )
