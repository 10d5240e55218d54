"""Faults of whoever leads: the leader of a busy partition or the active controller ends, and the next, five times."""

import json
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient

from tests.chaos.ground import Ground, Strike
from tests.chaos.schedule import Fault, Kind
from tests.worlds.waiting import until

_TIMES = 5
_BUSY = "SELECT topic, partition FROM inbox ORDER BY handled_at DESC LIMIT 1"


async def bounce(ground: Ground, fault: Fault) -> None:
    """End it hard and softly by turns, each time after the last one has come back."""
    for number in range(_TIMES):
        await ground.well()
        leader = (
            await _leader(ground, fault)
            if fault.kind is Kind.BOUNCE_LEADER
            else controller(ground.job.state.broker_home)
        )
        if ground.calm.is_set() or leader is None:
            return
        ground.tell(f"   {leader} ({'SIGTERM' if number % 2 else 'kill -9'})")
        await _end(ground, leader, hard=number % 2 == 0)


async def _end(ground: Ground, name: str, *, hard: bool) -> None:
    before = ground.job.record().processes.get(name)
    if process := ground.process(name):
        process.kill() if hard else process.terminate()
    await until(
        f"{name} is back", lambda: ground.job.record().processes.get(name), lambda now: now not in (None, before)
    )


async def _leader(ground: Ground, fault: Fault) -> str | None:
    """Return the node that leads the partition from which the service has read last."""
    busy = await ground.job.rows(fault.target, _BUSY)
    if not busy:
        return None
    admin = AIOKafkaAdminClient(bootstrap_servers=ground.job.bootstrap_servers)
    await admin.start()
    try:
        [topic] = await admin.describe_topics([busy[0]["topic"]])
    finally:
        await admin.close()
    leaders = {part["partition"]: part["leader"] for part in topic["partitions"]}
    leader = leaders.get(busy[0]["partition"], -1)
    return f"kafka-{leader}" if leader > 0 else None


def controller(home: Path) -> str | None:
    """Return the active controller, as the nodes have written it down: the answer with the newest epoch counts."""
    files = home.glob("kafka-*/data/__cluster_metadata-0/quorum-state")
    states = [json.loads(file.read_text()) for file in files]
    newest = max(states, key=lambda state: state["leaderEpoch"], default={"leaderId": -1})
    return f"kafka-{newest['leaderId']}" if newest["leaderId"] > 0 else None


STRIKES: dict[Kind, Strike] = {Kind.BOUNCE_LEADER: bounce, Kind.BOUNCE_CONTROLLER: bounce}
