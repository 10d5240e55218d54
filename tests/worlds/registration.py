"""Registration with schools that enter applications and batches."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kaozheng.demo import batches
from services.registration.application.intake import Intake
from shared import ids
from tests.worlds import payloads, services
from tests.worlds.callers import Headers, Issuer, bearer
from tests.worlds.payloads import NOW


class Never:
    """Tells a worker that it need not stop."""

    def is_set(self) -> bool:
        return False


class World(services.World):
    NAME = "registration"
    STAFF = ("institutions:write", "applications:read", "applications:review", "persons:read")

    @classmethod
    def settings(cls, issuer: Issuer) -> dict[str, Any]:
        """Return them with a key of the service's own, which signs the tokens of schools."""
        own = Issuer.make(issuer.jwks.parent, "kaozheng-registration")
        pem = issuer.jwks.with_name("registration.pem")
        pem.write_bytes(own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return {"auth_issuers": [issuer.trusted, own.trusted], "signing_key_file": pem}

    async def school(self, name: str = "示范职业技术学院") -> Headers:
        """Make an institution and return the headers of its machine."""
        made = await self.post("/v1/institutions", {"name": name, "region": "330100"})
        client = await self.post(f"/v1/institutions/{made['id']}/clients", {"label": "教务"})
        form = {"grant_type": "client_credentials"} | {name: client[name] for name in ("client_id", "client_secret")}
        answer = await self.http.post("/oauth/token", data=form)
        assert answer.status_code == 200, answer.text
        return bearer(answer.json()["access_token"]) | {"x-institution": made["id"]}

    async def plan(self, **changes: Any) -> str:
        """Hear of a plan that is open for entry."""
        plan_id = changes.pop("plan_id", None) or ids.new_id()
        entry = {"entry_opens_at": NOW - timedelta(days=1), "entry_closes_at": NOW + timedelta(days=1)}
        await self.tell(payloads.plan_published(plan_id, **entry | changes))
        return str(plan_id)

    async def upload(
        self, school: Headers, plan_id: str, content: bytes, *, key: str = "", form: str = "text/csv"
    ) -> httpx.Response:
        """Send a batch; return the answer, good or not."""
        headers = school | {"idempotency-key": key or str(ids.new_id()), "content-type": form}
        return await self.http.post("/v1/batches", params={"plan_id": plan_id}, content=content, headers=headers)

    def intake(self, **options: Any) -> Intake:
        """Return a worker for batches."""
        deps = self.service.deps
        return Intake(deps.work, deps.vault, deps.clock, **options)

    async def work_through(self) -> None:
        """Process every batch that waits."""
        intake = self.intake()
        while batch := await intake.claim():
            await intake.process(batch, Never())

    async def finished_batch(self, school: Headers, plan_id: str, content: bytes, **options: Any) -> Any:
        """Send a batch, process it, return what its school sees of it."""
        answer = await self.upload(school, plan_id, content, **options)
        assert answer.status_code == 202, answer.text
        await self.work_through()
        return await self.get(f"/v1/batches/{answer.json()['id']}", school)

    async def applicants(self, school: Headers, plan_id: str, count: int) -> list[Any]:
        """Enter a batch of so many good rows and return the applications."""
        await self.finished_batch(school, plan_id, csv_of(range(1, count + 1)))
        found = await self.get("/v1/applications", school, plan_id=plan_id, limit=1000)
        assert len(found["items"]) == count
        assert [each["row"] for each in found["items"]] == list(range(2, count + 2))
        return list(found["items"])


def csv_of(numbers: Any, *, encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV of good rows of the people with these numbers."""
    lines = [",".join(batches.HEADER)]
    lines += [f"张三,居民身份证,{batches.resident_number(number)},13800000001,,,,\r" for number in numbers]
    return "\n".join(lines).encode(encoding)


def single(plan_id: str, number: int, **person: Any) -> dict[str, Any]:
    """Return a single application of the person with this number."""
    fields = {
        "name": "张三",
        "document_type": "resident_id",
        "document_number": batches.resident_number(number),
        "phone": "13800000001",
    }
    return {"plan_id": plan_id, "person": fields | person, "materials": []}


def decision(application: Any, verdict: str, **more: Any) -> dict[str, Any]:
    """Return a decision on an application as it was read."""
    return {"application_id": application["id"], "version": application["version"], "decision": verdict} | more


def candidate(application: Any) -> payloads.Candidate:
    """Return whom events about an application are about."""
    return payloads.Candidate(1, application_id=UUID(application["id"]))


def institution_of(school: Headers) -> UUID:
    """Return the institution behind a school's headers."""
    return UUID(school["x-institution"])
