"""Documents of every kind, built for one test each."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pylopdf_fonts_zh_cn
import typst
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kaozheng.importing.document import Document
from kaozheng.importing.reading import read_document

_FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
)
HEADER = ("工作领域", "工作任务", "职业技能要求")
#: How each level of a list is written, such as ("decimal", "%1.%2").
Levels = list[tuple[str, str]]


def read(folder: Path, name: str, content: bytes | str) -> Document:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


def texts(document: Document) -> list[str]:
    """Return what the lines say."""
    return [line.text for line in document.lines]


def rows(document: Document) -> list[tuple[str, ...]]:
    """Return the cells of all rows."""
    return [line.cells for line in document.lines if line.cells is not None]


def word(build: Callable[[Word], object]) -> bytes:
    """Return a Word document that `build` filled."""
    document = docx.Document()
    build(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_of(body: str, **parts: str) -> bytes:
    """Return a Word document with a body of raw XML, and with other parts replaced: `numbering` and the like."""
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    replaced = {"word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"}
    for name, content in parts.items():
        replaced[f"word/{name}.xml"] = f"<w:{name} {namespaces}>{content}</w:{name}>"
    return with_parts(word(lambda _: None), replaced)


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """Return a package with parts replaced or added."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def number_lists(document: Word, *lists: Levels) -> list[int]:
    """Add lists with these levels to a Word document; return their numbers."""
    numbering = document.part.numbering_part.element
    numbers = []
    for at, levels in enumerate(lists, 900):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        kind = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}">{inner}</w:abstractNum>')
        numbering.insert(0, kind)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'))
        numbers.append(at)
    return numbers


def number(paragraph, list_number: int, level: int = 0) -> None:
    """Number a paragraph automatically."""
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))


def pdf(folder: Path, source: str, page: str = "width: 420pt, height: 300pt, margin: 40pt") -> bytes:
    """Return a PDF that Typst sets from a source."""
    path = folder / "source.typ"
    path.write_text(f'#set page({page})\n#set text(size: 10pt, lang: "zh")\n{source}', "utf-8")
    printed = typst.Compiler(str(path), font_paths=_FONTS).compile(format="pdf")
    assert isinstance(printed, bytes)
    return printed
