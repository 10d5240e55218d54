"""Whatever bytes a file has, it becomes lines with rising numbers, or is refused."""

import random
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from kaozheng.importing.document import Document
from kaozheng.importing.errors import Unreadable
from kaozheng.importing.reading import read_document
from tests.importing.reading.building import number, number_lists, pdf, with_parts, word

TEXT = (
    "# 仓库整理\n\n前言.....\t1\n\n表 1 初级\n\n"
    "工作领域\t工作任务\t职业技能要求\n1. 仓库\t1.1 整理\t<p>1.1.1 能整理。</p>\n"
    "\n\t\t续\f\n"
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n\n"
    "<table><tr><td rowspan=2>一<td>二<tr><td>三</table>\n\n  ---- ----\n  甲   乙\n"
)
PAGE = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h1>一</h1><ol><li>二</ol>{TEXT}</body></html>"
TABLE = "#table(columns: 3, [工作领域], [工作任务], [职业技能要求], "
TABLE += "table.cell(rowspan: 2)[1. 仓库], [1.1], [能], [1.2], [会])"
#: Pieces that mean something to one of the readers.
TAGS = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td rowspan=9>",
    "<td colspan=99>",
    "<p>",
    "</p>",
    "<br>",
]
DRAWN = [
    "|",
    "||",
    "|-|-|",
    "+-+-+",
    "+--+--+",
    "+==+",
    "==",
    "--",
    "----",
    " --- ---",
    "-" * 12,
    "```",
    "#",
    "a",
    "<",
    "&",
]
CONTROLS = ["\t", "\t\t", "\n", "\n\n", "\f", "\r", "\x07", "\ufeff", "\u3000", "  "]
WORDS = ["表 1", "1.1.1", "1. ", "工作领域", "&amp;", "&#0;", "&#x110000;", "12"]
PIECES = st.sampled_from([*TAGS, *DRAWN, *CONTROLS, *WORDS])


def outcome(path: Path, content: bytes) -> str:
    """Return all that was read, checked; nothing if the file was refused."""
    path.write_bytes(content)
    try:
        document = read_document(path)
    except Unreadable:
        return ""
    assert_sound(document)
    return "\n".join(line.text for line in document.lines)


def assert_sound(document: Document) -> None:
    assert document.lines
    assert all(earlier.number < later.number for earlier, later in pairwise(document.lines))
    for line in document.lines:
        assert line.number > 0
        assert line.text == line.text.strip()
        assert line.text
        assert "\n" not in line.text
        assert (line.cells is None) == (line.table is None)
        assert line.source_line is None or 0 < line.source_line < line.number


def built_word() -> bytes:
    def build(document):
        (made,) = number_lists(document, [("decimal", "%1"), ("decimal", "%1.%2")])
        number(document.add_paragraph("条"), made, 1)
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "1. 仓库"
        number(table.cell(1, 1).paragraphs[0], made)

    return word(build)


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("originals")
    return {
        "a.txt": TEXT.encode(),
        "b.txt": TEXT.encode("gb18030"),
        "a.html": PAGE.encode(),
        "a.docx": built_word(),
        "a.pdf": pdf(folder, f"一\n{TABLE}\n#pagebreak()\n{TABLE}"),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, cut out, doubled, or everything after some place lost."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                del changed[at : at + chance.randint(1, 30)]
            case 3:
                changed[at:at] = changed[at : at + chance.randint(1, 300)]
            case 4 if chance.random() < 0.2:
                del changed[at + 1 :]
        if not changed:
            return b""
    return bytes(changed)


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "a.html", "a.docx", "a.pdf"])
def test_damaged_files_become_lines_or_are_refused(tmp_path, originals, name):
    chance = random.Random(20_231)
    outcome(tmp_path / name, originals[name])
    for _ in range(50 if name == "a.pdf" else 150):
        outcome(tmp_path / name, mutated(originals[name], chance))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
def test_damaged_parts_of_word_documents_become_lines_or_are_refused(tmp_path, originals, part):
    """Bytes changed in a ZIP file only break its checksums: here the parts themselves are changed."""
    chance = random.Random(part)
    with ZipFile(BytesIO(originals["a.docx"])) as archive:
        content = archive.read(part).decode()
    for _ in range(100):
        words = content.split('"')
        for _ in range(chance.randint(1, 6)):
            words[chance.randrange(len(words))] = chance.choice(words)
        outcome(tmp_path / "a.docx", with_parts(originals["a.docx"], {part: '"'.join(words)}))


def test_damaged_pages_of_a_pdf_become_lines_or_are_refused(tmp_path, originals):
    """Bytes changed in a compressed stream only break that: here the drawing operators themselves are changed."""
    chance = random.Random(7)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(originals["a.pdf"])))
    operators = [page.get_contents().get_data() for page in writer.pages]
    for _ in range(80):
        for page, content in zip(writer.pages, operators, strict=True):
            words = content.split(b" ")
            for _ in range(chance.randint(1, 20)):
                words[chance.randrange(len(words))] = chance.choice([*words, b"1e9", b"-1", b"/x", b"Q", b"0"])
            stream = DecodedStreamObject()
            stream.set_data(b" ".join(words))
            page[NameObject("/Contents")] = stream
        buffer = BytesIO()
        writer.write(buffer)
        outcome(tmp_path / "a.pdf", buffer.getvalue())


@settings(max_examples=300)
@given(pieces=st.lists(PIECES, min_size=1, max_size=40))
def test_no_mixture_of_marks_loses_a_word(tmp_path_factory, pieces):
    text = "".join(f"{piece}字{chr(0x4E00 + at)}" for at, piece in enumerate(pieces))
    read = outcome(tmp_path_factory.getbasetemp() / "mixture.md", text.encode())
    assert not read or [at for at in range(len(pieces)) if f"字{chr(0x4E00 + at)}" not in read] == []


@settings(max_examples=100)
@given(data=st.binary(max_size=400))
def test_any_bytes_become_lines_or_are_refused(tmp_path_factory, data):
    outcome(tmp_path_factory.getbasetemp() / "bytes.bin", data)
