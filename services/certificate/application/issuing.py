"""Issues what is due: numbers, signs and enters certificates, many at a time in one transaction."""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.certificate.application import publications
from services.certificate.application.achievements import achievement_for
from services.certificate.application.desk import Desk
from services.certificate.application.errors import PersonUnreadable, ResultIncomplete
from services.certificate.application.ports import Work
from services.certificate.application.records import Candidate, Entry, Plan
from services.certificate.domain.credential import Achievement, Award
from services.certificate.domain.model import Certificate, Status
from services.certificate.domain.mould import Mould
from services.certificate.domain.numbering import NumberParts, issue_year, number_of, series_of
from services.certificate.domain.status_list import Place
from shared import ids
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.persons.names import normal_name
from shared.sealing import UnsealFailed

#: Characters of 5 random bits each: 80 bits.
_TOKEN_LENGTH = 16
#: Certificates signed between two looks at the event loop.
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class _Draft:
    candidate: Candidate
    plan: Plan
    number: str
    place: Place
    issued_at: datetime


async def issue_due(
    desk: Desk,
    work: Work,
    candidates: Sequence[Candidate],
    plans: Mapping[UUID, Plan],
    causes: Mapping[UUID, Received[EventPayload]],
) -> None:
    """Issue a certificate to every candidate who is due one; `causes` are the events by application or plan id."""
    due = [each for each in candidates if each.candidacy.is_due(plan_known=each.candidacy.plan_id in plans)]
    if not due:
        return
    drafts = await _drafts(desk, work, due, plans)
    entries: list[Entry] = []
    casting = _Casting(desk)
    for start in range(0, len(drafts), _CHUNK):
        entries += await asyncio.to_thread(casting.all_of, drafts[start : start + _CHUNK])
    await work.archive.remember_key(desk.notary.method, desk.notary.public_key, desk.clock.now())
    await work.register.add(entries)
    for entry in entries:
        work.publish(
            publications.issued(entry.certificate),
            version=entry.certificate.version,
            journey_id=entry.journey_id,
            cause=causes.get(entry.certificate.application_id) or causes.get(entry.plan_id),
        )


async def _drafts(desk: Desk, work: Work, due: Sequence[Candidate], plans: Mapping[UUID, Plan]) -> list[_Draft]:
    """Give each its number and its place, in the order of the applications."""
    now = desk.clock.now().replace(microsecond=0)
    year = issue_year(now)
    ordered = sorted(due, key=lambda candidate: candidate.candidacy.application_id)
    names = {each: _series(desk, plans[each]) for each in {candidate.candidacy.plan_id for candidate in due}}
    series = [names[candidate.candidacy.plan_id] for candidate in ordered]
    first = await work.register.take_serials(Counter(series), year)
    places = await work.register.take_places(len(ordered))
    serials = {name: itertools.count(start) for name, start in first.items()}
    return [
        _Draft(
            candidate=candidate,
            plan=plans[candidate.candidacy.plan_id],
            number=number_of(NumberParts(name, year, next(serials[name]))),
            place=place,
            issued_at=now,
        )
        for candidate, name, place in zip(ordered, series, places, strict=True)
    ]


def _series(desk: Desk, plan: Plan) -> str:
    return series_of(desk.prefix, plan.standard, plan.level)


class _Casting:
    """Signs many: the catalogue is asked once for all who achieved the same, and what is alike is written once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._achievements: dict[tuple[Plan, tuple[str, ...]], Achievement] = {}
        self._moulds: dict[tuple[int, int, bool, bool], Mould] = {}

    def all_of(self, drafts: Sequence[_Draft]) -> list[Entry]:
        """Return the signed and sealed certificates."""
        return [self._sign(draft) for draft in drafts]

    def _sign(self, draft: _Draft) -> Entry:
        desk, candidate = self._desk, draft.candidate
        award = self._award(draft)
        source = self._mould(award).cast(award, desk.notary.stamp)
        return Entry(
            certificate=Certificate(
                id=ids.new_id(),
                application_id=candidate.candidacy.application_id,
                number=draft.number,
                place=draft.place,
                status=Status.VALID,
                version=1,
                issued_at=draft.issued_at,
            ),
            plan_id=draft.plan.id,
            institution_id=candidate.institution_id,
            journey_id=candidate.journey_id,
            method=desk.notary.method,
            credential=desk.seal_credential(source),
            token=desk.seal_token(ids.random_code(_TOKEN_LENGTH)),
        )

    def _award(self, draft: _Draft) -> Award:
        candidate = draft.candidate
        if candidate.scores is None:
            raise ResultIncomplete
        achieved = (draft.plan, candidate.requirements)
        if achieved not in self._achievements:
            self._achievements[achieved] = achievement_for(self._desk.catalogue, *achieved)
        return Award(
            number=draft.number,
            subject_id=ids.new_id(),
            holder=_name(self._desk, candidate.person),
            achievement=self._achievements[achieved],
            scores=candidate.scores,
            place=draft.place,
            issued_at=draft.issued_at,
        )

    def _mould(self, award: Award) -> Mould:
        scores = award.scores
        # achievements are kept as long as the moulds, so that an identity stands for one of them
        alike = (id(award.achievement), award.place.list_number, bool(scores.practical), bool(scores.interview))
        if alike not in self._moulds:
            self._moulds[alike] = Mould(self._desk.issuer, award, self._desk.notary.method)
        return self._moulds[alike]


def _name(desk: Desk, person: bytes | None) -> str:
    """Open the sealed person just long enough to sign the name."""
    try:
        name = normal_name(json.loads(desk.vault.open(person or b"", "person"))["name"])
        name.encode()  # a lone surrogate cannot be signed
    except (UnsealFailed, KeyError, TypeError, ValueError, AttributeError) as error:
        raise PersonUnreadable from error
    if not name:
        raise PersonUnreadable
    return name
