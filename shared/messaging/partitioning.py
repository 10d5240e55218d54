"""Which partition a key belongs to: murmur2 as in Kafka's own clients, so that other producers agree."""

from functools import cache
from struct import Struct

_MASK = 0xFFFFFFFF
_M = 0x5BD1E995


@cache
def _words(count: int) -> Struct:
    """Return the reader of so many little-endian words; keys have few lengths."""
    return Struct(f"<{count}I")


def murmur2(data: bytes) -> int:
    """Return Kafka's 32-bit murmur2 hash."""
    length = len(data)
    h = 0x9747B28C ^ length
    for word in _words(length // 4).unpack_from(data):
        k = (word * _M) & _MASK
        h = ((h * _M) ^ ((k ^ (k >> 24)) * _M)) & _MASK
    if length % 4:
        h = ((h ^ int.from_bytes(data[length - length % 4 :], "little")) * _M) & _MASK
    h = ((h ^ (h >> 13)) * _M) & _MASK
    return h ^ (h >> 15)


def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of a key among so many."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions
