"""`kaozheng standards show`: a standard, a level or a branch of it, to read in the terminal or as a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaozheng.commands.answers import put_json, write
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Code, Json, Level, Search

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from kaozheng.commands.standards.chosen import Chosen

Html = Annotated[Path | None, typer.Option("--html", help="写成可阅读和打印的网页。 Write a page to read and print.")]


def show(code: Code, *, level: Level = None, search: Search = None, as_json: Json = False, html: Html = None) -> None:
    """显示一项标准、一个等级或其中一支。 Show a standard, a level, or a branch of it."""
    with told(as_json=as_json):
        from kaozheng.commands.standards import stored
        from kaozheng.commands.standards.chosen import choose

        chosen = choose(stored.catalogue(), code, level=level)
        if html is not None:
            from kaozheng.commands.standards.pages.standard_page import page

            write(html, page(chosen, stored.origin(chosen.standard)))
            typer.echo(f"已写入 written: {html}", err=True)
        if search is not None:
            from kaozheng.commands.standards.searching import answer

            answer((chosen.standard,), search, level=chosen.level, within=chosen.code, as_json=as_json)
        elif as_json:
            put_json(_data(chosen))
        elif html is None:
            _print(chosen, stored.origin(chosen.standard))


def _data(chosen: "Chosen") -> dict[str, Any]:
    standard = chosen.standard
    if chosen.item is None:
        return standard.model_dump(mode="json")
    return {"standard": head(chosen), "kind": chosen.kind, "item": chosen.item.model_dump(mode="json")}


def head(chosen: "Chosen") -> dict[str, Any]:
    """Return which standard something belongs to."""
    return chosen.standard.model_dump(mode="json", include={"code", "title", "title_en", "number", "edition"})


def _print(chosen: "Chosen", origin: str) -> None:
    from kaozheng.commands.standards import preamble_text, tree_text
    from kaozheng.commands.standards.paper import Paper

    paper = Paper()
    preamble_text.write_head(paper, chosen.standard, origin)
    if chosen.item is not None:
        tree_text.write(chosen.item, paper)
        return
    preamble_text.write_preamble(paper, chosen.standard)
    tree_text.write_rules(paper, chosen.standard)
    for level in chosen.standard.levels:
        tree_text.write(level, paper)
