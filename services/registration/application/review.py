"""Bulk decisions: one locked read, pure decisions, one update, one event each, all in one transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.registration.application import publications
from services.registration.application.commands import DecideApplication
from services.registration.application.errors import PlanArranged, StepNotAllowed, VersionMismatch
from services.registration.application.ports import Vault, Work
from services.registration.application.records import Change, StoredApplication
from services.registration.domain.errors import AlreadySeated, IllegalTransition
from services.registration.domain.model import TARGETS, Application
from shared.errors import FieldError, NotFound, ServiceError

#: Events made before other requests get their turn.
_TURN = 200


class RepeatedItem(ServiceError):
    """The same application stands in the request twice."""

    slug = "repeated-item"
    status = 422
    zh = "同一申请在本次请求中重复出现。"
    en = "The same application stands in this request twice."


@dataclass(frozen=True, slots=True)
class Decided:
    """How one decision came out: the application's new state, or why not."""

    application_id: UUID
    state: Application | None
    error: FieldError | None


async def decide_applications(
    work: Work, vault: Vault, items: Sequence[DecideApplication], reviewer: str, now: datetime
) -> list[Decided]:
    """Decide on all items that can be decided, and say of each how it came out, in the order given."""
    found = await work.applications.lock([item.application_id for item in items], tenant=None)
    seen: set[UUID] = set()
    outcomes: list[Decided] = []
    changed: list[tuple[DecideApplication, StoredApplication, Application]] = []
    for item in items:
        try:
            stored, state = _decide(item, found, seen)
        except ServiceError as error:
            outcomes.append(Decided(item.application_id, None, _fault(error)))
            continue
        outcomes.append(Decided(item.application_id, state, None))
        if state is not stored.state:
            changed.append((item, stored, state))
    await work.applications.change([_change(item, state, vault, now) for item, _, state in changed])
    await _announce(work, vault, changed, now)
    await work.audit(
        reviewer, "application.decided", {str(item.application_id): _detail(item) for item, _, _ in changed}
    )
    return outcomes


def _decide(
    item: DecideApplication, found: Mapping[UUID, StoredApplication], seen: set[UUID]
) -> tuple[StoredApplication, Application]:
    if item.application_id in seen:
        raise RepeatedItem
    seen.add(item.application_id)
    stored = found.get(item.application_id)
    if stored is None:
        raise NotFound
    if stored.state.status is TARGETS[item.decision]:
        return stored, stored.state
    if stored.state.version != item.version:
        raise VersionMismatch(version=stored.state.version)
    try:
        return stored, stored.state.decide(item.decision)
    except IllegalTransition as error:
        raise StepNotAllowed(status=error.status, action=error.action) from error
    except AlreadySeated as error:
        raise PlanArranged from error


async def _announce(
    work: Work,
    vault: Vault,
    changed: Sequence[tuple[DecideApplication, StoredApplication, Application]],
    now: datetime,
) -> None:
    for number, (item, stored, state) in enumerate(changed, 1):
        if event := publications.announcement(stored, state.status, item.reason_code, now, vault):
            work.publish(event, version=state.event_version, journey_id=stored.journey_id)
        if number % _TURN == 0:
            await asyncio.sleep(0)


def _change(item: DecideApplication, state: Application, vault: Vault, now: datetime) -> Change:
    return Change(
        id=item.application_id,
        state=state,
        at=now,
        stage=state.status,
        reason_code=item.reason_code,
        comment=vault.seal_text(item.comment) if item.comment else None,
    )


def _detail(item: DecideApplication) -> dict[str, str | int | None]:
    return {"decision": item.decision, "version": item.version, "reason_code": item.reason_code}


def _fault(error: ServiceError) -> FieldError:
    pointer = {VersionMismatch.slug: "/version", NotFound.slug: "/application_id", RepeatedItem.slug: "/application_id"}
    return FieldError(pointer.get(error.slug, "/decision"), error.slug, error.message("zh"), error.message("en"))
