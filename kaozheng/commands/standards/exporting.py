"""`kaozheng standards export` and `schema`: the data itself, on stdout or in a file, and nothing else."""

from enum import StrEnum
from typing import Annotated

import typer

from kaozheng.commands.answers import put, put_json, write
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Code, Format, FormatOption, Json, Output


class Schema(StrEnum):
    """What there is a JSON Schema of."""

    STANDARD = "standard"
    BLUEPRINT = "blueprint"


SchemaName = Annotated[Schema, typer.Argument(help="哪一种文件。 Of which kind of file.")]


def export(code: Code, *, form: FormatOption = None, output: Output = None, as_json: Json = False) -> None:
    """导出一项标准的数据。 Print a standard as JSON or YAML, or write it to a file."""
    if as_json and form is Format.YAML:
        raise typer.BadParameter("--json 与 --format yaml 不能并用。 --json and --format yaml exclude each other.")
    with told(as_json=as_json):
        from kaozheng.commands.standards import stored
        from kaozheng.commands.standards.chosen import whole
        from shared.standards.documents import to_json, to_yaml

        standard = whole(stored.catalogue(), code)
        text = to_yaml(standard) if form is Format.YAML else to_json(standard)
        if output is None:
            put(text)
        else:
            write(output, text)
            typer.echo(f"已写入 written: {output}", err=True)


def schema(name: SchemaName = Schema.STANDARD) -> None:
    """打印数据文件的 JSON Schema。 Print the JSON Schema of a data file."""
    from shared.standards.schemas import SCHEMAS

    put_json(SCHEMAS[name]())
