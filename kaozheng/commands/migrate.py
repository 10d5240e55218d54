"""The command that brings databases to the schema of this code."""

import subprocess
import sys
from typing import Annotated

import typer

from kaozheng.commands.inside import environment_of
from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.settings import PROJECT, LauncherSettings

Service = Annotated[str | None, typer.Argument(help="服务名，省略则全部。 A service; all if left out.")]


def migrate(service: Service = None) -> None:
    """迁移数据库到当前版本（make up 会自动执行）。 Migrate databases; make up does it by itself."""
    for name in (service,) if service else LauncherSettings().services:
        command = [sys.executable, "-m", f"services.{name}.main", "migrate"]
        done = subprocess.run(command, env=environment_of(name), cwd=PROJECT, check=False)
        if done.returncode:
            raise EmbeddedError(f"{name} 迁移失败，见上。 Migration of {name} failed, see above.")
        typer.echo(f"{name}: 已是最新 up to date")
