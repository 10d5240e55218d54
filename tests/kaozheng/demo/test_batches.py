"""The generated batches are judged by registration's own rules exactly as they announce."""

from datetime import date

from kaozheng.demo import batches
from services.registration.application.batch_file import BatchFormat, records_of
from services.registration.domain.row import Accepted, Entry, check_row

ENTRY = Entry(date(2026, 11, 22), requires_materials=True)


def test_announced_bad_rows_are_refused_and_all_others_accepted(tmp_path):
    path = tmp_path / "batch.csv"
    rows, bad = batches.write(path, 3_000, seed=7)
    records = list(records_of(BatchFormat.CSV, "gb18030").feed(path.read_bytes(), final=True))
    seen, refused = set(), []
    for record in records:
        outcome = check_row(record.cells, ENTRY)
        number = outcome.person.document_number if isinstance(outcome, Accepted) else None
        if number is None or number in seen:
            refused.append(record.row)
        seen.add(number)
    assert (len(records), len(refused)) == (rows, bad) == (3_000, 60)
    assert refused == [row for row, (_, good) in enumerate(batches.rows(3_000, seed=7), 2) if not good]


def test_same_seed_gives_the_same_file():
    assert list(batches.generate(200, 3)) == list(batches.generate(200, 3))
    assert list(batches.generate(200, 3)) != list(batches.generate(200, 4))


def test_resident_numbers_are_unique():
    numbers = {batches.resident_number(number) for number in range(1, 200_001)}
    assert len(numbers) == 200_000
