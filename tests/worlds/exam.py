"""A running exam service with its callers: officers, devices at the sites, schools, and the events of others."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared import ids
from shared.clock import SettableClock
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1
from shared.service import Service
from shared.settings import TrustedIssuer
from shared.standards import SkillStandard, load_standard
from shared.standards.catalogue import Catalogue
from shared.web import tokens

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 1, tzinfo=UTC)
AFTERNOON = datetime(2026, 11, 21, 6, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
STAFF = "plans:write plans:read site:operate"
SCHOOL = UUID(int=77)


@dataclass
class Keys:
    staff: Ed25519PrivateKey
    issuer: TrustedIssuer

    @classmethod
    def make(cls, folder: Path) -> "Keys":
        key, path = Ed25519PrivateKey.generate(), folder / "jwks.json"
        path.write_text(json.dumps(tokens.jwks(key.public_key())))
        return cls(key, TrustedIssuer(issuer="kaozheng-staff", jwks=str(path), audience="kaozheng"))

    def header(self, scopes: str, institution_id: UUID | None = None) -> dict[str, str]:
        token = tokens.issue(
            self.staff, "kaozheng-staff", "kaozheng", "officer-1", scopes.split(), institution_id, timedelta(hours=1)
        )
        return {"authorization": f"Bearer {token}"}


@dataclass
class World:
    service: Service
    http: httpx.AsyncClient
    keys: Keys
    clock: SettableClock
    staff: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.staff = self.keys.header(STAFF)

    async def send(self, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> httpx.Response:
        given = {"idempotency-key": str(ids.new_id())} | self.staff | (headers or {})
        return await self.http.post(path, json=body, headers=given)

    async def post(self, path: str, body: Any = None) -> Any:
        answer = await self.send(path, body)
        assert answer.is_success, answer.text
        return answer.json()

    async def get(self, path: str, headers: dict[str, str] | None = None, **params: Any) -> Any:
        answer = await self.http.get(path, params=params or None, headers=headers or self.staff)
        assert answer.is_success, answer.text
        return answer.json()

    async def site(self, stations: Sequence[int] = (10,)) -> str:
        rooms = [{"name": f"{number:03d}考场", "stations": count} for number, count in enumerate(stations, start=1)]
        made = await self.post("/v1/sites", {"name": "示范站点", "address": "考试路1号", "rooms": rooms})
        return str(made["id"])

    async def plan(self, sites: Sequence[str], **overrides: Any) -> dict[str, Any]:
        made = await self.post("/v1/plans", plan_body(sites) | overrides)
        return dict(made)

    @property
    def folder(self) -> Path:
        """Return the operator's folder of standards and blueprints."""
        folder = self.service.settings.standards_dir
        assert folder is not None
        return folder

    def put_blueprint(self, text: str, name: str = "own.yaml") -> None:
        """Put an authored blueprint into the operator's folder."""
        (self.folder / "blueprints").mkdir(parents=True, exist_ok=True)
        (self.folder / "blueprints" / name).write_text(text, "utf-8")

    def put_edition(self, edition: str, **changes: Any) -> None:
        """Put another edition of the built-in 1+X standard into the operator's folder."""
        data = load_standard("xb2b").model_dump(mode="json") | {"edition": edition} | changes
        Catalogue(self.folder).save(SkillStandard.model_validate(data), replace=True)

    async def published(self, *, stations: Sequence[int] = (10,)) -> str:
        plan = await self.plan([await self.site(stations)])
        await self.post(f"/v1/plans/{plan['id']}/publish")
        return str(plan["id"])

    async def sealed(self, people: int, *, stations: Sequence[int] = (10,)) -> str:
        """Return a plan with so many candidates seated."""
        plan_id = await self.published(stations=stations)
        await self.tell(*(self.admitted(plan_id, SCHOOL if number % 2 else None) for number in range(people)))
        await self.post(f"/v1/plans/{plan_id}/close-entry")
        await self.post(f"/v1/plans/{plan_id}/arrange", {"seed": "s"})
        return plan_id

    def admitted(self, plan_id: str, school: UUID | None = SCHOOL) -> ApplicationAdmittedV1:
        person = {"name": "张三", "document_type": "id", "document_number": "11010119900307663X", "phone": "1"}
        sealed = self.service.settings.sealer().seal(json.dumps(person).encode(), "person")
        return ApplicationAdmittedV1(
            application_id=ids.new_id(),
            plan_id=UUID(plan_id),
            institution_id=school,
            standard="xb2b",
            level="junior",
            unit=None,
            person=base64.b64encode(sealed).decode(),
            admitted_at=NOW,
        )

    async def tell(self, *payloads: EventPayload) -> None:
        """Let the service handle events of one type, as its consumer would."""
        events = [Received(ids.new_id(), payload.key, 1, NOW, ids.new_id(), None, payload) for payload in payloads]
        assert self.service.subscription is not None
        async with self.service.work() as work:
            await self.service.subscription.handlers[type(payloads[0])](work, events)

    async def events(self, type_: str) -> list[dict[str, Any]]:
        rows = await self.rows("SELECT payload FROM outbox WHERE type = :type ORDER BY seq", type=f"exam.{type_}.v1")
        return [json.loads(row.payload) for row in rows]

    async def rows(self, sql: str, **parameters: Any) -> Sequence[Any]:
        async with self.service.work() as work:
            return await work.rows(sql, parameters)

    async def sessions(self, plan_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the first practical and the first interview session."""
        items = (await self.get("/v1/sessions", plan_id=plan_id))["items"]
        return tuple(next(one for one in items if one["component"] == kind) for kind in ("practical", "interview"))

    async def roster(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        return list((await self.get(f"/v1/sessions/{session['id']}/roster", limit=1000))["items"])

    async def upload(
        self, session: dict[str, Any], kind: str, items: Sequence[dict[str, Any]], *, device: str = "gate-1"
    ) -> dict[str, Any]:
        body = {"device_id": device, "items": list(items)}
        return dict(await self.post(f"/v1/sessions/{session['id']}/{kind}", body))


def plan_body(sites: Sequence[str]) -> dict[str, Any]:
    return {
        "title": "跨境电商B2B数据运营（初级）考核",
        "standard": "xb2b",
        "level": "junior",
        "entry_opens_at": (NOW - timedelta(days=9)).isoformat(),
        "entry_closes_at": (NOW + timedelta(days=1)).isoformat(),
        "sessions": [
            {
                "component": component,
                "site_id": site,
                "starts_at": start.isoformat(),
                "ends_at": (start + TWO_HOURS).isoformat(),
            }
            for component, start in (("practical", MORNING), ("interview", AFTERNOON))
            for site in sites
        ],
    }


def item(sequence: int, ticket_no: str, at: datetime, **more: Any) -> dict[str, Any]:
    return {"sequence": sequence, "ticket_no": ticket_no, "occurred_at": at.isoformat()} | more


def work_item(sequence: int, ticket_no: str, at: datetime) -> dict[str, Any]:
    artefacts = [{"task_code": "xb2b:junior:1.1", "sha256": "0" * 64, "size": 10}]
    return item(sequence, ticket_no, at, artefacts=artefacts)
