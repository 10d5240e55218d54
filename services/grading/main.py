"""Runs grading: `python -m services.grading.main api|worker|all|migrate`."""

from services.grading.bootstrap import build
from shared.service import main

if __name__ == "__main__":
    main(build)
