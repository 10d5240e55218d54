"""Everybody who takes part in one run, on one stack."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kaozheng.demo.party import Latencies, Party, Patience


class Stack(Protocol):
    """The running system: where each service answers, how staff get tokens, and what time it is there."""

    def url(self, service: str) -> str:
        """Return the base URL of a service."""
        ...

    def token(self, role: str, subject: str) -> str:
        """Return a staff token for a role."""
        ...

    def now(self) -> datetime:
        """Return the moment by the clock that the services live by."""
        ...


@dataclass(kw_only=True)
class Parties:
    """The callers of the services, how long their calls took, and how patient they are."""

    stack: Stack
    latencies: Latencies = field(default_factory=Latencies)
    patience: Patience = field(default_factory=Patience)
    parties: dict[tuple[str, str | None], Party] = field(default_factory=dict)

    def party(self, service: str, role: str | None = None, *, subject: str | None = None) -> Party:
        """Return a caller of a service as staff in a role, or as the public."""
        token = self.stack.token(role, subject or f"{role}-1") if role else None
        return self.bearer(service, token)

    def bearer(self, service: str, token: str | None) -> Party:
        """Return a caller of a service with a given token; the same one again for the same token."""
        if (service, token) not in self.parties:
            url = self.stack.url(service)
            self.parties[service, token] = Party(service, url, token, self.latencies, self.patience)
        return self.parties[service, token]

    async def close(self) -> None:
        """Close all connections."""
        for party in self.parties.values():
            await party.close()
