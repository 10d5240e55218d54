"""Runs exam: `python -m services.exam.main api|worker|all|migrate`."""

from services.exam.bootstrap import build
from shared.service import main

if __name__ == "__main__":
    main(build)
