"""What was found in credentials that were opened and checked of late: most are checked more than once.

A credential is remembered by its sealed bytes: other bytes are another credential, and the same bytes always hold the
same. Whether it is revoked is not remembered: that is asked of the register each time.
"""

from collections.abc import Callable
from threading import Lock

from services.certificate.domain.facts import Facts
from services.certificate.domain.verification import Claim, Finding

Known = tuple[Claim, Facts]


class Memory:
    """The last so many genuine credentials. It names people, so it lives in memory only."""

    def __init__(self, capacity: int) -> None:
        """Forget the oldest beyond `capacity`."""
        self._capacity = capacity
        self._known: dict[bytes, Known] = {}
        self._lock = Lock()  # many at once are checked in threads

    def recall(self, sealed: bytes, find: Callable[[], Known | Finding]) -> Known | Finding:
        """Return what is known of a sealed credential, else what is found now; only what is genuine is kept."""
        known = self._known.get(sealed)
        if known is not None:
            return known
        found = find()
        if not isinstance(found, Finding):
            self._keep(sealed, found)
        return found

    def _keep(self, sealed: bytes, known: Known) -> None:
        with self._lock:
            while len(self._known) >= self._capacity:
                del self._known[next(iter(self._known))]
            self._known[sealed] = known
