"""A stack for the length of one job: on free ports, with data of its own that is thrown away afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from kaozheng.launcher import locks
from kaozheng.launcher.control import Control, Tell
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.settings import LauncherSettings


def demo_settings(settings: LauncherSettings) -> LauncherSettings:
    """Return the settings of the demo's stack, which lives inside the state folder of the real one."""
    return settings.model_copy(update={"state_dir": settings.state_dir / "demo"})


def stop_abandoned(settings: LauncherSettings, tell: Tell) -> bool:
    """Stop the demo's stack if the demo itself was killed; True if there was one."""
    control = Control(demo_settings(settings), tell)
    state = control.state
    if not state.folder.exists() or locks.is_held(state.session_lock):
        return False
    stopped = control.down()
    state.remove_data()
    return stopped


@contextmanager
def session(settings: LauncherSettings, tell: Tell) -> Iterator[RunningStack]:
    """Start a fresh stack in the settings' state folder, stop it in any case. Logs stay. Raises Busy."""
    control = Control(settings, tell)
    state = control.state
    state.prepare()
    with locks.held(state.session_lock):
        control.down()  # a killed session may have left one
        state.remove_data()
        try:
            control.up(free_ports=True)
            yield RunningStack(state)
        finally:
            control.down()
            state.remove_data()
