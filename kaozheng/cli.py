"""The `kaozheng` program: puts the commands together and tells failures in two languages."""

import io
import sys

import typer

from kaozheng.commands import access, clock, demo, logs, migrate, parked, refusals, stack, standards
from kaozheng.embedded.errors import EmbeddedError
from shared.errors import ServiceError

_OWN = ("kaozheng", "services", "shared")

app = typer.Typer(
    help="考证：从学校的报名批次到人人可验的证书。 From a school's batch to certificates that anyone can verify.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold people's data
)
app.command()(stack.up)
app.command()(stack.down)
app.command()(stack.status)
app.command()(stack.clean)
app.command()(logs.logs)
app.command()(access.url)
app.command()(access.token)
app.command()(migrate.migrate)
app.command()(demo.demo)
app.add_typer(clock.app, name="clock")
app.add_typer(parked.app, name="parked")
app.add_typer(standards.app, name="standards")


def main() -> None:
    """Run the program; a failure that we foresaw is a message and status 1, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character is no failure
    try:
        app()
    except EmbeddedError as error:
        _fail(str(error))
    except ServiceError as refusal:
        _fail(refusals.in_words(refusal))
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in _OWN:
            raise
        _fail(
            f"缺少 {error.name}，请运行 pip install 'kaozheng[all]'。\n"
            f"{error.name} is missing: pip install 'kaozheng[all]'."
        )


def _fail(message: str) -> None:
    typer.secho(message, fg="red", err=True)
    sys.exit(1)
