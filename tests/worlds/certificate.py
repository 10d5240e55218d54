"""A certificate service under test: events go to its handlers as the consumer would give them, HTTP goes to its app."""

import base64
import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from services.certificate.domain.numbering import parse_number
from shared import ids
from shared.clock import SettableClock
from shared.events.exam import PlanPublishedV1
from shared.events.grading import ComponentResult, ResultPublishedV1
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1, ApplicationVoidedV1
from shared.service import Service
from shared.standards import Blueprint, default_blueprint, load_standard
from shared.web import tokens

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
AUDIENCE = "kaozheng"
ISSUER = "https://id.test"
_SEQUENCE = itertools.count(1)


@dataclass
class World:
    """The service, its clock and client, and how to reach both sides of it."""

    service: Service
    client: httpx.AsyncClient
    clock: SettableClock
    staff_key: Ed25519PrivateKey
    blueprint: Blueprint = field(default_factory=lambda: default_blueprint(load_standard("xb2b"), "junior"))

    async def handle(self, *events):
        """Give events of one type to their handler, in one transaction."""
        async with self.service.work() as work:
            await self.handler(type(events[0].data))(work, events)

    def handler(self, event):
        """Return the handler of an event class."""
        assert self.service.subscription is not None
        return self.service.subscription.handlers[event]

    async def rows(self, sql, **parameters):
        """Read the database."""
        async with self.service.engine.connect() as connection:
            return (await connection.execute(text(sql), parameters)).all()

    async def published(self):
        """Return type, key, version and payload of everything published, in order."""
        found = await self.rows("SELECT type, key, version, payload FROM outbox ORDER BY seq")
        return [(row.type, row.key, row.version, json.loads(row.payload)) for row in found]

    def staff(self, *scopes, institution=None):
        """Return the headers of somebody with these scopes."""
        token = tokens.issue(
            self.staff_key, ISSUER, AUDIENCE, "officer", scopes, institution, timedelta(hours=1), self.clock
        )
        return {"authorization": f"Bearer {token}"}

    def plan(self, plan_id, level="junior"):
        """Return a plan's publication."""
        return received(
            PlanPublishedV1(
                plan_id=plan_id,
                title="2026 年第四季度",
                standard=self.blueprint.standard,
                level=level,
                unit=self.blueprint.unit,
                requires_materials=False,
                entry_opens_at=NOW,
                entry_closes_at=NOW,
                blueprint=self.blueprint.model_dump(mode="json"),
                published_at=NOW,
            ),
            None,
        )

    def admitted(self, application_id, plan_id, name="欧阳若兰", institution=None):
        """Return an admission with the person sealed."""
        person = {"name": name, "document_type": "id_card", "document_number": "11010519491231002X", "phone": "1"}
        sealed = self.service.settings.sealer().seal(json.dumps(person).encode(), "person")
        return received(
            ApplicationAdmittedV1(
                application_id=application_id,
                plan_id=plan_id,
                institution_id=institution,
                standard="xb2b",
                level="junior",
                unit=None,
                person=base64.b64encode(sealed).decode(),
                admitted_at=NOW,
            ),
            journey_of(application_id),
        )

    def result(self, application_id, plan_id, outcome="pass", version=1):
        """Return a released result."""
        passed = outcome == "pass"
        return received(
            ResultPublishedV1(
                application_id=application_id,
                plan_id=plan_id,
                result_version=version,
                outcome=outcome,
                total=None if outcome == "absent" else "86.50" if passed else "51.20",
                components=(
                    ComponentResult(component="practical", score="88.00", passed=passed),
                    ComponentResult(component="interview", score="83.00", passed=passed),
                ),
                requirements=self.blueprint.requirements,
                published_at=NOW,
            ),
            journey_of(application_id),
        )

    def voided(self, application_id, plan_id):
        """Return a voiding."""
        data = ApplicationVoidedV1(
            application_id=application_id, plan_id=plan_id, reason_code="false_materials", voided_at=NOW
        )
        return received(data, journey_of(application_id))

    async def issue(self, *names, institution=None):
        """Issue a certificate to each name through the three events; return them as officers see them."""
        plan_id = ids.new_id()
        applications = [ids.new_id() for _ in names]
        await self.handle(self.plan(plan_id))
        pairs = zip(applications, names, strict=True)
        await self.handle(*[self.admitted(each, plan_id, name, institution) for each, name in pairs])
        await self.handle(*[self.result(each, plan_id) for each in applications])
        headers = self.staff("certificates:manage")
        answer = await self.client.get(f"/v1/certificates?plan_id={plan_id}&limit=1000", headers=headers)
        return answer.json()["items"]


def received(data, journey_id):
    """Return a payload as a handler sees it."""
    trace = f"00-{next(_SEQUENCE):032x}-00000000000000aa-01"
    return Received(ids.new_id(), data.key, 1, NOW, journey_id, trace, data)


def journey_of(application_id):
    """Return the same journey for the same application."""
    return UUID(int=application_id.int ^ 0xFFFF)


def parts_of(number):
    """Return what a number says, which must be well-formed."""
    parts = parse_number(number)
    assert parts is not None
    return parts


def token_of(certificate):
    """Return the token in a verification address."""
    return certificate["verify_url"].rsplit("=", 1)[1]
