"""`make stories`: every story on one stack, a line for each."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from kaozheng.launcher.settings import LauncherSettings
from tests.stories.support.discovery import NoStory, chosen
from tests.stories.support.shared import shared_stack
from tests.stories.support.telling import Told, tell_all

#: What a story may take on the shared stack of an idle machine with two cores: told, never asserted.
_SECONDS = 3.0


def main() -> int:
    """Return 1 if a story failed, 2 if there is no such story."""
    asked = _arguments()
    try:
        stories = chosen(asked.names)
    except NoStory as none:
        sys.stderr.write(f"{none}\n")
        return 2
    folder = LauncherSettings().state_dir / "stories"
    with shared_stack(folder) as shared:
        told = asyncio.run(tell_all(shared, stories, lambda one: _print(one.line)))
    failed = [one for one in told if one.error]
    for one in failed:
        (folder / f"{one.name}.log").write_text(one.traceback, encoding="utf-8")
        if asked.verbose:
            sys.stderr.write(one.traceback)
    _tell_slow(told)
    if failed:
        _print(f"详情 tracebacks: {folder}/<name>.log · 日志 logs: {folder}/state/logs")
    return int(bool(failed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stories", description=__doc__)
    parser.add_argument("names", nargs="*", help="哪些故事，缺省为全部。 Which stories; all without.")
    parser.add_argument("-v", "--verbose", action="store_true", help="显示全部回溯。 Show tracebacks.")
    return parser.parse_args()


def _tell_slow(told: Sequence[Told]) -> None:
    slow = [f"{one.name} {one.seconds:.2f}" for one in told if one.seconds > _SECONDS]
    if slow:
        _print(f"超过 over {_SECONDS:.0f} s: {', '.join(slow)}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
