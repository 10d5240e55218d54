"""Reads a batch file piece by piece: CSV as spreadsheets write it, or NDJSON. Memory is bounded by one record."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.registration.domain.columns import HEADERS, BadHeader, field_of, read_header
from services.registration.domain.faults import FieldError

#: Characters of one record. What is longer is a broken quote, not an applicant.
LONGEST_RECORD = 65_536
_DELIMITERS = ",\t;"


class BatchFormat(StrEnum):
    """The forms a batch may come in."""

    CSV = "csv"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number as a spreadsheet shows it, its cells by field, or why it cannot be read."""

    row: int
    cells: dict[str, str]
    fault: FieldError | None = None


@dataclass(eq=False)
class BadFile(Exception):
    """The file as a whole cannot be read. `detail` never holds text of the file."""

    code: str
    row: int
    detail: str = ""


class EncodingProbe:
    """Finds the encoding of a whole file while it streams by: UTF-8 if all of it is, else GB 18030 if all of it is."""

    def __init__(self) -> None:
        self._decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8-sig", "gb18030")}

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Look at the next piece."""
        for name, decoder in list(self._decoders.items()):
            try:
                decoder.decode(data, final)
            except UnicodeDecodeError:
                del self._decoders[name]

    @property
    def encoding(self) -> str | None:
        """Return the encoding, or nothing if the bytes are neither."""
        return next(iter(self._decoders), None)


class _Starved(Exception):
    """The next record is not complete yet."""


class _Lines:
    """The physical lines of one piece; remembers those of the record being read."""

    def __init__(self, text: str) -> None:
        # Untranslated: a line end inside quotes belongs to the cell.
        self._source = io.StringIO(text, newline="")
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._source.readline()
        if not line:
            raise _Starved
        self.taken.append(line)
        return line


class CsvRecords:
    """Reads CSV with a header; feed it pieces in order, the last one as final."""

    def __init__(self, encoding: str) -> None:
        self._decode = codecs.getincrementaldecoder(encoding)("strict").decode
        self._tail = ""
        self._row = 0
        self._delimiter = ","
        #: One for each column, nothing in it for an empty one.
        self._fields: tuple[str, ...] | None = None

    def feed(self, data: bytes, *, final: bool = False) -> Iterator[Record]:
        """Yield the records that are complete; raise `BadFile` if the file cannot be read further."""
        text = self._tail + self._decode(data, final)
        end = len(text) if final else text.rfind("\n") + 1
        lines = _Lines(self._opening(text[:end]))
        reader = csv.reader(lines, delimiter=self._delimiter)
        try:
            while True:
                lines.taken.clear()
                record = self._record(next(reader))
                if record:
                    yield record
        except _Starved:
            self._keep("".join(lines.taken) + text[end:], final=final)
        except csv.Error as error:
            raise BadFile("malformed_record", self._row + 1) from error

    def _opening(self, text: str) -> str:
        if self._fields is not None:
            return text
        text = text.removeprefix("\ufeff")
        header = next((line for line in text.splitlines() if line.strip()), "")
        self._delimiter = max(_DELIMITERS, key=header.count)
        return text

    def _record(self, cells: list[str]) -> Record | None:
        self._row += 1
        if not "".join(cells).strip():
            return None
        if self._fields is None:
            try:
                self._fields = tuple(field or "" for field in read_header(cells))
            except BadHeader as error:
                raise BadFile(error.code, self._row, error.detail) from error
            return None
        extra = len(cells) > len(self._fields) and any(cell.strip() for cell in cells[len(self._fields) :])
        named = dict(zip(self._fields, cells, strict=False))
        named.pop("", None)
        return Record(self._row, named, FieldError("", "extra_cells") if extra else None)

    def _keep(self, tail: str, *, final: bool) -> None:
        if len(tail) > LONGEST_RECORD:
            raise BadFile("record_too_long", self._row + 1)
        if final and tail:
            raise BadFile("unterminated_quote", self._row + 1)
        if final and self._fields is None:
            raise BadFile("empty_file", 1)
        self._tail = tail


class NdjsonRecords:
    """Reads one JSON object a line, with the same fields as the CSV columns."""

    def __init__(self, encoding: str) -> None:
        self._decode = codecs.getincrementaldecoder(encoding)("strict").decode
        self._tail = ""
        self._row = 0

    def feed(self, data: bytes, *, final: bool = False) -> Iterator[Record]:
        """Yield the records that are complete; raise `BadFile` if the file cannot be read further."""
        *lines, self._tail = (self._tail + self._decode(data, final)).split("\n")
        if final:
            lines.append(self._tail)
        elif len(self._tail) > LONGEST_RECORD:
            raise BadFile("record_too_long", self._row + len(lines) + 1)
        for line in lines:
            self._row += 1
            if line and not line.isspace():
                yield _json_record(self._row, line)


def records_of(form: BatchFormat, encoding: str) -> CsvRecords | NdjsonRecords:
    """Return the reader for a form and encoding."""
    return CsvRecords(encoding) if form is BatchFormat.CSV else NdjsonRecords(encoding)


def _json_record(row: int, line: str) -> Record:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return Record(row, {}, FieldError("", "malformed_record"))
    cells: dict[str, str] = {}
    for key, value in found.items():
        field = field_of(key)
        if field is None:
            return Record(row, {}, FieldError("", "unknown_key"))
        text = _json_materials(value) if field == "materials" and isinstance(value, list) else _json_text(value)
        if text is None:
            return Record(row, {}, FieldError(HEADERS[field], "wrong_type"))
        cells[field] = text
    return Record(row, cells)


def _json_text(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _json_materials(items: list[object]) -> str | None:
    parts = [
        ":".join(_json_text(item.get(key)) or "" for key in ("kind", "sha256", "size"))
        for item in items
        if isinstance(item, dict)
    ]
    return ";".join(parts) if len(parts) == len(items) else None
