"""Check-ins, works and interview attendance from the devices at the sites: in bulk, in the devices' own order."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple
from uuid import UUID

from services.exam.application import publications
from services.exam.application.codes import random_codes
from services.exam.application.commands import DeviceRecord, RecordDeeds
from services.exam.application.errors import IllegalPlanStep, SessionUnknown, WrongComponent
from services.exam.application.ports import ExamWork, Seal
from services.exam.application.records import AcceptedRecord, NewWork, OpenSession, Seated
from services.exam.domain.lifecycle import SEATED, PlanState, PlanStep, advance
from services.exam.domain.model import Component
from services.exam.domain.sitting import Deed, Refusal, Sitting, record
from shared.events.exam import CandidateCheckedInV1, InterviewAttendedV1

_ANSWER = "device-answer"
_WORK = "work-owner"
_ONLY = {Deed.HAND_IN: Component.PRACTICAL, Deed.ATTEND: Component.INTERVIEW}


class Outcome(NamedTuple):
    """What came of one record: the answer (time of check-in, work code or interview code), or why it was refused."""

    place: int
    answer: str | Refusal


@dataclass(slots=True)
class _Upload:
    """One request while it is worked through."""

    command: RecordDeeds
    session: OpenSession
    candidates: dict[str, Seated]
    known: dict[int, AcceptedRecord]
    seal: Seal
    codes: Iterator[str]
    accepted: list[AcceptedRecord] = field(default_factory=list)
    changed: dict[str, Seated] = field(default_factory=dict)
    works: list[NewWork] = field(default_factory=list)


async def record_deeds(work: ExamWork, command: RecordDeeds, seal: Seal) -> list[Outcome]:
    """Take each record at most once, with a fixed number of statements; a repeated record gets the same answer."""
    await work.devices.lock(command.device_id)
    session = await _session(work, command)
    tickets = sorted({each.ticket_no for each in command.records})
    upload = _Upload(
        command,
        session,
        await work.candidates.lock_tickets(session.plan_id, session.component, tickets),
        await work.devices.known(command.device_id, [each.sequence for each in command.records]),
        seal,
        iter(random_codes(len(command.records))),
    )
    outcomes = [
        Outcome(each.place, _take(work, upload, each)) for each in sorted(command.records, key=lambda one: one.sequence)
    ]
    await _store(work, upload)
    return outcomes


async def _session(work: ExamWork, command: RecordDeeds) -> OpenSession:
    session = await work.plans.share_session(command.session_id)
    if session is None:
        raise SessionUnknown
    if _ONLY.get(command.deed, session.component) is not session.component:
        raise WrongComponent(component=session.component.value)
    if session.plan_state not in SEATED and session.closed_at is None:
        raise IllegalPlanStep(state=session.plan_state.value, step=command.deed.value)
    return session


async def _store(work: ExamWork, upload: _Upload) -> None:
    if not upload.accepted:
        return
    await work.devices.keep(upload.command.device_id, upload.session.id, upload.accepted)
    if upload.changed:
        await work.candidates.save(upload.session.component, list(upload.changed.values()))
    if upload.works:
        await work.works.add(upload.session.plan_id, upload.works)
    if upload.session.plan_state is PlanState.SEALED:
        running = advance(PlanState.SEALED, PlanStep.START)
        await work.plans.start(upload.session.plan_id, was=PlanState.SEALED, now=running)


def _take(work: ExamWork, upload: _Upload, noted: DeviceRecord) -> str | Refusal:
    """Decide one record and publish what it changed."""
    digest = digest_of(upload.command, noted)
    before = upload.known.get(noted.sequence)
    if before:
        same = before.digest == digest
        return upload.seal.open(before.answer, _ANSWER).decode() if same else Refusal.SEQUENCE_REUSED
    candidate = upload.candidates.get(noted.ticket_no)
    if candidate is None:
        return Refusal.UNKNOWN_TICKET
    if candidate.session_id != upload.session.id:
        return Refusal.WRONG_SESSION
    if upload.session.closed_at:
        return Refusal.SESSION_CLOSED
    after = record(candidate.sitting, upload.command.deed, noted.occurred_at, upload.session.window)
    if isinstance(after, Refusal):
        return after
    answer = _effect(work, upload, candidate, noted, after)
    accepted = AcceptedRecord(noted.sequence, digest, upload.seal.seal(answer.encode(), _ANSWER))
    upload.known[noted.sequence] = accepted
    upload.accepted.append(accepted)
    return answer


def _effect(work: ExamWork, upload: _Upload, candidate: Seated, noted: DeviceRecord, after: Sitting) -> str:
    """Return the answer; what was done before is answered again and not published again."""
    deed = upload.command.deed
    answer = _known_answer(upload, candidate, after)
    if after == candidate.sitting:
        return answer
    if deed is Deed.HAND_IN:
        changed = candidate._replace(sitting=after)
        _submit(work, upload, candidate, noted, answer)
    else:
        code = answer if deed is Deed.ATTEND else candidate.interview_code
        changed = candidate._replace(sitting=after, version=candidate.version + 1, interview_code=code)
        work.publish(_came(upload.session, changed), version=changed.version, journey_id=candidate.journey_id)
    upload.candidates[noted.ticket_no] = upload.changed[noted.ticket_no] = changed
    return answer


def _known_answer(upload: _Upload, candidate: Seated, after: Sitting) -> str:
    if upload.command.deed is Deed.CHECK_IN:
        return after.at.isoformat() if after.at else ""
    code = candidate.interview_code if upload.command.deed is Deed.ATTEND else None
    return code or next(upload.codes)


def _came(session: OpenSession, candidate: Seated) -> CandidateCheckedInV1 | InterviewAttendedV1:
    assert candidate.sitting.at is not None
    if candidate.interview_code and session.component is Component.INTERVIEW:
        return InterviewAttendedV1(
            application_id=candidate.application_id,
            plan_id=session.plan_id,
            interview_code=candidate.interview_code,
            institution_id=candidate.institution_id,
            attended_at=candidate.sitting.at,
        )
    return CandidateCheckedInV1(
        application_id=candidate.application_id,
        plan_id=session.plan_id,
        component=session.component.value,
        checked_in_at=candidate.sitting.at,
    )


def _submit(work: ExamWork, upload: _Upload, candidate: Seated, noted: DeviceRecord, work_code: str) -> None:
    """Store the work with its owner sealed and publish it under its code alone."""
    owner = upload.seal.seal(candidate.application_id.bytes, f"{_WORK}:{work_code}")
    upload.works.append(NewWork(work_code=work_code, sealed_application=owner, files=noted.files, at=noted.occurred_at))
    event = publications.work_submitted(
        work_code, upload.session.plan_id, candidate.institution_id, noted.files, noted.occurred_at
    )
    work.publish(event, version=1, journey_id=candidate.journey_id)


def owner_of(seal: Seal, work_code: str, sealed: bytes) -> UUID:
    """Return whose work it is; only the end of marking may ask."""
    return UUID(bytes=seal.open(sealed, f"{_WORK}:{work_code}"))


def digest_of(command: RecordDeeds, noted: DeviceRecord) -> bytes:
    """Return the hash of what a record says, as a JSON array: deed, session, ticket, time and files."""
    files = json.dumps(noted.files) if noted.files else "[]"
    said = f"{quoted(noted.ticket_no)}, {noted.occurred_at.timestamp()!r}, {files}"
    return hashlib.sha256(f'["{command.deed}", "{command.session_id}", {said}]'.encode()).digest()
