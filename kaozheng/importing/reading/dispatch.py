"""One door for all kinds of documents: whatever is behind the path, it gives a document or says why not."""

from pathlib import Path

from kaozheng.importing.document import Document
from kaozheng.importing.errors import Unreadable
from kaozheng.importing.reading.docx.document import read_docx
from kaozheng.importing.reading.draft import numbered
from kaozheng.importing.reading.encoding import decode, decode_markup
from kaozheng.importing.reading.kind import kind_of
from kaozheng.importing.reading.markup import read_page
from kaozheng.importing.reading.opening import read_bytes
from kaozheng.importing.reading.pdf.document import read_pdf
from kaozheng.importing.reading.refusal import Refused
from kaozheng.importing.reading.text import read_text, text_kind


def read_document(path: Path) -> Document:
    """Return a file's lines; raise `Unreadable`, and nothing else, with what its owner can do about it."""
    try:
        return _read(path.name, path.suffix, read_bytes(path))
    except Refused as refusal:
        raise Unreadable(file=path.name, reason_zh=refusal.zh, reason_en=refusal.en) from refusal
    except RecursionError:
        raise Unreadable(
            file=path.name, reason_zh="内容嵌套过深。", reason_en="its parts are nested too deeply"
        ) from None


def _read(name: str, suffix: str, data: bytes) -> Document:
    kind = kind_of(data, suffix)
    if kind == "pdf":
        drafts, without_text = read_pdf(data)
        return Document(name=name, kind=kind, lines=numbered(drafts), pages_without_text=without_text)
    if kind == "docx":
        return Document(name=name, kind=kind, lines=numbered(read_docx(data)))
    if kind == "html":
        return Document(name=name, kind=kind, lines=numbered(read_page(decode_markup(data))))
    text = decode(data)
    return Document(name=name, kind=text_kind(text), lines=numbered(read_text(text)))
