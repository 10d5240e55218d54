"""Certificates: issued by events, verified by anyone, one revoked, one tampered with."""

import asyncio
import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from kaozheng.demo.party import chunks
from kaozheng.demo.people.certificate_officer import CertificateOfficer
from kaozheng.demo.people.employer import Employer
from kaozheng.demo.people.operations import Operations
from kaozheng.demo.people.school import School
from kaozheng.demo.stage import Demo, stage
from shared.ids import milliseconds_of

#: Beyond this many, an employer verifies in bulk; a sample still goes one by one.
ONE_BY_ONE = 1000


async def issue(demo: Demo) -> None:
    """Wait until every passed result has its certificate, then let the school fetch the list."""
    school: School = demo.facts["school"]
    async with stage(demo, "签发证书 certificates", demo.tally.passed) as bar:
        await CertificateOfficer(demo).issue(demo.plan, bar)
        certificates = await school.certificates(demo.plan)
    demo.tally.certificates = len({certificate["application_id"] for certificate in certificates})
    demo.facts["certificates"] = certificates


async def verify(demo: Demo) -> None:
    """Verify every certificate through the public API."""
    employer, certificates = Employer(demo), demo.facts["certificates"]
    async with stage(demo, "公开验证 verification", len(certificates)) as bar:
        for certificate in certificates[:ONE_BY_ONE]:
            demo.tally.verified += (await employer.verify(certificate))["state"] == "VALID"
            bar.advance()
        for some in chunks(certificates[ONE_BY_ONE:], 1000):
            answers = await employer.verify_many(some)
            demo.tally.verified += sum(answer["state"] == "VALID" for answer in answers)
            bar.advance(len(some))


async def show_one(demo: Demo) -> None:
    """Fetch one certificate's PDF, tamper with a second one's credential, revoke a third, and verify again."""
    employer = Employer(demo)
    first, second, third = (demo.facts["certificates"][index] for index in (0, 1, -1))
    async with stage(demo, "样证、篡改、撤销 PDF, tampering, revoking", 3) as bar:
        demo.facts["pdf"] = demo.folder / "certificate.pdf"
        await asyncio.to_thread(demo.facts["pdf"].write_bytes, await employer.pdf(first))
        bar.advance()
        demo.tally.tampered_refused = await tampered(employer, second)
        bar.advance()
        await CertificateOfficer(demo).revoke(third)
        demo.tally.revoked = int((await employer.verify(third))["state"] == "REVOKED")
    demo.facts["shown"] = first


async def tampered(employer: Employer, certificate: dict[str, Any]) -> int:
    """Return 1 if the true credential is accepted and one for another level is not."""
    credential = await employer.credential(certificate)
    forged = copy.deepcopy(credential)
    forged["credentialSubject"]["achievement"]["name"] = "跨境电商B2B数据运营（高级）"
    true, false = [await employer.verify_credential(one) for one in (credential, forged)]
    return int(true["state"] == "VALID" and false["state"] == "INVALID")


async def follow(demo: Demo) -> None:
    """Read one candidate's whole journey: the school's view, and the trace tree at operations."""
    # In a rush, services name the journeys whose application ids end lowest in their spans, everywhere the same ones.
    application_id = min((one["application_id"] for one in demo.facts["certificates"]), key=lambda text: text[-12:])
    school: School = demo.facts["school"]
    async with stage(demo, "一位考生的全程 one journey", 2):
        application = await school.certified(application_id)
        demo.facts["application"] = application
        demo.facts["journey"] = await Operations(demo).follow(application["journey_id"])
    # An id is made by the machine's clock, a release by the one that may be ahead of it.
    released = (datetime.fromisoformat(demo.facts["released_at"]) - demo.stack.clock.ahead()).timestamp()
    for certificate in demo.facts["certificates"]:  # its id says to the millisecond when it was made
        made = milliseconds_of(UUID(certificate["id"])) / 1000
        demo.latencies.add("成绩到证书 result to certificate", made - released)
