"""Run by a commit's own interpreter in its own tree, needing nothing of ours: its whole lives, told as JSON."""

import json
import sys
from pathlib import Path

from benchmarks.child import quietly
from benchmarks.lives import live


def main(candidates: int, result: Path) -> None:
    quietly()
    lives = live(candidates, lambda now: print(now, flush=True))
    told = {
        "candidates": lives.candidates,
        "admitted": lives.admitted,
        "certificates": lives.certificates,
        "seconds": lives.life.seconds,
        "cpu": dict(lives.life.cpu),
    }
    result.write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
