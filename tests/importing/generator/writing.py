"""Writes a known standard to a file in a style."""

from pathlib import Path

from tests.importing.generator.blocks import Block
from tests.importing.generator.known import Known
from tests.importing.generator.layout import lay_out
from tests.importing.generator.printed import write_pdf
from tests.importing.generator.style import Style
from tests.importing.generator.text import render_text
from tests.importing.generator.wear import worn
from tests.importing.generator.word import write_docx

_SUFFIXES = {"pipes": ".md", "headings": ".md", "html": ".md", "docx": ".docx", "pdf": ".pdf"}


def write(known: Known, style: Style, folder: Path) -> Path:
    """Write the standard; return where it is."""
    return write_blocks(worn(lay_out(known, style), style), known.title, style, folder)


def write_blocks(blocks: list[Block], title: str, style: Style, folder: Path) -> Path:
    """Write a document that is already laid out."""
    path = folder / f"standard{_SUFFIXES.get(style.form, '.txt')}"
    if style.form == "docx":
        write_docx(blocks, style, path)
    elif style.form == "pdf":
        write_pdf(blocks, title, style.page_height, path)
    else:
        path.write_bytes(encoded(render_text(blocks, style), style))
    return path


def encoded(text: str, style: Style) -> bytes:
    """Return the bytes of a text file in the style's encoding."""
    return text.replace("\n", style.newline).encode(style.encoding)
