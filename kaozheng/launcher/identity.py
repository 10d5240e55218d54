"""Which process is meant: a pid is used again after a while, a pid with its start time is not."""

from typing import Self

import psutil
from pydantic import BaseModel

from kaozheng.embedded.ports import is_running

#: Start times are kept in clock ticks; reading one twice may differ by rounding.
_TOLERANCE_SECONDS = 0.05


class Identity(BaseModel, frozen=True):
    """One process of this machine, for good."""

    pid: int
    created: float

    @classmethod
    def of(cls, process: psutil.Process) -> Self:
        """Return the identity of a process that runs now."""
        return cls(pid=process.pid, created=process.create_time())

    def process(self) -> psutil.Process | None:
        """Return the process if it still runs, None if it ended, even if its pid now belongs to another."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < _TOLERANCE_SECONDS
        except psutil.NoSuchProcess:
            return None
        return process if same and is_running(process) else None
