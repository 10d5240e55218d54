"""The columns of a batch file: Chinese header, English alias, and which must be there."""

from collections import Counter
from dataclasses import dataclass

#: Field -> Chinese header, as printed in the template and in every row error.
HEADERS: dict[str, str] = {
    "name": "姓名",
    "document_type": "证件类型",
    "document_number": "证件号码",
    "document_issuer": "证件签发国",
    "phone": "手机号",
    "major": "专业",
    "class_name": "班级",
    "student_no": "学号",
    "materials": "材料",
}
REQUIRED = ("name", "document_type", "document_number")
_ALIASES = {header: field for field, header in HEADERS.items()} | {
    "class": "class_name",
    "student_number": "student_no",
    "id_type": "document_type",
    "id_number": "document_number",
    "mobile": "phone",
    "身份证号": "document_number",
    "手机号码": "phone",
    "证件签发地": "document_issuer",
    "证件签发国家": "document_issuer",
    "护照签发国": "document_issuer",
    "签发国": "document_issuer",
    "签发地": "document_issuer",
    "issuing_state": "document_issuer",
}


@dataclass(eq=False)
class BadHeader(Exception):
    """The header cannot be used. It names positions and our own column names, never the text found there."""

    code: str
    detail: str


def field_of(header: str) -> str | None:
    """Return the field that a header names, or nothing."""
    text = header.strip().strip("*＊").strip().lower().replace(" ", "_")
    return text if text in HEADERS else _ALIASES.get(text)


def read_header(cells: list[str]) -> tuple[str | None, ...]:
    """Return the field of each column (none for an empty one); raise `BadHeader` with the reason."""
    fields = tuple(field_of(cell) for cell in cells)
    pairs = enumerate(zip(cells, fields, strict=True), 1)
    unknown = [str(place) for place, (cell, field) in pairs if cell.strip() and not field]
    if missing := [HEADERS[field] for field in REQUIRED if field not in fields]:
        raise BadHeader("missing_column", "、".join(missing))
    if unknown:
        raise BadHeader("unknown_column", "、".join(unknown))
    counts = Counter(field for field in fields if field)
    if repeated := sorted(HEADERS[field] for field, count in counts.items() if count > 1):
        raise BadHeader("repeated_column", "、".join(repeated))
    return fields
