"""Who watches the flow."""

from typing import Any

from kaozheng.demo.parties import Parties

#: Those that an application passes through.
ON_THE_WAY = frozenset({"registration", "exam", "grading", "certificate"})


class Operations:
    """运维人员: sees one application's journey across all services."""

    def __init__(self, parties: Parties) -> None:
        self._operations = parties.party("operations", "operations")

    async def follow(self, journey_id: str) -> Any:
        """Return a journey as soon as all services on the way have told of it."""
        return await self._operations.until(
            "the trace tree",
            lambda: self._operations.known("journey", f"/v1/journeys/{journey_id}"),
            lambda seen: seen is not None and set(seen["services"]) >= ON_THE_WAY,
        )
