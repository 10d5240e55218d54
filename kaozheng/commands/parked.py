"""Commands for events that a consumer has set aside because it could not handle them."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from kaozheng.commands.inside import inside, operator
from kaozheng.embedded.errors import EmbeddedError

if TYPE_CHECKING:  # the platform is loaded by the command that needs it: the program must start fast
    from shared.inbox.parking import ParkedKey
    from shared.inbox.subscription import Subscription
    from shared.service import Service

app = typer.Typer(help="搁置的事件：查看、重放、放弃。 Parked events: list, replay, discard.", no_args_is_help=True)

_console = Console()

Name = Annotated[str, typer.Argument(help="服务名。 The service whose consumer parked them.")]
Key = Annotated[str | None, typer.Option(help="只重放此键。 Only this key.")]
Number = Annotated[int, typer.Argument(help="list 显示的编号。 The number shown by `list`.")]
Reason = Annotated[str, typer.Option(help="为什么放弃，记入审计。 Why; kept in the audit trail.")]


@app.command("list")
def show(service: Name) -> None:
    """列出被搁置的键。 List the keys that wait, each with its first event."""
    waiting = inside(service, _waiting)
    table = Table("编号 no.", "主题 topic", "键 key", "类型 type", "原因 reason", "错误 error", "事件数 events")
    for key in waiting:
        numbers = (str(key.first_id), key.topic, key.key, key.type or "-", key.reason, key.error, str(key.events))
        table.add_row(*numbers)
    _console.print(table if waiting else "没有搁置的事件 nothing is parked")


@app.command()
def replay(service: Name, *, key: Key = None) -> None:
    """按原顺序重放，遇错即停。 Replay in order, key by key; a key stops at its first failure."""
    failed = inside(service, lambda built: _replay(built, key))
    if failed:
        raise EmbeddedError(f"{failed} 个键仍未成功，见上。 {failed} keys still fail, see above.")


@app.command()
def discard(service: Name, number: Number, *, reason: Reason) -> None:
    """放弃一个事件，其后的才能重放。 Give one event up, so that those behind it can be replayed."""
    if not inside(service, lambda built: _discard(built, number, reason)):
        raise EmbeddedError(f"没有编号 {number}。 Nothing is parked under {number}.")
    _console.print(f"已放弃 discarded {number}")


def _subscription(service: "Service") -> "Subscription":
    if service.subscription is None:
        raise EmbeddedError(f"{service.name} 不接收事件。 {service.name} listens to no events.")
    return service.subscription


async def _waiting(service: "Service") -> "list[ParkedKey]":
    from shared.inbox import parking

    return await parking.parked(service.engine, _subscription(service).consumer)


async def _replay(service: "Service", key: str | None) -> int:
    from shared.inbox import parking

    failed = 0
    for waiting in await _waiting(service):
        if key not in (None, waiting.key):
            continue
        await _record(service, "parked_event.replay", waiting.key, {"topic": waiting.topic})
        done = await parking.replay(service.work, _subscription(service), waiting.topic, waiting.key)
        _console.print(f"{waiting.topic} {waiting.key}: 已处理 applied {done.applied} {done.error}", highlight=False)
        failed += bool(done.error)
    return failed


async def _discard(service: "Service", number: int, reason: str) -> bool:
    from shared.inbox import parking

    consumer = _subscription(service).consumer
    if number not in {waiting.first_id for waiting in await _waiting(service)}:
        return False
    # First the decision, then the deed: a kill in between leaves a decision without effect, never the reverse.
    await _record(service, "parked_event.discard", str(number), {"reason": reason})
    return await parking.discard(service.work, consumer, number)


async def _record(service: "Service", action: str, subject: str, detail: dict[str, str]) -> None:
    from shared import audit

    async with service.work() as work:
        await audit.record(work, operator(), action, subject, detail)
