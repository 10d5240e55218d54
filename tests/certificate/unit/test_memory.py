"""What is remembered of credentials: the last so many, by their sealed bytes, and only genuine ones."""

from services.certificate.application.memory import Memory
from services.certificate.domain.facts import facts_in
from services.certificate.domain.verification import Cause, Finding, State, examine
from tests.certificate.samples import TRUST, signed

KNOWN = (examine(signed(), TRUST), facts_in(signed()))


def recall(memory: Memory, sealed: bytes, found) -> bool:
    """Return whether the memory had to look."""
    looked = []

    def look():
        looked.append(sealed)
        return found

    assert memory.recall(sealed, look) is found
    return bool(looked)


def test_a_credential_is_looked_into_once_and_the_oldest_is_forgotten_first():
    memory = Memory(2)
    looked = [recall(memory, sealed, KNOWN) for sealed in (b"1", b"1", b"2", b"3", b"2", b"1")]
    assert looked == [True, False, True, True, False, True]


def test_what_is_not_genuine_is_looked_into_each_time():
    memory = Memory(2)
    refused = Finding(State.INVALID, Cause.NOT_GENUINE)
    assert recall(memory, b"1", refused)
    assert recall(memory, b"1", refused)
