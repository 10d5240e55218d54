"""Which partition a key belongs to: murmur2 as in Kafka's own clients, so that other producers agree."""

import sys
from array import array
from collections.abc import Iterable
from functools import cache
from struct import Struct

_MASK = 0xFFFFFFFF
_M = 0x5BD1E995
_SEED = 0x9747B28C
_WORD = 4
#: Beside so few keys of one length, preparing to hash them together is not worth it.
_FEW = 8


@cache
def _words(count: int) -> Struct:
    """Return the reader of so many little-endian words; keys have few lengths."""
    return Struct(f"<{count}I")


def murmur2(data: bytes) -> int:
    """Return Kafka's 32-bit murmur2 hash."""
    length = len(data)
    h = _SEED ^ length
    for word in _words(length // _WORD).unpack_from(data):
        k = (word * _M) & _MASK
        h = ((h * _M) ^ ((k ^ (k >> 24)) * _M)) & _MASK
    if length % _WORD:
        h = ((h ^ int.from_bytes(data[length - length % _WORD :], "little")) * _M) & _MASK
    h = ((h ^ (h >> 13)) * _M) & _MASK
    return h ^ (h >> 15)


def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of a key among so many."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions


def partitions_of(keys: Iterable[bytes], partitions: int) -> dict[bytes, int]:
    """Return the partition of each key among so many."""
    by_length: dict[int, list[bytes]] = {}
    for key in set(keys):
        by_length.setdefault(len(key), []).append(key)
    found: dict[bytes, int] = {}
    for length, alike in by_length.items():
        together = sys.byteorder == "little" and length % _WORD == 0 and len(alike) >= _FEW
        hashes = _murmur2_together(alike) if together else [murmur2(key) for key in alike]
        found |= {key: (hashed & 0x7FFFFFFF) % partitions for key, hashed in zip(alike, hashes, strict=True)}
    return found


def _murmur2_together(keys: list[bytes]) -> list[int]:
    """Hash keys of one length, a multiple of four, at once: every key is a lane of 64 bits in one long integer.

    A lane holds 32 bits between the steps, so a product never reaches into the next one.
    """
    words = len(keys[0]) // _WORD
    ones = int.from_bytes(array("Q", [1]).tobytes() * len(keys), "little")
    low = ones * _MASK
    view = memoryview(b"".join(keys)).cast("I")
    h = ones * (_SEED ^ len(keys[0]))
    for number in range(words):
        k = (int.from_bytes(array("Q", view[number::words]).tobytes(), "little") * _M) & low
        h = ((h * _M) ^ ((k ^ ((k >> 24) & low)) * _M)) & low
    h = ((h ^ ((h >> 13) & low)) * _M) & low
    return array("Q", (h ^ ((h >> 15) & low)).to_bytes(8 * len(keys), "little")).tolist()
