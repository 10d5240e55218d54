"""Those who check certificates at the same time share statements, and none is told anything old."""

import asyncio

import pytest

from services.certificate.adapters.live_register import LiveRegister

pytestmark = pytest.mark.integration


async def test_all_who_ask_at_once_are_answered_by_two_statements_at_most(world):
    numbers = [each["number"] for each in await world.issue(*[f"考生{n}" for n in range(40)])]
    register = LiveRegister(world.service.engine)
    assert await register.find(["KZ0"]) == {}
    statements = []
    register._connection.add_query_logger(lambda query: statements.append(query.query))
    found = await asyncio.gather(*(register.find([number]) for number in numbers))
    assert [answer[number].standing.number for answer, number in zip(found, numbers, strict=True)] == numbers
    assert 1 <= len(statements) <= 2


async def test_revocation_is_seen_by_the_next_question_while_others_keep_asking(world):
    issued = await world.issue(*[f"考生{n}" for n in range(12)])
    done = asyncio.Event()

    async def ask_on(certificate):
        while not done.is_set():
            await world.service.deps.reader.find([certificate["number"]])

    askers = [asyncio.ensure_future(ask_on(each)) for each in issued]
    for each in issued:
        assert [(await world.verify(each)).json()["state"] for _ in range(2)] == ["VALID"] * 2
        await world.revoke(each)
        assert (await world.verify(each)).json()["state"] == "REVOKED"
    done.set()
    await asyncio.gather(*askers)


async def test_one_who_stops_waiting_spoils_nothing_for_the_others(world):
    [certificate] = await world.issue("欧阳若兰")
    number, register = certificate["number"], LiveRegister(world.service.engine)
    for turn in range(12):
        tasks = [asyncio.ensure_future(register.find([number])) for _ in range(4)]
        for _ in range(turn):
            await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.wait(tasks)
        assert all(number in task.result() for task in tasks[1:])


async def test_connection_that_was_ended_is_replaced_unnoticed(world):
    [certificate] = await world.issue("欧阳若兰")
    for _ in range(2):
        assert (await world.verify(certificate)).json()["state"] == "VALID"
        ended = await world.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%WHERE number =%'"
        )
        assert len(ended) == 1
