"""Kafka's jars: fetched once by Maven, at the versions that pom.xml pins, into a folder named after them."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.errors import EmbeddedError

_HERE = Path(__file__).resolve().parent
#: Forty megabytes over a slow line.
_SECONDS = 900


class NoArtefacts(EmbeddedError):
    """Kafka's jars are not there and could not be fetched."""

    def __init__(self, reason: str) -> None:
        """Say what Maven said."""
        super().__init__(
            "无法取得 Apache Kafka 的程序包：需要 Maven（mvn）和可用的 Maven 仓库。\n"
            f"Apache Kafka's artefacts could not be fetched: Maven (mvn) and a repository are needed.\n{reason}"
        )


def logging_configuration() -> Path:
    """Return the file that says what Kafka logs."""
    return _HERE / "log4j2.properties"


def kafka_jars(home: Path) -> Path:
    """Return the folder of jars under `home`, fetched if it is not there yet. Raises NoArtefacts."""
    pins = hashlib.sha256((_HERE / "pom.xml").read_bytes()).hexdigest()[:12]
    folder = home / f"kafka-{pins}"
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise NoArtefacts("mvn: not found")
    make_own_folder(home, mode=0o755)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=home) as partial:
        _fetch(maven, Path(partial) / "jars")
        try:
            (Path(partial) / "jars").rename(folder)
        except OSError:
            if not folder.exists():  # else somebody was faster, and theirs are the same
                raise
    return folder


def _fetch(maven: str, target: Path) -> None:
    command = [maven, "--quiet", "--batch-mode", "--file", str(_HERE / "pom.xml"), "dependency:copy-dependencies"]
    command += [f"-DoutputDirectory={target}", "-Dmdep.useBaseVersion=true"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoArtefacts(f"mvn: {error}") from None
    if run.returncode != 0 or not any(target.glob("kafka_*.jar")):
        raise NoArtefacts((run.stdout + run.stderr)[-2000:])
