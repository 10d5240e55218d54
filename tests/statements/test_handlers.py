"""What a batch of events costs in SQL statements, for every service and event: a figure that no machine changes."""

import importlib
from collections import defaultdict

import pytest

from tests.statements.limits import HANDLERS
from tests.statements.samples import Candidate
from tests.worlds.statements import statements

pytestmark = pytest.mark.integration


@pytest.fixture
async def service(request, settings_for):
    """The service of that name on a fresh database."""
    built = importlib.import_module(f"services.{request.param}.bootstrap").build(await settings_for(request.param))
    yield built
    await built.engine.dispose()


#: What exam hears nothing of, because the plans are its own.
PLANS = """
    INSERT INTO plan (id, title, standard, level, entry_opens_at, entry_closes_at, requires_materials,
                      opens_minutes_before, late_limit_minutes, blueprint, state, version, seat_plan_version,
                      created_at)
    SELECT id, 'plan', 'xb2b', 'junior', now(), now(), false, 30, 30, '{}', 'published', 1, 0, now()
      FROM unnest(CAST(:ids AS uuid[])) AS id
"""


async def costs(service, numbers):
    """Let the service handle one event of every type for all candidates; return the statements by type."""
    candidates = [Candidate(number, service.settings.sealer().seal) for number in numbers]
    if service.name == "exam":
        async with service.work() as work:
            await work.execute(PLANS, {"ids": [one.plan_id for one in candidates]})
    batches = zip(*(one.received() for one in candidates), strict=True)
    found = {}
    for batch in batches:
        handler = service.subscription.handlers.get(kind := type(batch[0].data))
        if handler is not None:
            with statements(service.engine) as seen:
                async with service.work() as work:
                    await handler(work, batch)
            found[kind] = len(seen)
    return found


@pytest.mark.parametrize(("service", "name"), [(name, name) for name in HANDLERS], indirect=["service"])
async def test_no_batch_costs_more_statements_than_its_limit(service, name):
    few, many = await costs(service, range(2)), await costs(service, range(100, 140))
    excess = defaultdict(list)
    for found in (few, many):
        for kind, count in found.items():
            if count > HANDLERS[name][kind]:
                excess[kind.__name__].append(f"{count} instead of {HANDLERS[name][kind]}")
    assert excess == {}


@pytest.mark.parametrize(("service", "name"), [(name, name) for name in HANDLERS], indirect=["service"])
def test_every_event_that_a_service_handles_has_a_limit(service, name):
    assert service.subscription.handlers.keys() == HANDLERS[name].keys()
