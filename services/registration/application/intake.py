"""Works through batches: checks the file as a whole, then its rows, 500 to a transaction, each row exactly once."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from services.registration.application.batch_file import BadFile, Record, records_of
from services.registration.application.ports import OpenWork, Vault
from services.registration.application.records import ClaimedBatch, NewApplication, Origin, Progress, RowError
from services.registration.domain.columns import HEADERS
from services.registration.domain.faults import FieldError
from services.registration.domain.row import Accepted, Entry, check_row
from shared import ids
from shared.clock import Clock, china_day

_ROWS = 500
#: So many are checked before others have their turn: the database's answers, and whoever asks the API.
_AT_ONCE = 50
_MOST_ATTEMPTS = 10


class Stop(Protocol):
    """Says whether the worker is asked to end."""

    def is_set(self) -> bool:
        """Tell whether to end."""
        ...


@dataclass(slots=True)
class _Checked:
    """One piece of a batch after the rules: what may be stored, and what is refused."""

    from_row: int
    to_row: int
    new: dict[bytes, NewApplication] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    refused: int = 0

    def refuse(self, row: int, errors: Sequence[FieldError]) -> None:
        self.refused += 1
        self.errors += [(row, error) for error in errors]


class Intake:
    """One worker's hand on the batches. A killed worker's batch goes on after its last committed row."""

    def __init__(self, work: OpenWork, vault: Vault, clock: Clock, *, lease: timedelta = timedelta(seconds=15)) -> None:
        """Take what it works with; `lease` is how long a silent worker keeps a batch from the others."""
        self._work = work
        self._vault = vault
        self._clock = clock
        self._lease = lease
        self._worker = ids.new_id()

    async def claim(self) -> ClaimedBatch | None:
        """Take the next batch, if any waits."""
        async with self._work() as work:
            return await work.batches.claim(self._worker, self._lease)

    async def process(self, batch: ClaimedBatch, stop: Stop) -> None:
        """Work through a batch to its end, or until told to stop; raise `LeaseLost` if another worker has it."""
        try:
            await self._check_whole(batch)
            ended = await self._store_rows(batch, stop)
        except BadFile as error:
            failure = {"code": error.code, "row": error.row, "detail": error.detail}
            async with self._work() as work:
                await work.batches.fail(batch.id, failure, self._clock.now())
            return
        async with self._work() as work:
            if ended:
                await work.batches.finish(batch.id, self._worker, self._clock.now())
            else:
                await work.batches.release(batch.id, self._worker)

    async def _check_whole(self, batch: ClaimedBatch) -> None:
        """Read the file to its end before the first row is accepted, so that a broken one is refused as a whole."""
        if batch.attempts > _MOST_ATTEMPTS:
            raise BadFile("cannot_be_processed", batch.last_row + 1)
        if batch.total is not None:
            return
        total = 0
        async with aclosing(self._pieces(batch)) as pieces:
            async for records in pieces:
                total += len(records)
        async with self._work() as work:
            await work.batches.begin(batch.id, self._worker, total)

    async def _store_rows(self, batch: ClaimedBatch, stop: Stop) -> bool:
        """Store one piece after the other; while the database stores one, the next is checked."""
        storing: asyncio.Future[None] | None = None
        async with aclosing(self._checked(batch)) as pieces:
            try:
                async for checked in pieces:
                    if storing:
                        await storing
                        if stop.is_set():
                            return False
                    storing = asyncio.ensure_future(self._store(batch, checked))
            finally:
                if storing:
                    await storing
        return True

    async def _checked(self, batch: ClaimedBatch) -> AsyncGenerator[_Checked, None]:
        done = batch.last_row
        waiting: list[Record] = []
        async with aclosing(self._pieces(batch)) as pieces:
            async for records in pieces:
                waiting += [record for record in records if record.row > done]
                while len(waiting) >= _ROWS:
                    checked = await self._check(batch, done, waiting[:_ROWS])
                    yield checked
                    done = checked.to_row
                    del waiting[:_ROWS]
        if waiting:
            yield await self._check(batch, done, waiting)

    async def _pieces(self, batch: ClaimedBatch) -> AsyncGenerator[list[Record], None]:
        """Yield the file's records, as many at a time as one stored piece of the upload holds."""
        reader = records_of(batch.form, batch.encoding)
        for number in range(batch.chunks):
            async with self._work() as work:
                sealed = await work.batches.chunk(batch.id, self._worker, number, self._lease)
            data = self._vault.open_upload(batch.id, number, sealed)
            yield list(reader.feed(data, final=number == batch.chunks - 1))

    async def _store(self, batch: ClaimedBatch, checked: _Checked) -> None:
        # In the order of persons, so that two batches with the same persons wait for each other instead of deadlocking.
        new = sorted(checked.new.values(), key=lambda each: each.person_index)
        origin = Origin(
            plan_id=batch.plan_id, institution_id=batch.institution_id, batch_id=batch.id, at=self._clock.now()
        )
        async with self._work() as work:
            stored = await work.applications.insert(origin, new)
            if taken := [each for each in new if each.id not in stored]:
                live = await work.applications.batches_of_live(batch.plan_id, [each.person_index for each in taken])
                for each in taken:
                    assert each.row is not None
                    checked.refuse(each.row, [_duplicate(live.get(each.person_index), batch.id)])
            await work.batches.add_errors(batch.id, checked.errors)
            progress = Progress(
                from_row=checked.from_row, to_row=checked.to_row, accepted=len(stored), refused=checked.refused
            )
            await work.batches.advance(batch.id, self._worker, progress, self._lease)

    async def _check(self, batch: ClaimedBatch, done: int, records: Sequence[Record]) -> _Checked:
        checked = _Checked(from_row=done, to_row=records[-1].row)
        entry = Entry(china_day(self._clock.now()), batch.requires_materials)
        # Sorted, so that lists by id show the rows in the order of the file.
        fresh = sorted(ids.new_id() for _ in records)
        for start in range(0, len(records), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            self._check_some(batch, entry, list(zip(records[some], fresh[some], strict=True)), checked)
            await asyncio.sleep(0)
        return checked

    def _check_some(
        self, batch: ClaimedBatch, entry: Entry, records: Sequence[tuple[Record, UUID]], checked: _Checked
    ) -> None:
        for record, new_id in records:
            outcome = (record.fault,) if record.fault else check_row(record.cells, entry)
            if not isinstance(outcome, Accepted):
                checked.refuse(record.row, outcome)
                continue
            index = self._vault.index(outcome.person)
            if index in checked.new:
                checked.refuse(record.row, [_duplicate(batch.id, batch.id)])
                continue
            checked.new[index] = self._new(new_id, record.row, index, outcome)
            checked.errors += [(record.row, note) for note in outcome.notes]

    def _new(self, new_id: UUID, row: int, index: bytes, accepted: Accepted) -> NewApplication:
        return NewApplication(
            id=new_id,
            journey_id=ids.new_id(),
            row=row,
            person_index=index,
            sealed=self._vault.seal(accepted.person, accepted.profile),
            materials=accepted.materials,
        )


def _duplicate(found_in: UUID | None, batch_id: UUID) -> FieldError:
    code = "duplicate_in_batch" if found_in == batch_id else "already_applied"
    return FieldError(HEADERS["document_number"], code)
