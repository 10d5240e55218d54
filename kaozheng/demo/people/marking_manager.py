"""Who leads marking."""

from collections.abc import Iterable, Sequence
from typing import Any

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.judging import scales
from kaozheng.demo.parties import Parties
from kaozheng.demo.plan import Plan


class MarkingManager:
    """阅卷负责人: appoints markers and panels, gives them their tasks, closes marking."""

    def __init__(self, parties: Parties) -> None:
        self._grading = parties.party("grading", "marking-manager")

    async def receive(self, plan: Plan, bar: Bar = NO_BAR) -> None:
        """Wait until grading has all works, interviews and absences, and knows that the exam has ended."""

        async def look() -> Any:
            seen = await self._grading.known("poll", f"/v1/plans/{plan.id}")
            bar.reach(seen["progress"]["works"] if seen else 0)
            return seen["progress"] if seen else {}

        tally = plan.tally
        expected = {
            "works": tally.works,
            "interviews": tally.interviews,
            "candidates": tally.admitted,
            "absent": tally.absent,
            "expected_works": tally.works,
        }
        await self._grading.until(f"all that was sat ({expected})", look, lambda seen: expected.items() <= seen.items())

    async def appoint(self, plan: Plan, markers: Iterable[str], panels: Iterable[Sequence[str]]) -> None:
        """Name markers and panels."""
        path = f"/v1/plans/{plan.id}"
        named = {"items": [{"subject": name} for name in markers]}
        await self._grading.call("setup", "POST", f"{path}/markers", json=named)
        groups = [{"name": f"面试{number}组", "examiners": list(panel)} for number, panel in enumerate(panels, start=1)]
        await self._grading.call("setup", "POST", f"{path}/panels", json={"panels": groups})

    async def allocate(self, plan: Plan, seed: int = 1) -> None:
        """Draw who marks what, and read what can be given."""
        path = f"/v1/plans/{plan.id}"
        await self._grading.call("allocate", "POST", f"{path}/allocate", json={"seed": seed})
        scored = await self._grading.call("setup", "GET", f"{path}/criteria")
        plan.forms = {each["code"]: scales(each["criteria"]) for each in scored["components"]}

    async def show(self, plan: Plan) -> Any:
        """Return the plan as grading tells it, with its progress."""
        return await self._grading.call("poll", "GET", f"/v1/plans/{plan.id}")

    async def close(self, plan: Plan) -> None:
        """Close marking: no mark changes any more."""
        await self._grading.call("close-marking", "POST", f"/v1/plans/{plan.id}/close-marking")
