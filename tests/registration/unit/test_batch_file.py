"""A file reads the same however it is cut into pieces."""

import contextlib
import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.application.batch_file import (
    LONGEST_RECORD,
    BadFile,
    BatchFormat,
    EncodingProbe,
    records_of,
)

HEADER = ["姓名", "证件类型", "证件号码", "专业"]
CELLS = st.text(alphabet=st.sampled_from('张三李四ab,"\n\r 1·𠮷;\t'), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12)


def write_csv(rows, encoding):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def read(form, encoding, pieces):
    reader = records_of(form, encoding)
    found = [record for piece in pieces for record in reader.feed(piece)]
    return found + list(reader.feed(b"", final=True))


@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.integers(1, 9))
def test_csv_reads_the_same_in_any_pieces(rows, encoding, size):
    data = write_csv(rows, encoding)
    probe = EncodingProbe()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    for piece in pieces:
        probe.feed(piece)
    probe.feed(b"", final=True)
    assert probe.encoding is not None
    if encoding == "gb18030":
        probe_encoding = "gb18030"
    else:
        assert probe.encoding == "utf-8-sig"
        probe_encoding = probe.encoding
    found = read(BatchFormat.CSV, probe_encoding, pieces)
    expected = [(number, row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert [(record.row, list(record.cells.values())) for record in found] == expected


@given(st.lists(st.dictionaries(st.sampled_from(HEADER), st.text(max_size=6)), max_size=10), st.integers(1, 9))
def test_ndjson_reads_the_same_in_any_pieces(rows, size):
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode("utf-8", "surrogatepass")
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    found = read(BatchFormat.NDJSON, "utf-8-sig", pieces)
    assert [record.row for record in found] == list(range(1, len(rows) + 1))
    assert [list(record.cells.values()) for record in found] == [list(row.values()) for row in rows]


@given(st.binary(max_size=300), st.sampled_from(list(BatchFormat)))
def test_any_bytes_are_read_or_refused_by_name(data, form):
    probe = EncodingProbe()
    probe.feed(data, final=True)
    if probe.encoding is None:
        return
    with contextlib.suppress(BadFile):
        read(form, probe.encoding, [data])


def test_chinese_in_gb18030_is_not_taken_for_utf_8():
    probe = EncodingProbe()
    probe.feed("姓名,证件类型".encode("gb18030"), final=True)
    assert probe.encoding == "gb18030"


def test_bytes_that_are_neither_have_no_encoding():
    probe = EncodingProbe()
    probe.feed(b"\xff\xfe\x00\x80\xff", final=True)
    assert probe.encoding is None


def test_broken_quote_is_named_and_does_not_fill_memory():
    head = "姓名,证件类型,证件号码\n".encode()
    with pytest.raises(BadFile) as refused:
        read(BatchFormat.CSV, "utf-8-sig", [head, b'"abc,1,2\n'])
    assert (refused.value.code, refused.value.row) == ("unterminated_quote", 2)
    with pytest.raises(BadFile) as refused:
        read(BatchFormat.CSV, "utf-8-sig", [head, b'"' + b"a\n" * LONGEST_RECORD])
    assert refused.value.code == "record_too_long"


def test_blank_lines_are_skipped_and_rows_keep_the_number_a_spreadsheet_shows():
    data = '\n姓名;证件类型;证件号码\n,,\n;;\n"张\n三";护照;E1\n李四;护照;E2;多\n'.encode()
    found = read(BatchFormat.CSV, "utf-8-sig", [data])
    assert [(record.row, record.cells.get("name"), record.fault and record.fault.code) for record in found] == [
        (3, ",,", None),
        (5, "张\n三", None),
        (6, "李四", "extra_cells"),
    ]


def test_bad_json_lines_are_row_faults():
    lines = ['{"姓名": "张三", "student_no": 7}', "[1]", "{", '{"姓名": true}', '{"爱好": "x"}']
    lines.append(json.dumps({"materials": [{"kind": "photo", "sha256": "a", "size": 1}, 3]}))
    found = read(BatchFormat.NDJSON, "utf-8-sig", ["\n".join(lines).encode()])
    assert [record.fault and record.fault.code for record in found] == [
        None,
        "malformed_record",
        "malformed_record",
        "wrong_type",
        "unknown_key",
        "wrong_type",
    ]
    assert found[0].cells == {"name": "张三", "student_no": "7"}
