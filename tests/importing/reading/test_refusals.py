"""What is no readable document is refused with what its owner can do about it."""

import os
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfReader, PdfWriter

from kaozheng.importing.errors import Unreadable
from kaozheng.importing.findings import pages_missing
from kaozheng.importing.reading import limits, read_document
from tests.importing.reading.building import pdf, read, texts, word, word_of
from tests.worlds.work import calls_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(**entries: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(folder, name: str, content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(folder, name, content)
    assert refused.value.fields["file"] == name
    return refused.value


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (b"", "空的", "empty"),
        (b" \n\r\n\t \n", "没有文字", "no text"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word（.doc）", "save it as .docx"),
        (OLE + "WpsCustomData".encode("utf-16-le"), "WPS", "save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
        (rb"{\rtf1\ansi 1}", "RTF", "save it as .docx"),
        (b"\x89PNG\r\n\x1a\n...", "OCR", "OCR"),
        (b"\xff\xd8\xff\xe0...", "OCR", "OCR"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "OCR", "OCR"),
        (b"PK\x03\x04broken", "另存为 .docx", "save it again"),
        (b"PK\x05\x06" + bytes(18), "解压", "unpack"),
        (zipped(a="1"), "解压", "unpack"),
        (zipped(**{"xl/workbook.xml": "<x/>"}), "Excel", "Excel"),
        (zipped(**{"ppt/presentation.xml": "<x/>"}), "演示文稿", "presentation"),
        (zipped(**{"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument", "OpenDocument"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word XML", "Word XML"),
        (b"MIME-Version: 1.0\r\n", "MHTML", "MHTML"),
        (b"\x1f\x8b\x08abc", "解压", "unpack"),
        (b"%PDF-1.7\nnothing", "损坏", "broken"),
        (b"\x7fELF\x02\x01", "程序", "program"),
    ],
)
def test_what_is_no_readable_document_is_refused_with_advice(tmp_path, content, zh, en):
    refused = refusal(tmp_path, "标准.docx", content)
    assert zh in refused.message("zh")
    assert en in refused.message("en")


def test_a_path_without_a_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (
        tmp_path,
        tmp_path / "none",
        tmp_path / "fifo",
        tmp_path / "loop",
        tmp_path / "a\0b",
        tmp_path / ("x" * 999),
    ):
        with pytest.raises(Unreadable):
            read_document(path)
    with pytest.raises(Unreadable):
        read_document(tmp_path.__class__("/dev/zero"))


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(Unreadable, match="larger than 30 MB"):
        read_document(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("一" * (limits.CHARACTERS + 1), "characters"),
        ("一\n" * (limits.LINES + 1), "lines"),
        (("一\t" * 50 + "\n") * 4_001, "cells"),
    ],
)
def test_a_text_beyond_all_measure_is_refused(tmp_path, text, reason):
    assert reason in refusal(tmp_path, "a.md", text.encode()).message("en")


@pytest.mark.parametrize(
    "text",
    [
        "<table>" * 100_000,
        "<table>\n" * 90_000,
        "<table><tr><td>一\n" * 15_000,
        "<table></table>" * 60_000,
        "<p " * 300_000,
        "<!--" * 300_000,
        "|" * 1_000_000,
        " " * 1_000_000 + "|\n|-",
        "+" + "-+" * 300_000 + "\n|\n",
        "--" + " --" * 300_000 + "\nx\n" * 3,
        "\t" * 1_000_000 + "一\n一\t二\t三",
        "一\t二\t三\n" + "四\n" * 90_000,
    ],
)
def test_work_grows_no_faster_than_the_text(tmp_path, text):
    """Calls are counted; what one call of a regular expression takes too long for, the guard against hangs ends."""

    def outcome(part: str) -> None:
        with suppress(Unreadable):
            read(tmp_path, "a.md", part)

    less, more = text[-len(text) // 32 :], text[-len(text) // 16 :]
    assert calls_of(lambda: outcome(more)) < 2.5 * calls_of(lambda: outcome(less)) + 1000
    outcome(text)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    body = "<w:document>" + " " * (limits.ZIP_PART_BYTES + 1)
    assert "unpacked" in refusal(tmp_path, "a.docx", zipped(**{"word/document.xml": body})).message("en")


def test_a_zip_file_that_lies_about_sizes_is_refused(tmp_path):
    data = word_of("<w:p/>")
    forged = data.replace(zlib.crc32(b"x").to_bytes(4, "little"), b"0000")
    place = forged.rfind(b"PK\x01\x02")
    refusal(tmp_path, "a.docx", forged[: place + 20] + b"\xff" * 8 + forged[place + 28 :])


def test_a_zip_file_of_very_many_entries_is_refused(tmp_path):
    names = {f"word/{at}": "" for at in range(limits.ZIP_ENTRIES + 1)}
    assert "entries" in refusal(tmp_path, "a.docx", zipped(**names)).message("en")


def test_a_word_document_whose_entries_are_locked_is_refused(tmp_path):
    data = bytearray(word(lambda document: document.add_paragraph("一")))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "password" in refusal(tmp_path, "a.docx", bytes(data)).message("en")


def rewritten(data: bytes, change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_with_a_password_is_refused_with_how_to_unlock_it(tmp_path):
    locked = rewritten(pdf(tmp_path, "一"), lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
    refused = refusal(tmp_path, "a.pdf", locked)
    assert "save it as a PDF without one" in refused.message("en")
    assert "不加密" in refused.message("zh")


def test_a_pdf_that_only_forbids_copying_is_read(tmp_path):
    guarded = rewritten(
        pdf(tmp_path, "一"), lambda writer: writer.encrypt("", "owner", algorithm="RC4-128", permissions_flag=-3904)
    )
    assert texts(read(tmp_path, "a.pdf", guarded)) == ["一"]


PICTURE = (
    '#image(bytes(range(0, 30000).map(_ => 200)), format: (encoding: "luma8", width: 200, height: 150), width: 90%)'
)


def test_a_scanned_pdf_is_refused_until_its_text_is_recognised(tmp_path):
    assert "OCR" in refusal(tmp_path, "a.pdf", pdf(tmp_path, PICTURE)).message("en")


def test_single_pages_that_are_pictures_are_told(tmp_path):
    document = read(tmp_path, "a.pdf", pdf(tmp_path, f"一\n#pagebreak()\n{PICTURE}\n#pagebreak()\n三"))
    assert document.pages_without_text == (2,)
    assert [missing.code for missing in pages_missing(document)] == ["page-without-text"]


def test_a_pdf_of_very_many_pages_is_refused(tmp_path):
    def add_pages(writer):
        for _ in range(limits.PDF_PAGES):
            writer.add_blank_page()

    assert "pages" in refusal(tmp_path, "a.pdf", rewritten(pdf(tmp_path, "一"), add_pages)).message("en")


def test_a_pdf_whose_streams_unpack_to_gigabytes_is_refused(tmp_path):
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(101)) + packer.flush()
    data = pdf(tmp_path, "一") + b"\n9 0 obj <<>> stream\n" + packed + b"\nendstream endobj\n"
    assert "when unpacked" in refusal(tmp_path, "a.pdf", data).message("en")


def test_a_pdf_whose_fonts_tell_no_characters_is_refused(tmp_path):
    def forget(writer):
        for page in writer.pages:
            for font in page["/Resources"]["/Font"].values():
                del font.get_object()["/ToUnicode"]

    refused = refusal(tmp_path, "a.pdf", rewritten(pdf(tmp_path, "本标准规定了等级"), forget))
    assert "OCR" in refused.message("en")


def test_a_page_that_is_a_drawing_has_no_tables(tmp_path):
    lines = """#for at in range(120) {
  place(dx: at * 2pt, line(angle: 90deg, length: 100pt))
  place(dy: at * 2pt, line(length: 100pt))
}
"""
    assert texts(read(tmp_path, "a.pdf", pdf(tmp_path, lines + "#v(150pt)\n一"))) == ["一"]
