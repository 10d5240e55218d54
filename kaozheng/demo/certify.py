"""Certificates: issued by events, verified by anyone, one revoked, one tampered with."""

import copy
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from kaozheng.demo.party import Party, chunks, good
from kaozheng.demo.stage import Bar, Demo, stage, until
from shared.ids import milliseconds_of

#: Beyond this many, an employer verifies in bulk; a sample still goes one by one.
ONE_BY_ONE = 1000


async def issue(demo: Demo) -> None:
    """Wait until every passed result has its certificate, then let the school fetch the list."""
    school = demo.bearer("certificate", demo.facts["school_token"])
    async with stage(demo, "签发证书 certificates", demo.tally.passed) as bar:
        await until("all certificates", lambda: issued(demo, bar))
        certificates = await school.everything("list", "/v1/certificates", plan_id=demo.facts["plan_id"])
    demo.tally.certificates = len({certificate["application_id"] for certificate in certificates})
    demo.facts["certificates"] = certificates


async def issued(demo: Demo, bar: Bar) -> bool | None:
    """Tell whether all certificates of the plan exist."""
    officer = demo.facts.setdefault("certificate_officer", demo.party("certificate", "certificate-officer"))
    plan = await officer.call("poll", "GET", "/v1/certificates/summary", params={"plan_id": demo.facts["plan_id"]})
    bar.reach(plan["issued"])
    return plan["issued"] >= demo.tally.passed or None


def token_of(certificate: dict[str, Any]) -> str:
    """Return the token that the QR code carries."""
    return str(httpx.URL(certificate["verify_url"]).params["t"])


async def verify(demo: Demo) -> None:
    """Verify every certificate through the public API."""
    public = demo.party("certificate")
    certificates = demo.facts["certificates"]
    async with stage(demo, "公开验证 verification", len(certificates)) as bar:
        for certificate in certificates[:ONE_BY_ONE]:
            path = f"/v1/verifications/{certificate['number']}"
            answer = await public.call("verify one", "GET", path, params={"token": token_of(certificate)})
            demo.tally.verified += answer["state"] == "VALID"
            bar.advance()
        for some in chunks(certificates[ONE_BY_ONE:], 1000):
            items = [{"number": certificate["number"], "token": token_of(certificate)} for certificate in some]
            answers = await public.bulk("verify 1000", "/v1/verifications/bulk", {"items": items})
            demo.tally.verified += sum(answer["state"] == "VALID" for answer in answers)
            bar.advance(len(items))


async def show_one(demo: Demo) -> None:
    """Fetch one certificate's PDF, tamper with a second one's credential, revoke a third, and verify again."""
    public = demo.party("certificate")
    first, second, third = (demo.facts["certificates"][index] for index in (0, 1, -1))
    async with stage(demo, "样证、篡改、撤销 PDF, tampering, revoking", 3) as bar:
        demo.facts["pdf"] = await save_pdf(demo, public, first)
        bar.advance()
        demo.tally.tampered_refused = await tampered(public, second)
        bar.advance()
        demo.tally.revoked = await revoke(demo, public, third)
    demo.facts["shown"] = first


async def save_pdf(demo: Demo, public: Party, certificate: dict[str, Any]) -> Path:
    """Save the PDF and return its path."""
    path = f"/v1/certificates/{certificate['number']}/pdf"
    answer = good(await public.send("pdf", "GET", path, params={"token": token_of(certificate)}))
    file = demo.folder / "certificate.pdf"
    file.write_bytes(answer.content)
    return file


async def tampered(public: Party, certificate: dict[str, Any]) -> int:
    """Return 1 if the true credential is accepted and one with a changed score or name is not."""
    path = f"/v1/certificates/{certificate['number']}/credential"
    credential = await public.call("credential", "GET", path, params={"token": token_of(certificate)})
    forged = copy.deepcopy(credential)
    forged["credentialSubject"]["achievement"]["name"] = "跨境电商B2B数据运营（高级）"
    true = await public.call("verify credential", "POST", "/v1/verifications/credential", json=credential)
    false = await public.call("verify credential", "POST", "/v1/verifications/credential", json=forged)
    return int(true["state"] == "VALID" and false["state"] == "INVALID")


async def revoke(demo: Demo, public: Party, certificate: dict[str, Any]) -> int:
    """Revoke and return 1 if the public now sees it revoked."""
    officer = demo.party("certificate", "certificate-officer")
    body = {"reason_code": "issued_in_error", "comment": "演示撤销 demonstration"}
    await officer.call("revoke", "POST", f"/v1/certificates/{certificate['id']}/revoke", json=body)
    path = f"/v1/verifications/{certificate['number']}"
    answer = await public.call("verify one", "GET", path, params={"token": token_of(certificate)})
    return int(answer["state"] == "REVOKED")


async def follow(demo: Demo) -> None:
    """Read one candidate's whole journey: the school's view, and the trace tree at operations."""
    # In a rush, services name the journeys whose application ids end lowest in their spans, everywhere the same ones.
    application_id = min((one["application_id"] for one in demo.facts["certificates"]), key=lambda text: text[-12:])
    school = demo.bearer("registration", demo.facts["school_token"])
    staff = demo.party("operations", "operations")
    async with stage(demo, "一位考生的全程 one journey", 2):
        application = await until("the certificate at registration", lambda: with_certificate(school, application_id))
        demo.facts["application"] = application
        path = f"/v1/journeys/{application['journey_id']}"
        demo.facts["journey"] = await until("the trace tree", lambda: across_all_services(staff, path))
    released = datetime.fromisoformat(demo.facts["released_at"]).timestamp()
    for certificate in demo.facts["certificates"]:  # its id says to the millisecond when it was made
        made = milliseconds_of(UUID(certificate["id"])) / 1000
        demo.latencies.add("成绩到证书 result to certificate", made - released)


async def with_certificate(school: Party, application_id: str) -> Any:
    """Return the application once registration has heard of its certificate."""
    application = await school.call("journey", "GET", f"/v1/applications/{application_id}")
    return application if application.get("certificate") else None


async def across_all_services(staff: Party, path: str) -> Any:
    """Return the journey when spans of all four services have arrived."""
    response = await staff.send("journey", "GET", path)
    if not response.is_success:
        return None
    journey = response.json()
    seen = set(journey["services"])
    return journey if {"registration", "exam", "grading", "certificate"} <= seen else None
