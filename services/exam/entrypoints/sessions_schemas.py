"""Rosters, and what devices at the sites upload, as they come in and go out over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from services.exam.application.commands import DeviceRecord, HandedInFile, RecordDeeds
from services.exam.domain.sitting import Deed
from services.exam.entrypoints.schemas import Name, RequestModel, ResponseModel
from shared.web.bulk import ItemDone, LargeBulkRequest
from shared.web.texts import CODE, KEY

Device = Annotated[str, StringConstraints(min_length=1, max_length=200), KEY, Field(examples=["gate-1"])]


class RosterLineResponse(ResponseModel):
    """A line of a roster."""

    ticket_no: str
    room: str
    station: int
    name_masked: str
    status: str


class RecordRequest(RequestModel):
    """What a device noted: its own rising sequence, the ticket and the true time."""

    sequence: int = Field(ge=0, lt=2**63)
    ticket_no: Annotated[str, StringConstraints(min_length=1, max_length=32), CODE]
    occurred_at: AwareDatetime

    def record(self, place: int) -> DeviceRecord:
        """Return the record for the command."""
        return DeviceRecord(place, self.sequence, self.ticket_no, self.occurred_at)


class ArtefactRequest(RequestModel):
    """A file of a work, by its digest."""

    task_code: Name
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: int = Field(ge=0, lt=2**50)


class WorkRequest(RecordRequest):
    """A handed-in work."""

    artefacts: list[ArtefactRequest] = Field(min_length=1, max_length=100)

    def record(self, place: int) -> DeviceRecord:
        """Return the record for the command."""
        files = tuple([HandedInFile(each.task_code, each.sha256, each.size) for each in self.artefacts])
        return DeviceRecord(place, self.sequence, self.ticket_no, self.occurred_at, files)


class UploadRequest(LargeBulkRequest[RecordRequest]):
    """Up to 5000 records of one device."""

    device_id: Device

    def command(self, session_id: UUID, deed: Deed) -> RecordDeeds:
        """Return the command."""
        records = [item.record(place) for place, item in enumerate(self.items)]
        return RecordDeeds(session_id=session_id, device_id=self.device_id, deed=deed, records=records)


class WorksRequest(LargeBulkRequest[WorkRequest]):
    """Up to 5000 works from one device."""

    device_id: Device

    def command(self, session_id: UUID) -> RecordDeeds:
        """Return the command."""
        records = [item.record(place) for place, item in enumerate(self.items)]
        return RecordDeeds(session_id=session_id, device_id=self.device_id, deed=Deed.HAND_IN, records=records)


class CheckedIn(ItemDone):
    """The candidate is in since this time."""

    checked_in_at: str


class HandedIn(ItemDone):
    """The code under which the work is marked."""

    work_code: str


class Attended(ItemDone):
    """The code under which the interview is scored."""

    interview_code: str


class CloseResponse(ResponseModel):
    """What a closed session came to. Absent includes those who checked in but handed in no work."""

    present: int
    absent: int
    no_work: int
