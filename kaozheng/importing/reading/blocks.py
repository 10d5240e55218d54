"""The flow of an HTML page: blocks become lines, tables rows, as a browser would show them."""

import re
from collections.abc import Iterator

from lxml import html

from kaozheng.importing.reading.draft import Draft, Table, framed, row
from kaozheng.importing.reading.numerals import numeral
from kaozheng.importing.reading.spans import SpannedCell, spread

_DROPPED = frozenset({
    "script", "style", "head", "noscript", "template", "nav", "footer", "aside", "iframe", "object", "svg", "math",
    "canvas", "audio", "video", "button", "select", "input", "textarea", "datalist",
})  # fmt: skip
_BLOCKS = frozenset({
    "html", "body", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
    "section", "article", "main", "header", "blockquote", "center", "figure", "figcaption", "form", "fieldset",
    "address", "details", "summary", "caption", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
})  # fmt: skip
_NAVIGATION = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DIGITS = re.compile(r"\s*(\d{1,6})")
_CELLS = frozenset({"td", "th"})
_PARTS_OF_TABLE = frozenset(["tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "col"])


class Flow:
    """Turns elements into lines; `first_line` and `page` say where the text of the elements begins in its file."""

    def __init__(self, first_line: int | None = None, page: int | None = None) -> None:
        self._first_line = first_line
        self._page = page
        self._items: dict[html.HtmlElement, int] = {}

    def drafts(self, root: html.HtmlElement) -> Iterator[Draft]:
        """Return the lines and rows under an element in reading order."""
        text: list[str] = []
        source: int | None = None
        for piece in self._pieces(root):
            if isinstance(piece, str):
                text.append(piece)
                continue
            yield from self._lines(text, source)
            text = []
            if isinstance(piece, Draft):
                yield piece
                source = piece.source
            else:
                source = self._source(piece)
        yield from self._lines(text, source)

    def _source(self, element: html.HtmlElement) -> int | None:
        if self._first_line is None:
            return None
        return self._first_line + max(0, (element.sourceline or 1) - 1)

    def _lines(self, text: list[str], source: int | None) -> Iterator[Draft]:
        for line in "".join(text).split("\n"):
            if collapsed := " ".join(line.split()):
                yield Draft(text=collapsed, page=self._page, source=source)

    def _pieces(self, element: html.HtmlElement) -> Iterator["str | Draft | html.HtmlElement"]:
        """Return texts, rows, and for each block its element where it begins and where it ends."""
        if _is_dropped(element):
            return
        if element.tag == "br":
            yield "\n"
        elif element.tag == "table" and not _is_layout(element):
            yield element
            yield from self._rows(element)
        else:
            yield from self._inner(element)

    def _inner(self, element: html.HtmlElement) -> Iterator["str | Draft | html.HtmlElement"]:
        is_block = element.tag in _BLOCKS
        if is_block:
            yield element
        yield self._label(element)
        yield _collapsed(element, element.text)
        for child in element:
            yield from self._pieces(child)
            yield _collapsed(element, child.tail)
        if is_block:
            yield element

    def _rows(self, table: html.HtmlElement) -> Iterator[Draft]:
        for caption in table.findall("caption"):
            yield from self.drafts(caption)
        identity = Table()
        rows = [element for element in _own(table, "tr") if not _is_dropped(element)]
        texts = spread([_spanned(cell) for cell in _cells(element)] for element in rows)
        drafts = []
        for element, cells in zip(rows, texts, strict=True):
            drafts.append(row(cells, identity, page=self._page, source=self._source(element)))
            drafts.extend(self._strays(element))
        yield from framed(drafts)
        for element in (table, *_own(table, "thead"), *_own(table, "tbody"), *_own(table, "tfoot")):
            yield from self._strays(element)

    def _strays(self, element: html.HtmlElement) -> Iterator[Draft]:
        """Return what stands inside a table or row but in no cell: nothing a person wrote may get lost."""
        source = self._source(element)
        yield from self._lines([element.text or "", *(child.tail or "" for child in element)], source)
        for child in element:
            if child.tag not in _PARTS_OF_TABLE or (child.tag in _CELLS and element.tag != "tr"):
                yield from self.drafts(child)

    def _label(self, element: html.HtmlElement) -> str:
        """Return the number that a browser puts before an item of an ordered list."""
        parent = element.getparent()
        if element.tag != "li" or parent is None or parent.tag != "ol":
            return ""
        following = self._items.get(parent, _number(parent.get("start"), 1))
        number = _number(element.get("value"), following)
        self._items[parent] = number + 1
        return numeral(number, _LIST_FORMATS.get(parent.get("type") or "", "decimal")) + ". "


def _own(table: html.HtmlElement, tag: str) -> Iterator[html.HtmlElement]:
    """Return a table's own parts, not those of a table inside it; stray tags between them do not matter."""
    return (element for element in table.iter(tag) if next(element.iterancestors("table")) is table)


def _cells(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in element if cell.tag in _CELLS and not _is_dropped(cell))


def _is_dropped(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    return element.get("role") in _NAVIGATION or _HIDDEN.search(element.get("style") or "") is not None


def _is_layout(table: html.HtmlElement) -> bool:
    """Tell a table that only places other things on the page: one inside it has more cells than itself."""
    if (nested := table.find(".//table")) is None:
        return False
    own = sum(1 for element in _own(table, "tr") for _ in _cells(element))
    return sum(1 for _ in nested.iter(*_CELLS)) > own


def _number(attribute: str | None, default: int) -> int:
    found = _DIGITS.match(attribute or "")
    return int(found[1]) if found else default


def _collapsed(element: html.HtmlElement, text: str | None) -> str:
    if not text or element.tag == "pre":
        return text or ""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _spanned(cell: html.HtmlElement) -> SpannedCell:
    texts = [draft.text.replace("\t", " ") for draft in Flow().drafts(cell)]
    return SpannedCell("\n".join(texts), _number(cell.get("colspan"), 1), _number(cell.get("rowspan"), 1))
