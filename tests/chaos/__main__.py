"""`python -m tests.chaos --seed 7 --candidates 2000`: one storm after another, each with its seed printed."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.storm import storm
from tests.e2e.job import job


def main() -> int:
    """Run the storms; return 1 if any broke a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--candidates", type=int, default=500)
    arguments = parser.parse_args()
    return max(one(arguments.seed + number, arguments.candidates) for number in range(arguments.runs))


def one(seed: int, candidates: int) -> int:
    """Run one storm, print its schedule and what came of it."""
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"  {time.monotonic() - started:7.1f} s  {line}", flush=True)

    print(f"SEED={seed} CANDIDATES={candidates}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kaozheng-chaos-") as folder, job(Path(folder)) as system:
        outcome = asyncio.run(storm(system, seed=seed, candidates=candidates, tell=tell))
    verdict = "FAILED: " + "; ".join(outcome.broken) if outcome.broken else "passed"
    print(f"SEED={seed} {verdict} ({len(outcome.faults)} faults, {time.monotonic() - started:.0f} s)", flush=True)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
