"""`python -m tests.containers kaozheng demo`: a command with Kafka and PostgreSQL in containers as long as it runs."""

import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kaozheng.embedded import environment
from kaozheng.embedded.errors import EmbeddedError
from tests.containers.engine import make_ready
from tests.containers.servers import running


def main(command: list[str]) -> int:
    """Run the command; return its status, or 1 if there is nothing to run it on."""
    try:
        make_ready()
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with TemporaryDirectory(prefix="kaozheng-containers-") as folder, running(Path(folder)) as servers:
        whole = environment.inherited() | environment.configured() | servers.environment
        signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the command too: the servers outlive it
        with subprocess.Popen(command, env=whole) as child:
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
