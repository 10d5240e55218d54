"""A Word document as lines: paragraphs and tables in their order."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kaozheng.importing.reading.docx.names import child, children, descendants, name_of, unwrapped, value, whole
from kaozheng.importing.reading.docx.numbering import Numbering
from kaozheng.importing.reading.docx.package import Package
from kaozheng.importing.reading.docx.runs import paragraph_text
from kaozheng.importing.reading.docx.styles import Styles
from kaozheng.importing.reading.draft import Draft, Table, framed, row
from kaozheng.importing.reading.refusal import Refused
from kaozheng.importing.reading.spans import SpannedCell, spread

_PAGE_NUMBER = re.compile(r"\t(?=\s*[\dIVXivx]{1,6}\s*$)")
_LEADERS = frozenset({"dot", "hyphen", "underscore", "middleDot", "heavy"})
_LEADER = ".....\t"


def read_docx(data: bytes) -> Iterator[Draft]:
    """Return the lines of a Word document; headers, footers, notes and comments are left out."""
    package = Package(data)
    body = child(package.document(), "body")
    if body is None:
        raise Refused("Word 文档没有正文。", "the Word document has no body")
    styles = Styles(package.related("styles"))
    yield from _Flow(styles, Numbering(package.related("numbering"), styles)).drafts(body)


class _Flow:
    """Reads blocks in order, and counts numbers as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def drafts(self, container: Element, *, in_cell: bool = False) -> Iterator[Draft]:
        for block in unwrapped(container):
            name = name_of(block)
            if name == "p":
                yield from self._paragraph(block, in_cell=in_cell)
            elif name == "tbl":
                yield from self._table(block)
            elif name == "altChunk":
                raise Refused(
                    "文档嵌入了未展开的内容；请在 Word 中打开并重新另存为 .docx。",
                    "parts of it are embedded but not unfolded; open it in Word and save it again as .docx",
                )

    def _paragraph(self, paragraph: Element, *, in_cell: bool) -> Iterator[Draft]:
        label = "" if _is_deleted(paragraph) else self._numbering.label(paragraph)
        found = paragraph_text(paragraph)
        text = self._with_leader(paragraph, found.text.strip())
        # an empty cell may hold nothing but its automatic number, an empty paragraph outside is but a gap
        if text or in_cell:
            yield from (Draft(text=line) for line in _labelled(label, text).split("\n"))
        for box in found.boxes:
            yield from self.drafts(box, in_cell=in_cell)

    def _with_leader(self, paragraph: Element, text: str) -> str:
        """Return an entry of a table of contents with the dots that Word draws before its page number."""
        properties = child(paragraph, "pPr")
        tabs = child(properties, "tabs")
        leads = tabs is not None and any(value(tab, "leader") in _LEADERS for tab in children(tabs, "tab"))
        if leads or self._styles.is_contents(value(child(properties, "pStyle"))):
            return _PAGE_NUMBER.sub(_LEADER, text)
        return text

    def _table(self, table: Element) -> Iterator[Draft]:
        rows = [element for element in unwrapped(table) if name_of(element) == "tr" and not _is_deleted_row(element)]
        if _is_layout(table, rows):
            for element in rows:
                for cell in _cells(element):
                    yield from self.drafts(cell)
            return
        identity = Table()
        yield from framed([row(texts, identity) for texts in spread(self._spanned(rows))])

    def _spanned(self, rows: list[Element]) -> Iterator[list[SpannedCell]]:
        above: dict[int, str] = {}
        for element in rows:
            column = whole(child(element, "trPr", "gridBefore")) or 0
            spanned = [SpannedCell("", column)] if column else []
            for cell in _cells(element):
                columns = whole(child(cell, "tcPr", "gridSpan")) or 1
                text = self._cell(cell, above.get(column, ""))
                above[column] = text or above.get(column, "")
                spanned.append(SpannedCell(text, columns))
                column += columns
            yield spanned

    def _cell(self, cell: Element, above: str) -> str:
        """Return a cell's text; where a merged cell goes on, only what it adds to the text above."""
        goes_on = _goes_on(cell)
        if goes_on and not any((text.text or "").strip() for text in descendants(cell, "t")):
            return ""
        text = "\n".join(draft.text.replace("\t", " ") for draft in self.drafts(cell, in_cell=True))
        return "" if goes_on and text == above else text


def _labelled(label: str, text: str) -> str:
    number = label.rstrip(".．、 ")
    typed_again = "." in number and text.startswith(number) and not text[len(number) :][:1].isdigit()
    return text if not label or typed_again else f"{label} {text}"


def _cells(element: Element) -> Iterator[Element]:
    return (cell for cell in unwrapped(element) if name_of(cell) == "tc")


def _goes_on(cell: Element) -> bool:
    merges = (child(cell, "tcPr", "vMerge"), child(cell, "tcPr", "hMerge"))
    return any(merge is not None and value(merge) in {None, "continue"} for merge in merges)


def _is_deleted(paragraph: Element) -> bool:
    """Tell a paragraph that a tracked change took away."""
    return child(paragraph, "pPr", "rPr", "del") is not None and not paragraph_text(paragraph).text.strip()


def _is_deleted_row(element: Element) -> bool:
    return child(element, "trPr", "del") is not None


def _is_layout(table: Element, rows: list[Element]) -> bool:
    """Tell a table that only places another one on the page: the inner one has more cells."""
    nested = next(descendants(table, "tbl"), None)
    if nested is None:
        return False
    return sum(1 for _ in descendants(nested, "tc")) > sum(1 for element in rows for _ in _cells(element))
