"""Who registers partner schools."""

from kaozheng.demo.parties import Parties
from kaozheng.demo.people.client import ApiClient
from kaozheng.demo.people.school import School


class Administrator:
    """系统管理员: registers schools and gives them their API clients."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._registration = parties.party("registration", "administrator")

    async def register(self, name: str = "示范职业技术学院", region: str = "330100") -> School:
        """Create a school and its API client."""
        school = await self._registration.create("setup", "/v1/institutions", {"name": name, "region": region})
        client = await self._registration.create(
            "setup", f"/v1/institutions/{school['id']}/clients", {"label": "教务系统 registrar system"}
        )
        return School(self._parties, ApiClient(self._parties, client["client_id"], client["client_secret"]))
