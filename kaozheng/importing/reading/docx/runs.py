"""The text of a paragraph as Word shows it: insertions kept, deletions and hidden text left out."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from kaozheng.importing.reading.docx.names import alternative, child, is_on, name_of, value

_PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr"})
_DELETED = frozenset({"del", "moveFrom", "delText", "delInstrText"})
#: Instructions of fields, readings over ideographs (ruby), marks of notes and comments.
_LEFT_OUT = _PROPERTIES | _DELETED | {"instrText", "rt", "footnoteReference", "endnoteReference", "commentReference"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "pgNum": ""}
_SYMBOL_FONTS = range(0xF000, 0xF100)
_SURROGATES = 0xD800
_BULLET = "•"


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph says, and the text boxes that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text; newlines stand for breaks of lines."""
        return "".join(self.pieces)


def paragraph_text(paragraph: Element) -> ParagraphText:
    """Return what a paragraph says."""
    found = ParagraphText()
    _collect(paragraph, found)
    return found


def _collect(parent: Element, found: ParagraphText) -> None:
    for element in parent.iterchildren():
        name = name_of(element)
        if name in _LEFT_OUT or (name == "r" and is_on(child(element, "rPr", "vanish"))):
            continue
        if name == "t":
            found.pieces.append((element.text or "").replace("\n", " "))
        elif name == "txbxContent":
            found.boxes.append(element)
        elif name == "AlternateContent":
            _collect(alternative(element), found)
        else:
            found.pieces.append(_symbol(element) if name == "sym" else _SIGNS.get(name, ""))
            _collect(element, found)


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return _BULLET
    return _BULLET if code in _SYMBOL_FONTS or not 0 < code < _SURROGATES else chr(code)
