"""The composition root of operations."""

from functools import partial

from services.operations.adapters.unit_of_work import OperationsWork
from services.operations.application.handlers import keep_days
from services.operations.entrypoints import api, pages, telemetry
from services.operations.entrypoints.deps import Deps
from services.operations.settings import Settings
from shared.clock import Clock, SystemClock
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service


def build(settings: Settings | None = None, *, clock: Clock | None = None) -> Service:
    """Put the service together; tests pass their own settings and clock."""
    settings = settings or Settings()
    spans_clock = clock or SystemClock()  # a span tells what the machine did, at the machine's time
    clock = clock or settings.clock()
    engine = create_engine(
        settings.database_url,
        application="operations",
        pool_size=settings.pool_size,
        deadline=settings.database_deadline,
        clock=clock,
    )
    wake = Wake()
    work = partial(OperationsWork, engine, wake.set)
    return Service(
        name="operations",
        settings=settings,
        clock=clock,
        engine=engine,
        routers=(telemetry.router, api.router, pages.router),
        subscription=None,
        work=work,
        wake=wake,
        background=(partial(keep_days, work, spans_clock, settings.retention),),
        deps=Deps(
            open_work=work,
            clock=spans_clock,
            retention=settings.retention,
            page_key=settings.page_key(),
            telemetry_token=settings.otlp_token.get_secret_value() if settings.otlp_token else None,
        ),
    )
