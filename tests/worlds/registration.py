"""A running registration with its callers: staff, schools, and the events of the other services."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kaozheng.demo import batches
from services.registration.application.intake import Intake
from services.registration.entrypoints import subscriptions
from shared import ids
from shared.clock import SettableClock
from shared.events.exam import PlanPublishedV1
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.service import Service
from shared.settings import TrustedIssuer
from shared.web import tokens

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
STAFF = "institutions:write applications:read applications:review persons:read"


class Never:
    def is_set(self) -> bool:
        return False


@dataclass
class Keys:
    staff: Ed25519PrivateKey
    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Keys":
        return cls(Ed25519PrivateKey.generate(), folder)

    def settings(self) -> dict[str, Any]:
        own = Ed25519PrivateKey.generate()
        pem = self.folder / "key.pem"
        pem.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        issuers = []
        for name, key in (("kaozheng-staff", self.staff), ("kaozheng-registration", own)):
            path = self.folder / f"{name}.json"
            path.write_text(json.dumps(tokens.jwks(key.public_key())))
            issuers.append(TrustedIssuer(issuer=name, jwks=str(path), audience="kaozheng"))
        return {"auth_issuers": issuers, "signing_key_file": pem}

    def staff_token(self, scopes: str) -> str:
        return tokens.issue(
            self.staff, "kaozheng-staff", "kaozheng", "reviewer-1", scopes.split(), None, timedelta(hours=1)
        )


@dataclass
class World:
    service: Service
    http: httpx.AsyncClient
    keys: Keys
    clock: SettableClock

    @property
    def staff(self) -> dict[str, str]:
        return self.with_scopes(STAFF)

    def with_scopes(self, scopes: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.keys.staff_token(scopes)}"}

    async def school(self, name: str = "示范职业技术学院") -> dict[str, str]:
        made = await self.post("/v1/institutions", {"name": name, "region": "330100"}, self.staff)
        client = await self.post(f"/v1/institutions/{made['id']}/clients", {"label": "教务"}, self.staff)
        form = {"grant_type": "client_credentials"} | {name: client[name] for name in ("client_id", "client_secret")}
        answer = await self.http.post("/oauth/token", data=form)
        assert answer.status_code == 200, answer.text
        return {"authorization": f"Bearer {answer.json()['access_token']}", "x-institution": made["id"]}

    async def post(self, path: str, body: Any, caller: dict[str, str]) -> Any:
        answer = await self.http.post(path, json=body, headers=caller | {"idempotency-key": str(ids.new_id())})
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def get(self, path: str, caller: dict[str, str], **params: Any) -> Any:
        answer = await self.http.get(path, headers=caller, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def plan(self, **changes: Any) -> str:
        fields = {
            "plan_id": ids.new_id(),
            "title": "跨境电商B2B数据运营（初级）",
            "standard": "xb2b",
            "level": "junior",
            "unit": None,
            "requires_materials": False,
            "entry_opens_at": NOW - timedelta(days=1),
            "entry_closes_at": NOW + timedelta(days=1),
            "blueprint": {},
            "published_at": NOW,
        }
        payload = PlanPublishedV1(**(fields | changes))
        await self.receive(payload)
        return str(payload.plan_id)

    async def receive(self, *payloads: EventPayload) -> None:
        """Hand events of one type to their handler in one transaction, as the consumer does."""
        handler = subscriptions.SUBSCRIPTION.handlers[type(payloads[0])]
        events = [Received(ids.new_id(), each.key, 1, NOW, None, None, each) for each in payloads]
        async with self.service.work() as work:
            await handler(work, events)

    async def upload(
        self, school: dict[str, str], plan_id: str, content: bytes, *, key: str = "", form: str = "text/csv"
    ) -> httpx.Response:
        headers = school | {"idempotency-key": key or str(ids.new_id()), "content-type": form}
        return await self.http.post("/v1/batches", params={"plan_id": plan_id}, content=content, headers=headers)

    def intake(self, **options: Any) -> Intake:
        deps = self.service.deps
        return Intake(deps.work, deps.vault, deps.clock, **options)

    async def work_through(self) -> None:
        intake = self.intake()
        while batch := await intake.claim():
            await intake.process(batch, Never())

    async def finished_batch(self, school: dict[str, str], plan_id: str, content: bytes, **options: Any) -> Any:
        answer = await self.upload(school, plan_id, content, **options)
        assert answer.status_code == 202, answer.text
        await self.work_through()
        return await self.get(f"/v1/batches/{answer.json()['id']}", school)

    async def applicants(self, school: dict[str, str], plan_id: str, count: int) -> list[Any]:
        """Upload a batch of so many good rows and return the applications."""
        await self.finished_batch(school, plan_id, csv_of(range(1, count + 1)))
        found = await self.get("/v1/applications", school, plan_id=plan_id, limit=1000)
        assert len(found["items"]) == count
        assert [each["row"] for each in found["items"]] == list(range(2, count + 2))
        return list(found["items"])

    async def rows(self, sql: str, **parameters: Any) -> Any:
        async with self.service.work() as work:
            return await work.rows(sql, parameters)


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


def institution_of(school: dict[str, str]) -> UUID:
    """Return the institution behind a school's headers."""
    return UUID(school["x-institution"])
