"""Everybody who takes part in one run, on one stack."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kaozheng.demo.party import Latencies, Party, Patience, Token
from kaozheng.demo.plan import Times
from shared.clock import MovableClock


class Stack(Protocol):
    """The running system: where each service answers, how staff get tokens, and what time it is there."""

    def url(self, service: str) -> str:
        """Return the base URL of a service."""
        ...

    def token(self, role: str, subject: str) -> str:
        """Return a staff token for a role."""
        ...

    @property
    def clock(self) -> MovableClock:
        """Return the clock that the services live by."""
        ...

    @property
    def standards(self) -> Path:
        """Return the folder of the operator's own standards and blueprints."""
        ...

    @property
    def moves(self) -> bool:
        """Say whether that clock can be moved; it cannot where it runs as in production."""
        ...


@dataclass(kw_only=True)
class Parties:
    """The callers of the services, how long their calls took, and how patient they are."""

    stack: Stack
    latencies: Latencies = field(default_factory=Latencies)
    patience: Patience = field(default_factory=Patience)
    parties: dict[tuple[str, str], Party] = field(default_factory=dict)

    def party(self, service: str, role: str | None = None, *, subject: str | None = None) -> Party:
        """Return a caller of a service as staff in a role, or as the public."""
        if role is None:
            return self.bearer(service, "", None)
        name = subject or f"{role}-1"

        async def token() -> str:
            return self.stack.token(role, name)

        return self.bearer(service, f"{role} {name}", token)

    def bearer(self, service: str, who: str, token: Token | None) -> Party:
        """Return a caller of a service with a token of its own; the same one again for the same name."""
        if (service, who) not in self.parties:
            url = self.stack.url(service)
            self.parties[service, who] = Party(service, url, token, self.latencies, self.patience)
        return self.parties[service, who]

    def reach(self, moment: datetime) -> None:
        """Let the time come: it is that moment now, or later. Where the clock cannot be moved, it has been."""
        if self.stack.moves and self.stack.clock.now() < moment:
            self.stack.clock.set(moment)

    def times(self) -> Times:
        """Return the times of a plan that is opened now."""
        now = self.stack.clock.now()
        return Times.to_come(now) if self.stack.moves else Times.of_yesterday(now)

    async def close(self) -> None:
        """Close all connections."""
        for party in self.parties.values():
            await party.close()
