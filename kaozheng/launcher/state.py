"""The state folder: what runs, where its logs, secrets and data are."""

import hashlib
import os
import shutil
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from kaozheng.embedded.account import make_own_folder
from kaozheng.launcher.identity import Identity
from shared.clock import MovableClock

_ROOT_HOME = Path("/var/lib/kaozheng")


class Phase(StrEnum):
    """How far the stack is."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


class Record(BaseModel):
    """What the supervisor last wrote down."""

    phase: Phase = Phase.STOPPED
    detail: str = ""
    supervisor: Identity | None = None
    ports: dict[str, int] = Field(default_factory=dict)
    processes: dict[str, Identity] = Field(default_factory=dict)
    restarts: dict[str, int] = Field(default_factory=dict)


class State:
    """One state folder; all reading and writing of it goes through here."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made on first use, for us alone."""
        self.folder = folder.resolve()

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.folder, self.secrets, self.logs, self.standards):
            make_own_folder(folder, mode=0o700)

    def remove_data(self) -> None:
        """Remove the databases, the broker's log, the keys without which nothing could be read, and the moved clock."""
        self.clock.reset()
        for folder in (self.postgres_home, self.broker_home, self.secrets):
            shutil.rmtree(folder, ignore_errors=True)

    def remove(self) -> None:
        """Remove everything: data, keys, logs, imported standards."""
        self.remove_data()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def supervisor_lock(self) -> Path:
        """Held as long as a supervisor lives."""
        return self.folder / "supervisor.lock"

    @property
    def session_lock(self) -> Path:
        """Held as long as the job lives that this stack was started for."""
        return self.folder / "session.lock"

    @property
    def command_lock(self) -> Path:
        """Held while a command changes what runs."""
        return self.folder / "command.lock"

    @property
    def secrets(self) -> Path:
        """Keys and passwords."""
        return self.folder / "secrets"

    @property
    def logs(self) -> Path:
        """One log file per component."""
        return self.folder / "logs"

    @property
    def standards(self) -> Path:
        """The operator's own standards and blueprints."""
        return self.folder / "standards"

    @property
    def clock(self) -> MovableClock:
        """The one clock that everything in this stack lives by."""
        return MovableClock(self.clock_file)

    @property
    def clock_file(self) -> Path:
        """How far the clock is ahead of the machine's; not there as long as nobody has moved it."""
        return self.folder / "clock"

    def log(self, name: str) -> Path:
        """Return the log file of a component."""
        return self.logs / f"{name}.log"

    @property
    def broker_home(self) -> Path:
        """Where the broker runs; the embedded one stores nothing there, Apache Kafka its log."""
        return self.folder / "broker"

    @property
    def postgres_home(self) -> Path:
        """Where the databases are.

        As root the server runs as another account, which may not be able to pass the folders above ours: then the
        data is kept under /var/lib, in a folder that bears a hash of this one's path.
        """
        if os.geteuid() != 0:
            return self.folder / "postgres"
        return _ROOT_HOME / hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]

    def read(self) -> Record:
        """Return the last record; an empty one if there is none, or none that can be read."""
        try:
            return Record.model_validate_json((self.folder / "stack.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            return Record()

    def write(self, record: Record) -> None:
        """Replace the record in one step, so that a kill leaves the old one or the new one."""
        partial = self.folder / f"stack.json.{os.getpid()}"
        partial.write_text(record.model_dump_json(indent=1))
        partial.replace(self.folder / "stack.json")
