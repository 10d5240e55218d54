"""`python -m services.certificate.main api|worker|all|migrate`."""

from services.certificate.bootstrap import build
from shared.service import main

if __name__ == "__main__":
    main(build)
