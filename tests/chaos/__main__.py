"""`python -m tests.chaos --seed 7 --candidates 300`: one storm after another, each with its seed printed."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos import report
from tests.chaos.schedule import EVERY, Kind
from tests.chaos.storm import Wish, storm
from tests.chaos.wiring import wired


def main() -> int:
    """Run the storms; return 1 if any broke a promise."""
    arguments = _arguments()
    until = time.monotonic() + 60 * arguments.minutes
    lines: list[report.Line] = []
    while len(lines) < arguments.runs or time.monotonic() < until:
        wish = Wish(
            seed=arguments.seed + len(lines),
            candidates=arguments.candidates,
            kinds=arguments.kinds,
            least=arguments.faults,
            longest=arguments.longest,
        )
        lines.append(one(wish))
        if arguments.report:
            report.write(arguments.report, lines)
    return int(any(line.broken for line in lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--runs", type=int, default=1, help="at least so many storms")
    parser.add_argument("--minutes", type=float, default=0.0, help="storms until so much time is over")
    parser.add_argument("--candidates", type=int, default=300, help="of each main job")
    parser.add_argument("--faults", type=int, default=30, help="main jobs until so many faults have struck")
    parser.add_argument("--longest", type=float, default=300.0, help="but no new one after so many seconds")
    parser.add_argument("--report", type=Path, help="a Markdown file, written anew after each storm")
    parser.add_argument(
        "--kinds",
        type=_kinds,
        default=EVERY,
        help=f"some of {', '.join(kind.name.lower() for kind in Kind)}",
    )
    return parser.parse_args()


def _kinds(names: str) -> frozenset[Kind]:
    try:
        return frozenset(Kind[name.strip().upper()] for name in names.split(","))
    except KeyError as unknown:
        raise argparse.ArgumentTypeError(f"没有这种故障 there is no such kind: {unknown}") from None


def one(wish: Wish) -> report.Line:
    """Run one storm, print its schedule and what came of it."""
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"  {time.monotonic() - started:7.1f} s  {line}", flush=True)

    print(f"SEED={wish.seed} CANDIDATES={wish.candidates}", flush=True)
    line = report.Line(wish.seed, wish.candidates)
    try:
        with tempfile.TemporaryDirectory(prefix="kaozheng-chaos-") as folder, wired(Path(folder)) as (system, network):
            line = report.Line(wish.seed, wish.candidates, asyncio.run(storm(system, network, wish, tell)))
            tell(f"-- {line.verdict}")
    except Exception as error:  # noqa: BLE001 - a storm that could not be weathered is a finding, not the end
        line = report.Line(wish.seed, wish.candidates, None, f"{type(error).__name__}: {error}")
    print(f"SEED={wish.seed} {line.verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    return line


if __name__ == "__main__":
    sys.exit(main())
