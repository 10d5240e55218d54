"""The running stack as its users see it: where each service answers, and tokens of the local issuer."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.environment import service_url
from kaozheng.launcher.roles import ROLES
from kaozheng.launcher.secrets import AUDIENCE, STAFF_ISSUER, SecretStore
from kaozheng.launcher.state import State
from shared.clock import MovableClock
from shared.web import tokens

_LIFETIME = timedelta(hours=8)


class UnknownRole(EmbeddedError):
    """There is no such role."""

    def __init__(self, role: str) -> None:
        """Name those there are."""
        super().__init__(f"没有角色 {role}。可用的角色 There is no role {role}. Roles: {', '.join(ROLES)}")


class RunningStack:
    """Addresses and tokens of one stack."""

    def __init__(self, state: State, *, moves: bool = True) -> None:
        """Take the state folder of a stack that is or was up, and whether its clock can be moved."""
        self.moves = moves
        self._state = state
        self._ports = state.read().ports
        self._tokens: dict[tuple[str, str], tuple[str, datetime]] = {}

    @property
    def standards(self) -> Path:
        """The operator's own standards and blueprints."""
        return self._state.standards

    @property
    def clock(self) -> MovableClock:
        """The clock that all its services live by."""
        return self._state.clock

    def url(self, service: str) -> str:
        """Return the base URL of a service."""
        if service not in self._ports:
            raise EmbeddedError(f"{service} 没有运行，请先 make up。\n{service} does not run here: make up first.")
        return service_url(self._ports, service)

    def token(self, role: str, subject: str) -> str:
        """Return a staff token for a role; the same one again for the same role and subject as long as it is young."""
        now = self.clock.now()
        issued, fresh_until = self._tokens.get((role, subject), ("", now))
        if fresh_until <= now:
            issued = self.issue(role, subject)
            self._tokens[role, subject] = issued, now + _LIFETIME / 2
        return issued

    def issue(
        self,
        role: str,
        subject: str,
        *,
        institution_id: UUID | None = None,
        scopes: Iterable[str] = (),
        lifetime: timedelta = _LIFETIME,
    ) -> str:
        """Return a new token; extra scopes come on top of the role's. Raises UnknownRole."""
        if role not in ROLES:
            raise UnknownRole(role)
        self._state.prepare()
        key = SecretStore(self._state.secrets).key("staff")
        granted = [*ROLES[role], *scopes]
        return tokens.issue(key, STAFF_ISSUER, AUDIENCE, subject, granted, institution_id, lifetime, self.clock)
