"""`python -m tests.deploy.smoke <secrets>`: the main job on the compose stack that runs on this host."""

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from kaozheng.demo.run import run
from kaozheng.embedded.databases import SERVICES
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import Record, State

_CANDIDATES = 60


def main(secrets: Path) -> int:
    """Return 1 if a sum does not hold; staff tokens are signed with the key that `secrets.sh` made."""
    ports = LauncherSettings(broker="embedded").wanted_ports()
    with TemporaryDirectory(prefix="kaozheng-smoke-") as folder:
        state = State(Path(folder))
        state.prepare()
        shutil.copy(secrets / "staff-key.pem", state.secrets)
        state.write(Record(ports={service: ports[service] for service in SERVICES}))
        broken = asyncio.run(
            run(
                RunningStack(state, moves=False),
                candidates=_CANDIDATES,
                seed=1,
                folder=state.folder,
                console=Console(),
            )
        )
    for promise in broken:
        sys.stderr.write(f"{promise}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
