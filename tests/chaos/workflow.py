"""What must hold for the people: everybody seated sat or was absent, one outcome each, one certificate per pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.e2e.job import Job
from tests.worlds.waiting import PATIENCE

_ADMITTED = "SELECT id::text AS id FROM application WHERE status = 'admitted'"
_JOURNEYS = """
    SELECT application_id::text AS id, practical_seat IS NOT NULL AND interview_seat IS NOT NULL AS seated,
           result ->> 'outcome' AS outcome, certificate_number AS number
      FROM journey
"""
_CANDIDATES = """
    SELECT application_id::text AS id, practical_status AS status,
           practical_station IS NOT NULL AND interview_station IS NOT NULL AS seated
      FROM candidate
"""
_WORKS = "SELECT work_code AS id FROM work"
_RESULTS = "SELECT application_id::text AS id, outcome FROM result"
_CERTIFICATES = "SELECT application_id::text AS id, number, status FROM certificate"
#: So many certificates are verified at once.
_AT_ONCE = 500


@dataclass(kw_only=True)
class Facts:
    """What the databases say, each row a mapping with the application's id (works: their code)."""

    admitted: list[Any]
    journeys: list[Any]
    candidates: list[Any]
    works: list[Any]
    works_graded: list[Any]
    results: list[Any]
    certificates: list[Any]
    #: What the public was told of a number.
    states: dict[str, str] = field(default_factory=dict)


async def facts(job: Job, certificates: list[dict[str, Any]]) -> Facts:
    """Read everything; `certificates` are those that the school was given by the public API."""
    return Facts(
        admitted=await job.rows("registration", _ADMITTED),
        journeys=await job.rows("registration", _JOURNEYS),
        candidates=await job.rows("exam", _CANDIDATES),
        works=await job.rows("exam", _WORKS),
        works_graded=await job.rows("grading", _WORKS),
        results=await job.rows("grading", _RESULTS),
        certificates=await job.rows("certificate", _CERTIFICATES),
        states=await _verified(job.stack.url("certificate"), certificates),
    )


async def _verified(url: str, certificates: list[dict[str, Any]]) -> dict[str, str]:
    """Ask the public API about every certificate, as an employer would."""
    asked = [{"number": each["number"], "token": httpx.URL(each["verify_url"]).params["t"]} for each in certificates]
    states: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as public:
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            answer = (await public.post("/v1/verifications/bulk", json={"items": some})).raise_for_status().json()
            states |= {item["number"]: told["state"] for item, told in zip(some, answer["items"], strict=True)}
    return states


def findings(told: Facts) -> list[str]:
    """Return every sum of the workflow that does not hold, person by person."""
    admitted = _ids(told.admitted)
    sat = {row["id"] for row in told.candidates if row["status"] == "handed_in"}
    absent = {row["id"] for row in told.candidates if row["status"] == "absent"}
    sides = [
        ("admitted are candidates of the exam", admitted, _ids(told.candidates)),
        ("admitted are seated", admitted, {row["id"] for row in told.candidates if row["seated"]}),
        ("admitted sat or were absent", admitted, sat | absent),
        ("registration knows every seat", admitted, {row["id"] for row in told.journeys if row["seated"]}),
        ("works are graded", _ids(told.works), _ids(told.works_graded)),
        ("admitted have outcomes", admitted, _ids(told.results)),
        ("absent have absent outcomes", absent, _with(told.results, "absent")),
        ("passes have certificates", _with(told.results, "pass"), _ids(told.certificates)),
        ("registration knows every outcome", _pairs(told.results, "outcome"), _pairs(told.journeys, "outcome")),
        ("registration knows every certificate", _pairs(told.certificates, "number"), _pairs(told.journeys, "number")),
        ("certificates are given to the school", {row["number"] for row in told.certificates}, set(told.states)),
        (
            "certificates verify",
            {(row["number"], row["status"].upper()) for row in told.certificates},
            set(told.states.items()),
        ),
    ]
    found = [
        f"{what}: {len(left - right)} are not, {len(right - left)} too many"
        for what, left, right in sides
        if left != right
    ]
    if len(sat) != len(told.works):
        found.append(f"{len(sat)} sat, {len(told.works)} works were handed in")
    return [*found, *_once("outcome", told.results), *_once("certificate", told.certificates)]


def _ids(rows: Iterable[Any]) -> set[str]:
    return {row["id"] for row in rows}


def _with(results: Iterable[Any], outcome: str) -> set[str]:
    return {row["id"] for row in results if row["outcome"] == outcome}


def _pairs(rows: Iterable[Any], column: str) -> set[tuple[str, str]]:
    return {(row["id"], row[column]) for row in rows if row[column] is not None}


def _once(what: str, rows: Iterable[Any]) -> list[str]:
    several = sum(count > 1 for count in Counter(row["id"] for row in rows).values())
    return [f"{several} candidates have more than one {what}"] if several else []
