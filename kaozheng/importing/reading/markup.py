"""HTML: a whole page saved from a browser, and the tables that OCR tools leave inside plain text."""

from collections.abc import Iterator

from lxml import etree, html

from kaozheng.importing.reading.blocks import Flow
from kaozheng.importing.reading.draft import Draft
from kaozheng.importing.reading.refusal import Refused

_TOO_DEEP = "Excessive depth"


def read_page(text: str) -> list[Draft]:
    """Return the text of a page as lines, tables as rows; scripts, styles, navigation and hidden parts are dropped."""
    return list(Flow().drafts(_parsed(text)))


def read_fragment(text: str, first_line: int, page: int | None) -> Iterator[Draft]:
    """Return the rows of the tables in a piece of a text file, each with the file's line that it begins on."""
    flow = Flow(first_line=first_line, page=page)
    yield from flow.drafts(_parsed(f"<div>{text}</div>"))


def _parsed(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        # NUL ends the text for libxml2: all after it would be lost without a word
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused(f"HTML 无法解析（{error}）。", f"the HTML cannot be parsed ({error})") from None
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise Refused("HTML 嵌套过深。", "the HTML is nested too deeply")
    return root
