"""Who plans the exam."""

from typing import Any

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.blueprint import keep_blueprint
from kaozheng.demo.parties import Parties
from kaozheng.demo.plan import Draft, Plan
from kaozheng.demo.tally import Tally


class Officer:
    """考务人员: opens plans, closes entry, seats the candidates."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._exam = parties.party("exam", "exam-officer")

    async def open(self, draft: Draft) -> Plan:
        """Prepare the sites and publish the plan."""
        return await self.publish(draft, await self.prepare(draft))

    async def prepare(self, draft: Draft) -> list[dict[str, Any]]:
        """Create the sites that a plan is to have, and keep the blueprint by which it examines."""
        keep_blueprint(self._parties.stack.standards)
        numbers = range(1, draft.sites + 1)
        return [await self._exam.create("setup", "/v1/sites", draft.site(number)) for number in numbers]

    async def publish(self, draft: Draft, sites: list[dict[str, Any]], tally: Tally | None = None) -> Plan:
        """Create the plan and publish it."""
        plan = await self._exam.create("setup", "/v1/plans", draft.plan(sites))
        await self._exam.call("setup", "POST", f"/v1/plans/{plan['id']}/publish")
        return Plan(plan["id"], plan["sessions"], draft.times, tally or Tally())

    async def arrange(self, plan: Plan, seed: int = 1) -> None:
        """Wait for all who were admitted, close entry, and seat them."""
        await self.meet(plan)
        await self.seat(plan, seed)

    async def meet(self, plan: Plan, bar: Bar = NO_BAR) -> None:
        """Wait until exam knows all who were admitted."""

        async def look() -> Any:
            seen = await self._exam.call("poll", "GET", f"/v1/plans/{plan.id}")
            bar.reach(seen["candidates"])
            return seen

        admitted = plan.tally.admitted
        await self._exam.until(f"{admitted} candidates", look, lambda seen: seen["candidates"] == admitted)

    async def seat(self, plan: Plan, seed: int) -> str:
        """Close entry when its time is over, and seat everyone; return the digest of the seat plan."""
        self._parties.reach(plan.times.entry.ends_at)
        await self._exam.call("arrange", "POST", f"/v1/plans/{plan.id}/close-entry")
        seats = await self._exam.call("arrange", "POST", f"/v1/plans/{plan.id}/arrange", json={"seed": seed})
        plan.tally.seated = seats["candidates"]
        return str(seats["digest"])

    async def tickets(self, plan: Plan) -> list[dict[str, Any]]:
        """Return the admission tickets of all candidates."""
        return await self._exam.everything("tickets", "/v1/tickets", plan_id=plan.id)

    async def ticket_of(self, plan: Plan, application_id: str) -> str:
        """Return the ticket number of one candidate."""
        tickets = {ticket["application_id"]: ticket["ticket_no"] for ticket in await self.tickets(plan)}
        return str(tickets[application_id])
