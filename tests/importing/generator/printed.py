"""Renders blocks as PDF: ruled tables over page breaks, running header and page numbers."""

import json
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from tests.importing.generator.blocks import Block, Heading, Table
from tests.importing.generator.html import span

_TEMPLATE = r"""
#let data = json(bytes(sys.inputs.data))
#set page(width: 21cm, height: data.height * 1cm, margin: 2cm, numbering: "1", header: align(center, data.title))
#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 10pt, lang: "zh", region: "cn")
#for each in data.blocks {
  if each.kind == "table" {
    table(columns: (2.6cm, 3.6cm, 1fr), stroke: 0.5pt, ..each.cells.map(cell =>
      table.cell(x: cell.x, y: cell.y, rowspan: cell.rows, breakable: true, cell.texts.join(parbreak()))))
  } else if each.kind == "heading" {
    block(strong(each.text))
  } else {
    par(each.text)
  }
}
"""


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def write_pdf(blocks: list[Block], title: str, height: float, path: Path) -> None:
    """Print the document."""
    data = {"title": title, "height": height, "blocks": [_described(block) for block in blocks]}
    source = path.with_suffix(".typ")
    source.write_text(_TEMPLATE, "utf-8")
    typst.Compiler(str(source), font_paths=_fonts()).compile(
        output=str(path), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
    )
    source.unlink()


def _described(block: Block) -> dict[str, object]:
    if isinstance(block, Table):
        cells = [
            {"x": c, "y": r, "rows": span(block, r, c), "texts": list(cell)}
            for r, row in enumerate(block.rows)
            for c, cell in enumerate(row)
            if cell is not None
        ]
        return {"kind": "table", "cells": cells}
    return {"kind": "heading" if isinstance(block, Heading) else "text", "text": block.text}
