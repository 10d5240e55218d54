"""`kaozheng standards …`: list, show, export, import, compare and search standards; print and check blueprints."""

import typer

from kaozheng.commands.standards import blueprints, comparing, exporting, importing, listing, searching, showing

app = typer.Typer(
    help="职业技能等级标准：列出、查看、导入、比较、考核方案。 Skill standards and assessment blueprints.",
    no_args_is_help=True,
)
app.command("list")(listing.list_standards)
app.command()(showing.show)
app.command()(exporting.export)
app.command()(exporting.schema)
app.command("import")(importing.import_files)
app.command()(comparing.diff)
app.command()(blueprints.blueprint)
app.command()(searching.search)
