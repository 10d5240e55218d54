"""What a batch of events costs in SQL statements, for every service and event: a figure that no machine changes."""

from collections import defaultdict

import pytest

from tests.statements.limits import HANDLERS
from tests.statements.samples import Life

pytestmark = pytest.mark.integration


@pytest.fixture
async def world(request, make_world):
    """The service of that name on a fresh database."""
    return await make_world(request.param)


#: What exam hears nothing of, because the plans are its own.
PLANS = """
    INSERT INTO plan (id, title, standard, level, entry_opens_at, entry_closes_at, requires_materials,
                      opens_minutes_before, late_limit_minutes, blueprint, state, version, seat_plan_version,
                      created_at)
    SELECT id, 'plan', 'xb2b', 'junior', now(), now(), false, 30, 30, '{}', 'published', 1, 0, now()
      FROM unnest(CAST(:ids AS uuid[])) AS id
"""


async def costs(world, numbers):
    """Let the service handle one event of every type for all candidates; return the statements by type."""
    lives = [Life(number, world.service.settings.sealer()) for number in numbers]
    if world.NAME == "exam":
        async with world.service.work() as work:
            await work.execute(PLANS, {"ids": [one.plan_id for one in lives]})
    found = {}
    for batch in zip(*(one.events() for one in lives), strict=True):
        if (kind := type(batch[0])) in world.service.subscription.handlers:
            with world.statements() as seen:
                await world.tell(*batch)
            found[kind] = len(seen)
    return found


@pytest.mark.parametrize(("world", "name"), [(name, name) for name in HANDLERS], indirect=["world"])
async def test_no_batch_costs_more_statements_than_its_limit(world, name):
    few, many = await costs(world, range(2)), await costs(world, range(100, 140))
    excess = defaultdict(list)
    for found in (few, many):
        for kind, count in found.items():
            if count > HANDLERS[name][kind]:
                excess[kind.__name__].append(f"{count} instead of {HANDLERS[name][kind]}")
    assert excess == {}


@pytest.mark.parametrize(("world", "name"), [(name, name) for name in HANDLERS], indirect=["world"])
def test_every_event_that_a_service_handles_has_a_limit(world, name):
    assert world.service.subscription.handlers.keys() == HANDLERS[name].keys()
