"""Who sends applications, and sees what became of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.batches import Row, encoded
from kaozheng.demo.parties import Parties
from kaozheng.demo.people.client import ApiClient
from kaozheng.demo.plan import Plan
from shared import ids


class Applicant(NamedTuple):
    """Somebody whose row was accepted."""

    person: Row
    application_id: str


class School:
    """合作院校: a partner school through its API client."""

    def __init__(self, parties: Parties, client: ApiClient) -> None:
        self.client = client
        self._registration, self._exam, self._certificate = [
            parties.bearer(service, client.id, client.token) for service in ("registration", "exam", "certificate")
        ]

    async def apply(self, plan: Plan, people: Sequence[Row]) -> list[Applicant]:
        """Send a batch as soon as the plan is open to the school; return those whose rows were accepted."""
        await self.hear_of(plan)
        batch = await self.follow(await self.send(plan, encoded(people)), plan)
        accepted = await self.applications(plan, batch_id=batch["id"])
        #: Rows are counted as a spreadsheet does: the first is the header.
        return [Applicant(people[application["row"] - 2], application["id"]) for application in accepted]

    async def hear_of(self, plan: Plan) -> None:
        """Wait until registration has heard of the plan."""
        await self._registration.until(
            "the plan", lambda: self._registration.everything("setup", "/v1/plans"), lambda plans: _has(plans, plan)
        )

    async def send(self, plan: Plan, content: bytes, key: str | None = None) -> Any:
        """Upload a batch file under an idempotency key."""
        headers = {"Idempotency-Key": key or str(ids.new_id()), "Content-Type": "text/csv"}
        return await self._registration.call(
            "upload", "POST", "/v1/batches", params={"plan_id": plan.id}, content=content, headers=headers
        )

    async def follow(self, batch: Any, plan: Plan, bar: Bar = NO_BAR) -> Any:
        """Wait until a batch is worked through and return it."""

        async def look() -> Any:
            seen = await self._registration.call("poll", "GET", f"/v1/batches/{batch['id']}")
            bar.reach(seen["accepted"] + seen["refused"])
            return seen

        done = await self._registration.until(
            "the batch to be worked through", look, lambda seen: seen["status"] in {"finished", "failed"}
        )
        plan.tally.rows_accepted += done["accepted"]
        plan.tally.rows_refused += done["refused"]
        return done

    async def row_errors(self, batch: Any) -> list[dict[str, Any]]:
        """Return what is wrong with the refused rows, the first thousand faults."""
        errors = await self._registration.call(
            "errors", "GET", f"/v1/batches/{batch['id']}/errors", params={"limit": 1000}
        )
        faults: list[dict[str, Any]] = errors["items"]
        return faults

    async def batches(self) -> list[dict[str, Any]]:
        """Return the own batches."""
        return await self._registration.everything("list", "/v1/batches")

    async def applications(self, plan: Plan, **filters: str) -> list[dict[str, Any]]:
        """Return the own applications in a plan."""
        return await self._registration.everything("list", "/v1/applications", plan_id=plan.id, **filters)

    async def application(self, application_id: str) -> Any:
        """Return an application with all that is known of it."""
        return await self._registration.call("journey", "GET", f"/v1/applications/{application_id}")

    async def tickets(self, plan: Plan) -> list[dict[str, Any]]:
        """Return the admission tickets of the own candidates."""
        return await self._exam.everything("tickets", "/v1/tickets", plan_id=plan.id)

    async def certified(self, application_id: str) -> Any:
        """Wait until registration has heard of the certificate, and return the application."""
        return await self._registration.until(
            "the certificate", lambda: self.application(application_id), lambda seen: bool(seen["certificate"])
        )

    async def certificates(self, plan: Plan) -> list[dict[str, Any]]:
        """Return the certificates of the own candidates."""
        return await self._certificate.everything("list", "/v1/certificates", plan_id=plan.id)


def _has(plans: list[dict[str, Any]], plan: Plan) -> bool:
    return any(one["id"] == plan.id for one in plans)
