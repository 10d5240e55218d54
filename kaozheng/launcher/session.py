"""A stack for the length of one job: on free ports, with data of its own that is thrown away afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from kaozheng.launcher import locks
from kaozheng.launcher.control import Control, Tell
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.settings import LauncherSettings


@contextmanager
def session(settings: LauncherSettings, tell: Tell) -> Iterator[RunningStack]:
    """Start a fresh stack in the settings' state folder, stop it in any case. Logs stay. Raises Busy."""
    control = Control(settings, tell)
    state = control.state
    state.prepare()
    with locks.held(state.folder / "session.lock"):
        control.down()  # a killed session may have left one
        state.remove_data()
        try:
            control.up(free_ports=True)
            yield RunningStack(state)
        finally:
            control.down()
            state.remove_data()
