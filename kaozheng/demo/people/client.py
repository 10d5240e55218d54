"""A school's API client: an id and a secret, for which it is given tokens."""

from datetime import UTC, datetime, timedelta

from kaozheng.demo.parties import Parties

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class ApiClient:
    """Fetches a token as the school would, and a new one when that has half its life behind it."""

    def __init__(self, parties: Parties, client_id: str, secret: str) -> None:
        self.id = client_id
        self._secret = secret
        self._clock = parties.stack.clock
        self._door = parties.party("registration")
        self._token, self._until = "", _LONG_AGO

    async def token(self) -> str:
        """Return a token that is valid for some time yet."""
        now = self._clock.now()
        if self._until <= now:
            form = {"grant_type": "client_credentials", "client_id": self.id, "client_secret": self._secret}
            answer = await self._door.call("setup", "POST", "/oauth/token", data=form)
            self._token, self._until = answer["access_token"], now + timedelta(seconds=answer["expires_in"]) / 2
        return self._token
