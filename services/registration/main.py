"""Runs registration: `python -m services.registration.main api|worker|all|migrate`."""

from services.registration.bootstrap import build
from shared.service import main

if __name__ == "__main__":
    main(build)
