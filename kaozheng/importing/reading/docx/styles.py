"""What paragraph styles say about numbers and tables of contents."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from kaozheng.importing.reading.docx.names import child, children, value, whole

_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class NumberProperties:
    """Which list a paragraph is numbered by, and on which level; list 0 means by none."""

    number: int | None
    level: int | None

    def over(self, below: "NumberProperties") -> "NumberProperties":
        """Return these, and where they say nothing, those below."""
        return NumberProperties(
            below.number if self.number is None else self.number, below.level if self.level is None else self.level
        )


NOTHING = NumberProperties(None, None)


def number_properties(properties: Element | None) -> NumberProperties:
    """Return what the properties of a paragraph or style say about its number."""
    found = child(properties, "numPr")
    return NumberProperties(whole(child(found, "numId")), whole(child(found, "ilvl")))


class Styles:
    """The paragraph styles of a document, by id."""

    def __init__(self, root: Element | None) -> None:
        """Read them; a document may have none."""
        self._styles = {} if root is None else {value(style, "styleId"): style for style in children(root, "style")}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}
            ),
            None,
        )

    def number(self, name: str | None) -> NumberProperties:
        """Return how paragraphs of a style are numbered, by it or by one that it is based on."""
        found = NOTHING
        for style in self._line(name):
            found = found.over(number_properties(child(style, "pPr")))
        return found

    def is_contents(self, name: str | None) -> bool:
        """Tell whether it is a style of a table of contents."""
        return any((value(child(style, "name")) or "").lower().startswith("toc ") for style in self._line(name))

    def _line(self, name: str | None) -> list[Element]:
        line: list[Element] = []
        name = name or self._default
        while name in self._styles and len(line) < _ANCESTORS:
            line.append(self._styles[name])
            name = value(child(line[-1], "basedOn"))
        return line
