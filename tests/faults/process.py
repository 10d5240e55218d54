"""One relay, one consumer or a whole worker as a process that the fault tests kill, freeze and stop."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.inbox.subscription import Subscription
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.kafka import KafkaBroker
from shared.messaging.log_identity import LogIdentity
from shared.messaging.options import MessagingOptions
from shared.messaging.status import WorkerStatus
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from shared.worker import run_worker
from tests.faults import clocks, editions, slow, tiny
from tests.faults.service import TinyService
from tests.worlds.brokers import IDEMPOTENT


def failing(spec: dict[str, Any]) -> Checkpoint:
    """Send this process a signal at the n-th time that a moment is reached."""
    seen = 0

    async def reached(name: str) -> None:
        nonlocal seen
        if name == spec.get("at"):
            seen += 1
            if seen == spec.get("nth", 1):
                os.kill(os.getpid(), signal.Signals[spec.get("signal", "SIGKILL")])

    return reached


def subscription(spec: dict[str, Any]) -> Subscription:
    """Return what this process listens to: as an edition of the service, or with a handler that is slow once."""
    if "edition" in spec:
        return editions.subscription(spec["edition"])
    return slow.subscription(**spec["slow"]) if "slow" in spec else tiny.subscription()


async def main(spec: dict[str, Any]) -> None:
    options = MessagingOptions.model_validate(spec["options"])
    broker = KafkaBroker(
        spec["servers"], idempotence=IDEMPOTENT, partitions=tiny.PARTITIONS, topics=(tiny.TOPIC,), options=options
    )
    log = LogIdentity(broker)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    reached = failing(spec.get("fail", {}))
    engine = tiny.engine_of(spec["dsn"])
    if spec["role"] == "relay":
        relay = Relay(
            service="tiny", dsn=spec["dsn"], broker=broker, log=log, wake=Wake(), options=options, reached=reached
        )
        running = relay.run(stop)
    elif spec["role"] == "publisher":
        running = tiny.publish_many(tiny.work_factory(engine), spec["events"], keys=spec["keys"])
    elif spec["role"] == "worker":
        service = TinyService(engine, Wake(), tiny.work_factory(engine), subscription(spec))
        running = run_worker(service, broker, stop, options=options)  # type: ignore[arg-type]  # has what it needs
    else:
        handler = BatchHandler(
            subscription=subscription(spec), work=tiny.work_factory(engine), options=options, reached=reached
        )
        running = Consumer(handler=handler, broker=broker, log=log, status=WorkerStatus()).run(stop)
    await running
    await broker.close()
    await engine.dispose()


def run(spec: dict[str, Any]) -> None:
    """Be that process."""
    clocks.jump(spec.get("clock", []))
    with Path(spec["output"]).open("ab", buffering=0) as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
        asyncio.run(main(spec))
