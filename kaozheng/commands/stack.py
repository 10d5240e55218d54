"""Commands that start, stop and show the stack."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kaozheng.embedded.ports import LOOPBACK
from kaozheng.launcher import status as measured
from kaozheng.launcher.control import Control
from kaozheng.launcher.environment import service_url
from kaozheng.launcher.session import stop_abandoned
from kaozheng.launcher.settings import LauncherSettings, is_service
from kaozheng.launcher.state import State

_MEGABYTE = 1 << 20
_MINUTE = 60

_console = Console()

FreePorts = Annotated[bool, typer.Option("--free-ports", help="改用空闲端口。 Take free ports.")]
Foreground = Annotated[bool, typer.Option("--foreground", help="留在前台，Ctrl-C 停止。 Stay until Ctrl-C.")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。 Do not ask.")]


def up(*, free_ports: FreePorts = False, foreground: Foreground = False) -> None:
    """启动全部服务；已在运行则直接显示地址。 Start everything, or join what runs."""
    control = Control(LauncherSettings(), _tell)
    if foreground:
        raise typer.Exit(control.run_here(free_ports=free_ports))
    started = control.up(free_ports=free_ports)
    _console.print("[green]已就绪 ready[/]" if started else "[green]已在运行 it runs already[/]")
    show_addresses(control.state)


def down() -> None:
    """停止全部服务，数据保留。 Stop everything; data stays."""
    settings = LauncherSettings()
    stopped = Control(settings, _tell).down()
    stopped = stop_abandoned(settings, _tell) or stopped
    _console.print("已停止 stopped" if stopped else "没有在运行 nothing was running")


def status() -> None:
    """逐个进程的健康状况；有不健康者退出码为 1。 Health of each process; status 1 unless all is well."""
    settings = LauncherSettings()
    rows = measured.rows(State(settings.state_dir), settings)
    table = Table(
        "进程\nprocess", "\nPID", "端口\nport", "健康\nhealth", "运行\nuptime", "内存\nmemory", "重启\nrestarts"
    )
    for row in rows:
        colour = "green" if row.is_healthy else "red"
        table.add_row(
            row.name,
            str(row.pid or "-"),
            str(row.port or "-"),
            f"[{colour}]{row.health}[/]",
            _duration(row.uptime_seconds),
            f"{row.memory_bytes // _MEGABYTE} MB" if row.memory_bytes else "-",
            str(row.restarts),
        )
    _console.print(table)
    if not all(row.is_healthy for row in rows):
        _console.print("启动 start: make up    日志 logs: make logs")
        raise typer.Exit(1)


def clean(*, yes: Yes = False) -> None:
    """停止并删除全部本地数据、密钥和日志。 Stop, then delete all local data, keys and logs."""
    settings = LauncherSettings()
    control = Control(settings, _tell)
    if not control.state.folder.exists():
        return
    if not yes:
        typer.confirm(f"删除 delete {control.state.folder}?", abort=True)
    stop_abandoned(settings, _tell)
    control.down()
    control.state.remove()


def show_addresses(state: State) -> None:
    """Print every address of the stack and how to go on."""
    ports = state.read().ports
    services = [name for name in ports if is_service(name)]
    if services:
        table = Table("服务 service", "API", "文档 docs")
        for name in services:
            url = service_url(ports, name)
            table.add_row(name, url, f"{url}/docs")
        _console.print(table, no_wrap=True, overflow="ignore", crop=False)
    for name, port in ports.items():
        if not is_service(name):
            _console.print(f"{name}: {LOOPBACK}:{port}", highlight=False)
    if services:
        _console.print("令牌 token: .venv/bin/kaozheng token --role exam-officer", soft_wrap=True)
        _console.print("停止 stop: make down    状态 status: make status    日志 logs: make logs")
        return
    nodes = ",".join(f"{LOOPBACK}:{ports[name]}" for name in LauncherSettings().broker_nodes if name in ports)
    _console.print(f"export KAOZHENG_KAFKA_BOOTSTRAP_SERVERS={nodes}", highlight=False, soft_wrap=True)


def _tell(line: str) -> None:
    _console.print(f"  {line}", style="dim", highlight=False)


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    minutes, rest = divmod(int(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}"
