"""Writes indented lines in both languages to a terminal, or whole lines to a pipe."""

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from kaozheng.commands.standards.wrapping import wrap
from kaozheng.commands.visible import visible

_STEP = 2
#: Narrower than this nothing reads well; wider than that, lines are too long for the eye.
_NARROWEST, _WIDEST = 24, 110
_WIDE_ENOUGH = 400


class Paper:
    """A place to write on. In a terminal lines are wrapped; in a pipe each item stays one line, for grep."""

    def __init__(self, *, err: bool = False) -> None:
        """Write to stdout, or to stderr."""
        self.console = Console(stderr=err, highlight=False, soft_wrap=True)
        if not self.console.is_terminal:
            self.console.width = _WIDE_ENOUGH

    def line(self, text: str = "", *, mark: str = "", indent: int = 0, style: str = "") -> None:
        """Write a line; `mark` is its number, under which no text stands."""
        text, mark = visible(text).replace("\n", " "), visible(mark)
        margin = " " * _STEP * indent
        first = f"{margin}{mark} " if mark else margin
        hanging = " " * min(cell_len(first), self._width // 2)
        lines = wrap(text, self._width, first=first, rest=hanging) if self.console.is_terminal else [first + text]
        for each in lines:
            self.console.print(Text(each.rstrip(), Style.parse(style)))

    def both(self, zh: str, en: str | None, *, mark: str = "", indent: int = 0, style: str = "") -> None:
        """Write a title in both languages, side by side."""
        self.line(f"{zh}  {en}" if en else zh, mark=mark, indent=indent, style=style)

    def below(self, zh: str, en: str | None, *, mark: str = "", indent: int = 0) -> None:
        """Write a description, its translation below it."""
        self.line(zh, mark=mark, indent=indent)
        if en:
            blank = " " * cell_len(mark)
            self.line(en, mark=blank, indent=indent, style="dim")

    def heading(self, zh: str, en: str) -> None:
        """Begin a part."""
        self.line()
        self.both(zh, en, style="bold cyan")

    def table(self, table: Table) -> None:
        """Write a table; in a pipe as wide as it needs to be."""
        self.console.print(table, soft_wrap=False)

    @property
    def _width(self) -> int:
        return max(_NARROWEST, min(self.console.width, _WIDEST))
