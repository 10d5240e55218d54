"""The use cases of single applications: hand in, correct, withdraw, void."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.registration.application import publications
from services.registration.application.commands import CorrectApplication, EndApplication, SubmitApplication
from services.registration.application.errors import (
    AlreadyApplied,
    EntryClosed,
    PlanArranged,
    StepNotAllowed,
    UnknownPlan,
    VersionMismatch,
)
from services.registration.application.ports import Vault, Work
from services.registration.application.records import (
    Change,
    Correction,
    NewApplication,
    Origin,
    Plan,
    StoredApplication,
)
from services.registration.domain.columns import HEADERS
from services.registration.domain.errors import AlreadySeated, IllegalTransition
from services.registration.domain.faults import FieldError as FieldFault
from services.registration.domain.model import Application
from services.registration.domain.row import Accepted, Entry, check_row
from shared import ids
from shared.clock import china_day
from shared.errors import FieldError, Invalid, NotFound

_FIELDS = {header: field for field, header in HEADERS.items()}


async def open_plan(work: Work, plan_id: UUID, now: datetime) -> Plan:
    """Return a plan that takes applications; raise `UnknownPlan` or `EntryClosed`."""
    plan = await work.plans.get(plan_id)
    if plan is None:
        raise UnknownPlan
    if not plan.takes_entries(now):
        raise EntryClosed
    return plan


async def submit_application(work: Work, vault: Vault, command: SubmitApplication, now: datetime) -> UUID:
    """Store one application and return its id; raise `Invalid` with every fault, or `AlreadyApplied`."""
    plan = await open_plan(work, command.plan_id, now)
    accepted = _checked(command.cells, plan, now)
    new = NewApplication(
        id=ids.new_id(),
        journey_id=ids.new_id(),
        row=None,
        person_index=vault.index(accepted.person),
        sealed=vault.seal(accepted.person, accepted.profile),
        materials=accepted.materials,
    )
    origin = Origin(plan_id=plan.id, institution_id=command.institution_id, batch_id=None, at=now)
    if not await work.applications.insert(origin, [new]):
        raise AlreadyApplied
    return new.id


async def correct_application(work: Work, vault: Vault, command: CorrectApplication, now: datetime) -> None:
    """Hand a returned application in again; raise what stands against it."""
    stored = await _locked(work, command.application_id, command.tenant)
    if stored.state.version != command.version:
        raise VersionMismatch(version=stored.state.version)
    state = moved(stored.state, "submit")
    if state is stored.state:
        # Nothing to hand in again: what lies before the reviewer must not change under his eyes.
        raise StepNotAllowed(status=state.status, action="correct")
    if not stored.plan.takes_entries(now):
        raise EntryClosed
    accepted = _checked(command.cells, stored.plan, now)
    correction = Correction(
        change=Change(id=stored.id, state=state, at=now, stage="corrected"),
        person_index=vault.index(accepted.person),
        sealed=vault.seal(accepted.person, accepted.profile),
        materials=accepted.materials,
    )
    if not await work.applications.correct(correction):
        raise AlreadyApplied


async def withdraw_application(work: Work, vault: Vault, command: EndApplication, now: datetime) -> None:
    """Take an application back; a second time changes nothing."""
    await _end(work, vault, command, "withdraw", now)


async def void_application(work: Work, vault: Vault, command: EndApplication, now: datetime) -> None:
    """Declare an application void, whatever has come of it; a second time changes nothing."""
    await _end(work, vault, command, "void", now)


def moved(state: Application, action: str) -> Application:
    """Return the state after a step; raise `StepNotAllowed` or `PlanArranged` in the caller's terms."""
    steps = {"submit": state.submit, "withdraw": state.withdraw, "void": state.void}
    try:
        return steps[action]()
    except IllegalTransition as error:
        raise StepNotAllowed(status=error.status, action=error.action) from error
    except AlreadySeated as error:
        raise PlanArranged from error


def located(found: Sequence[FieldFault]) -> list[FieldError]:
    """Return row faults as faults of the JSON document that carried the person."""
    return [
        FieldError(
            pointer="/materials" if _FIELDS[fault.field] == "materials" else f"/person/{_FIELDS[fault.field]}",
            code=fault.code,
            zh=f"{fault.field}：{fault.zh}",
            en=fault.en,
        )
        for fault in found
    ]


async def _end(work: Work, vault: Vault, command: EndApplication, action: str, now: datetime) -> None:
    stored = await _locked(work, command.application_id, command.tenant)
    state = moved(stored.state, action)
    if state is stored.state:
        return
    change = Change(id=stored.id, state=state, at=now, stage=state.status, reason_code=command.reason_code)
    await work.applications.change([change])
    if event := publications.announcement(stored, state.status, command.reason_code, now, vault):
        work.publish(event, version=state.event_version, journey_id=stored.journey_id)
    detail = {"version": state.version, "reason_code": command.reason_code}
    await work.audit(command.actor, f"application.{state.status}", {str(stored.id): detail})


async def _locked(work: Work, application_id: UUID, tenant: UUID | None) -> StoredApplication:
    found = await work.applications.lock([application_id], tenant=tenant)
    if application_id not in found:
        raise NotFound
    return found[application_id]


def _checked(cells: Mapping[str, str], plan: Plan, now: datetime) -> Accepted:
    outcome = check_row(cells, Entry(china_day(now), plan.requires_materials))
    if not isinstance(outcome, Accepted):
        raise Invalid(errors=located(outcome))
    # Who asks here is there to correct it; of a file a telephone that cannot be read is left out.
    if unread := [FieldFault(note.field, "bad_phone") for note in outcome.notes if note.code == "phone_dropped"]:
        raise Invalid(errors=located(unread))
    return outcome
