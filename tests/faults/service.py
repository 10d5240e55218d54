"""The made-up service in the form that a worker takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import Clock, SystemClock
from shared.inbox.subscription import Subscription
from shared.outbox.wake import Wake
from shared.work import WorkFactory
from tests.faults import tiny


@dataclass
class TinyService:
    """Has what a worker needs of a service."""

    engine: AsyncEngine
    wake: Wake
    work: WorkFactory
    subscription: Subscription | None = None
    background: Sequence[Any] = ()
    name: str = "tiny"
    clock: Clock = field(default_factory=SystemClock)

    def __post_init__(self) -> None:
        self.subscription = self.subscription or tiny.subscription()
