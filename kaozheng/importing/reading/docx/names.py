"""Names of WordprocessingML, and looking things up by them."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = 9  # what surely fits into the 32 bits that the format gives
_OFF = frozenset({"0", "false", "off", "none"})
#: What wraps blocks, rows, cells and runs without being one; content that was moved or inserted stays.
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"})


def name_of(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the element at a path of names below another one."""
    for name in path:
        if element is None:
            return None
        element = element.find(_W + name)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    """Return the children of a name."""
    return element.iterchildren(_W + name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Return all elements of a name below another one."""
    return element.iterdescendants(_W + name)


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute."""
    return None if element is None else element.get(_W + name)


def whole(element: Element | None, name: str = "val") -> int | None:
    """Return an attribute as a whole number, None where it is none."""
    text = (value(element, name) or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and not switched off."""
    return element is not None and value(element) not in _OFF


def unwrapped(parent: Element) -> Iterator[Element]:
    """Return the children of an element, and those of wrappers around them; of alternatives the first."""
    for element in parent.iterchildren():
        name = name_of(element)
        if name == "AlternateContent":
            yield from unwrapped(alternative(element))
        elif name in _WRAPPERS:
            yield from unwrapped(element)
        else:
            yield element


def alternative(element: Element) -> Element:
    """Return which of several forms of the same content to read."""
    return next((form for form in element.iterchildren() if name_of(form) in {"Choice", "Fallback"}), element)
