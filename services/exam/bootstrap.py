"""Builds the service from its settings; arguments are the seams of the tests."""

from functools import partial

from services.exam.adapters.unit_of_work import SqlExamWork
from services.exam.application.freezing import BlueprintSource
from services.exam.entrypoints import api, blueprints_api, sessions_api, standards_api
from services.exam.entrypoints.deps import Deps
from services.exam.entrypoints.subscriptions import subscription
from services.exam.settings import Settings
from shared.clock import Clock
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service
from shared.settings import Environment
from shared.standards.catalogue import Catalogue


def build(settings: Settings | None = None, *, clock: Clock | None = None) -> Service:
    """Return the service, ready to run."""
    settings = settings or Settings()
    clock = clock or settings.clock()
    engine = create_engine(
        settings.database_url,
        application="exam",
        pool_size=settings.pool_size,
        deadline=settings.database_deadline,
        clock=clock,
    )
    wake = Wake()
    work = partial(SqlExamWork, engine, wake.set)
    seal = settings.sealer()
    catalogue = Catalogue(settings.standards_dir)
    blueprints = BlueprintSource(catalogue, derives=settings.environment is not Environment.PRODUCTION)
    return Service(
        name="exam",
        settings=settings,
        clock=clock,
        engine=engine,
        routers=[api.router, sessions_api.router, standards_api.router, blueprints_api.router],
        subscription=subscription(seal, clock),
        work=work,
        wake=wake,
        deps=Deps(work=work, catalogue=catalogue, blueprints=blueprints, clock=clock, seal=seal),
    )
