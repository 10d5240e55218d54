"""Who releases results."""

from typing import Any

import httpx

from kaozheng.demo.parties import Parties
from kaozheng.demo.plan import Plan


class ResultsOfficer:
    """成绩发布人员: releases all results of a plan at once."""

    def __init__(self, parties: Parties) -> None:
        self._grading = parties.party("grading", "results-officer")

    async def release(self, plan: Plan) -> None:
        """Release as soon as every work is unsealed; refused (409) before."""
        path = f"/v1/plans/{plan.id}/release"
        answer = await self._grading.until(
            "all results to be complete",
            lambda: self._grading.send("release", "POST", path),
            lambda seen: seen.status_code != httpx.codes.CONFLICT,
        )
        released = self._grading.good(answer).json()
        plan.tally.passed, plan.tally.failed = released["pass"], released["fail"]
        plan.tally.absent_results = released["absent"]

    async def results(self, plan: Plan) -> list[dict[str, Any]]:
        """Return the released results; refused (409) before the release."""
        return await self._grading.everything("results", f"/v1/plans/{plan.id}/results")
