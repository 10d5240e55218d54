"""`python -m kaozheng.contracts export|check|asyncapi`."""

from pathlib import Path
from typing import Annotated

import typer

from kaozheng.contracts import asyncapi, gate
from kaozheng.contracts.store import CHECKED_IN, Store

app = typer.Typer(
    help="事件契约：导出、检查、生成文档。 Event contracts: export, check, generate.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Option(help="契约目录。 The folder of the contracts.")]
Output = Annotated[Path, typer.Option(help="输出文件。 The file to write.")]


@app.command()
def export(folder: Folder = CHECKED_IN) -> None:
    """写出当前事件类的模式，保留历史版本。 Write the schemas of the current classes, keep older revisions."""
    written, faults = gate.export(Store(folder))
    _refuse(faults)
    typer.echo(f"已更新 {len(written)} 个模式。 {len(written)} schemas written.")


@app.command()
def check(folder: Folder = CHECKED_IN) -> None:
    """检查命名、兼容性、模式文件与示例。 Check names, compatibility, schema files and examples."""
    _refuse([*gate.check(Store(folder)), *asyncapi.stale()])
    typer.echo("事件契约检查通过。 The event contracts hold.")


@app.command("asyncapi")
def document(output: Output = asyncapi.CHECKED_IN) -> None:
    """生成 AsyncAPI 文档。 Generate the AsyncAPI document."""
    output.write_text(asyncapi.text(), "utf-8")
    typer.echo(f"已写入 {output.name}。 {output.name} written.")


def _refuse(faults: list[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
