"""`python -m services.operations.main api|worker|all|migrate`."""

from services.operations.bootstrap import build
from shared.service import main

if __name__ == "__main__":
    main(build)
