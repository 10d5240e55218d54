"""Identifiers: UUIDv7 for everything stored (RFC 9562, 5.7), random codes for what people copy by hand."""

import os
import secrets
import time
from uuid import UUID

# The driver's own UUID is one, is made and written in C, and is what its rows hold.
from asyncpg.pgproto import pgproto

#: Crockford base32: no I, L, O, U, so that a printed code cannot be misread.
READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#: Before and after all others, for cursors that were not given: one comparison that an index knows, where "is null or"
#: would have every page read from the first row on.
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


def new_id() -> UUID:
    """Return a UUIDv7: 48 bits of milliseconds, then 74 random bits."""
    return id_at(time.time_ns() // 1_000_000)


def id_at(milliseconds: int) -> UUID:
    """Return a UUIDv7 for the given Unix time in milliseconds."""
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return pgproto.UUID(((value & ~(0x3 << 62)) | (0x2 << 62)).to_bytes(16))


def milliseconds_of(identifier: UUID) -> int:
    """Return the Unix time in milliseconds that a UUIDv7 was made at."""
    return identifier.int >> 80


def random_code(length: int) -> str:
    """Return `length` random characters of 5 bits each; nothing can be guessed from another code."""
    return "".join(READABLE[byte & 31] for byte in secrets.token_bytes(length))
