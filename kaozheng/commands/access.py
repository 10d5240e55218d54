"""Commands that say where a service answers and issue staff tokens of the embedded stack."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from kaozheng.launcher.roles import ROLES
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

Role = Annotated[str, typer.Option(help=f"角色 one of: {', '.join(ROLES)}")]
Subject = Annotated[str | None, typer.Option(help="谁；默认与角色同名加 -1。 Who; the role's name and -1 by default.")]
Institution = Annotated[UUID | None, typer.Option(help="所属院校。 The school it acts for.")]
Scopes = Annotated[str, typer.Option(help="额外的权限，空格分隔。 More scopes, space separated.")]
Minutes = Annotated[int, typer.Option(min=1, help="有效分钟数。 Minutes it is valid.")]


def url(service: Annotated[str, typer.Argument(help="服务 registration, exam, …")]) -> None:
    """打印一个服务的地址。 Print the address of a service."""
    typer.echo(RunningStack(State(LauncherSettings().state_dir)).url(service))


def token(
    *,
    role: Role,
    subject: Subject = None,
    institution_id: Institution = None,
    scopes: Scopes = "",
    minutes: Minutes = 480,
) -> None:
    """签发一个工作人员令牌并打印。 Print a staff token."""
    stack = RunningStack(State(LauncherSettings().state_dir))
    issued = stack.issue(
        role,
        subject or f"{role}-1",
        institution_id=institution_id,
        scopes=scopes.split(),
        lifetime=timedelta(minutes=minutes),
    )
    typer.echo(issued)
