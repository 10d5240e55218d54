"""Certificate with plans, candidates and their results, and those who verify what is issued."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from services.certificate.domain.numbering import NumberParts, parse_number
from shared import ids
from shared.events.exam import PlanPublishedV1
from shared.events.grading import Outcome, ResultPublishedV1
from shared.events.registration import ApplicationAdmittedV1
from shared.standards import Blueprint
from tests.worlds import payloads, services
from tests.worlds.callers import NOBODY, Issuer
from tests.worlds.payloads import Candidate


@dataclass
class World(services.World):
    NAME = "certificate"
    STAFF = ("certificates:manage", "certificates:revoke")

    #: What plans examine.
    blueprint: Blueprint = payloads.BLUEPRINT

    @classmethod
    def settings(cls, issuer: Issuer) -> dict[str, Any]:
        """Return them with the address that is printed on certificates."""
        return super().settings(issuer) | {"public_url": cls.URL}

    def plan(self, plan_id: UUID, **fields: Any) -> PlanPublishedV1:
        """Return a plan's publication."""
        return payloads.plan_published(plan_id, self.blueprint, **fields)

    def admitted(self, plan_id: UUID, candidate: Candidate, name: str = "欧阳若兰") -> ApplicationAdmittedV1:
        """Return an admission with the person sealed."""
        person = payloads.sealed_person(self.service.settings.sealer(), name)
        return payloads.application_admitted(plan_id, candidate, person)

    def result(self, plan_id: UUID, candidate: Candidate, outcome: Outcome = "pass") -> ResultPublishedV1:
        """Return a released result."""
        return payloads.result_published(plan_id, candidate, outcome, requirements=self.blueprint.requirements)

    async def issue(self, *names: str, institution: UUID | None = None) -> list[Any]:
        """Issue a certificate to each name through the three events; return them as officers see them."""
        plan_id = ids.new_id()
        people = [Candidate(number, institution) for number, _ in enumerate(names)]
        await self.tell(
            self.plan(plan_id),
            *[self.admitted(plan_id, each, name) for each, name in zip(people, names, strict=True)],
            *[self.result(plan_id, each) for each in people],
        )
        return list((await self.get("/v1/certificates", plan_id=plan_id, limit=1000))["items"])

    async def revoke(self, certificate: Any, reason: str = "false_evidence") -> Any:
        """Let an officer revoke a certificate."""
        body = {"reason_code": reason, "comment": "复核结论"}
        return await self.post(f"/v1/certificates/{certificate['id']}/revoke", body)

    async def verify(self, certificate: Any) -> httpx.Response:
        """Ask by number and token, as anybody may."""
        return await self.ask(f"/v1/verifications/{certificate['number']}", NOBODY, token=token_of(certificate))

    async def document(self, certificate: Any, kind: str) -> httpx.Response:
        """Ask for the `credential` or the `pdf`, as anybody with the token may."""
        return await self.ask(f"/v1/certificates/{certificate['number']}/{kind}", NOBODY, token=token_of(certificate))

    async def credential(self, certificate: Any) -> Any:
        """Return the signed credential."""
        answer = await self.document(certificate, "credential")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def count(self) -> int:
        """Return how many certificates there are."""
        return int((await self.rows("SELECT count(*) AS n FROM certificate"))[0].n)


def parts_of(number: str) -> NumberParts:
    """Return what a number says, which must be well-formed."""
    parts = parse_number(number)
    assert parts is not None
    return parts


def token_of(certificate: Any) -> str:
    """Return the token in a verification address."""
    return str(certificate["verify_url"].rsplit("=", 1)[1])
