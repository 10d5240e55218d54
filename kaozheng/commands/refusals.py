"""How the program tells a refusal: to people in both languages with every place, to programs as JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import typer

from kaozheng.commands.visible import visible
from kaozheng.embedded.errors import EmbeddedError
from shared.errors import FieldError, ServiceError


def in_words(refusal: ServiceError) -> str:
    """Return what a person reads: Chinese, English, then each fault with its place."""
    lines = [refusal.message("zh"), refusal.message("en")]
    for fault in refusal.errors:
        lines += [f"  {fault.pointer}: {fault.zh}", f"  {' ' * len(fault.pointer)}  {fault.en}"]
    return visible("\n".join(lines))


def as_data(refusal: ServiceError | EmbeddedError) -> dict[str, Any]:
    """Return what a program reads. The stack's own failures have one message in both languages."""
    if isinstance(refusal, EmbeddedError):
        return {"slug": "stack-failure", "message": str(refusal), "message_en": str(refusal), "errors": []}
    return {
        "slug": refusal.slug,
        "message": refusal.message("zh"),
        "message_en": refusal.message("en"),
        "errors": [_fault(fault) for fault in refusal.errors],
    }


@contextmanager
def told(*, as_json: bool) -> Iterator[None]:
    """With `--json`, answer a refusal on stdout and end with status 1; without, leave it to the program."""
    try:
        yield
    except (ServiceError, EmbeddedError) as refusal:
        if not as_json:
            raise
        from kaozheng.commands.answers import put_json

        put_json({"error": as_data(refusal)})
        raise typer.Exit(1) from None


def _fault(fault: FieldError) -> dict[str, Any]:
    """Return all that a fault knows; those of a file have `line` and `column` too."""
    names = {"zh": "message", "en": "message_en"}
    return {names.get(name, name): value for name, value in asdict(fault).items()}
