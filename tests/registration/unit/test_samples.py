"""The samples in examples/ are judged as their README says."""

from datetime import date
from pathlib import Path

import pytest

from services.registration.application.batch_file import BatchFormat, EncodingProbe, records_of
from services.registration.domain.row import Accepted, Entry, check_row

EXAMPLES = Path(__file__).parents[3] / "examples"
ENTRY = Entry(date(2026, 11, 22), requires_materials=False)


@pytest.mark.parametrize(
    ("form", "encoding", "rows", "refused"),
    [
        (BatchFormat.CSV, "gb18030", 32, ["wrong_check_digit", "impossible_date", "required", "unknown_document_type"]),
        (BatchFormat.NDJSON, "utf-8-sig", 5, ["impossible_date"]),
    ],
)
def test_sample_is_judged_as_described(form, encoding, rows, refused):
    data = (EXAMPLES / f"school-batch.{form}").read_bytes()
    probe = EncodingProbe()
    probe.feed(data, final=True)
    assert probe.encoding == encoding
    outcomes = [check_row(record.cells, ENTRY) for record in records_of(form, encoding).feed(data, final=True)]
    good = [each.person.document_number for each in outcomes if isinstance(each, Accepted)]
    assert len(outcomes) == rows
    assert [each[0].code for each in outcomes if not isinstance(each, Accepted)] == refused
    assert len(good) - len(set(good)) == (form is BatchFormat.CSV)
