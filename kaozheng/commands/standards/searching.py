"""`kaozheng standards search`: finds words in standards, in either language."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from kaozheng.commands.answers import put_json
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Json, Level, LevelName

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from shared.standards.model import SkillStandard
    from shared.standards.searching import Hit

Words = Annotated[list[str], typer.Argument(help="词语，须全部出现。 Words; all of them must occur.", metavar="WORDS")]
Standard = Annotated[str | None, typer.Option(help="只在此标准中查找。 Only in this standard.")]


def search(words: Words, *, standard: Standard = None, level: Level = None, as_json: Json = False) -> None:
    """在标准中查找。 Search the standards."""
    with told(as_json=as_json):
        from kaozheng.commands.standards import stored
        from kaozheng.commands.standards.chosen import whole

        catalogue = stored.catalogue()
        searched = (whole(catalogue, standard),) if standard else catalogue.standards()
        answer(searched, " ".join(words), level=level, within=None, as_json=as_json)


def answer(
    searched: "Iterable[SkillStandard]", words: str, *, level: LevelName | None, within: str | None, as_json: bool
) -> None:
    """Print what holds all the words; `within` is the code of an item that they must lie in."""
    from shared.standards.searching import search as search_in

    hits = [hit for hit in search_in(tuple(searched), words, level=level) if _lies_in(hit.code, within)]
    if as_json:
        put_json({"search": words, "hits": [hit.model_dump(mode="json") for hit in hits]})
        return
    _print(hits)


def _lies_in(code: str | None, within: str | None) -> bool:
    if within is None or code is None:
        return within is None
    return code == within or code.startswith((f"{within}:", f"{within}."))


def _print(hits: "list[Hit]") -> None:
    from kaozheng.commands.standards.paper import Paper

    paper = Paper()
    for hit in hits:
        mark = hit.code or f"{hit.standard} {hit.clause}"
        paper.both(hit.title or hit.description or "", hit.title_en or hit.description_en, mark=mark)
    paper.line(f"找到 {len(hits)} 项 found {len(hits)}", style="dim")
