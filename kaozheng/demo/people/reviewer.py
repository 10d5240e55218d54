"""Who decides on applications."""

from collections.abc import Callable
from typing import Any

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.parties import Parties
from kaozheng.demo.party import chunks
from kaozheng.demo.plan import Plan

ADMIT = {"decision": "admit"}
REFUSE = {"decision": "refuse", "reason_code": "materials_mismatch", "comment": "材料与条件不符"}

#: What to decide about the nth application.
Verdict = Callable[[int, dict[str, Any]], dict[str, str]]


class Reviewer:
    """审核人员: reviews what waits, in bulk."""

    def __init__(self, parties: Parties) -> None:
        self._registration = parties.party("registration", "reviewer")

    async def review(self, plan: Plan, verdict: Verdict = lambda *_: ADMIT, bar: Bar = NO_BAR) -> None:
        """Decide on every submitted application of a plan."""
        waiting = await self._registration.everything("list", "/v1/applications", plan_id=plan.id, status="submitted")
        items = [
            {"application_id": application["id"], "version": application["version"]} | verdict(number, application)
            for number, application in enumerate(waiting, start=1)
        ]
        for some in chunks(items, 1000):
            await self._registration.bulk("review", "/v1/applications/decisions", {"items": some})
            bar.advance(len(some))
        admitted = sum(item["decision"] == "admit" for item in items)
        plan.tally.admitted += admitted
        plan.tally.review_refused += len(items) - admitted
