"""Multibase base58-btc, and the Multikey form of an Ed25519 public key (W3C Controlled Identifiers 1.0, 2.2.2)."""

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Two digits at a time: half the divisions of long numbers.
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_INDEX = {char: position for position, char in enumerate(_ALPHABET)}
_ED25519 = b"\xed\x01"
_KEY_BYTES = 32


def encode(data: bytes) -> str:
    """Return `z` and the base58-btc form of the bytes."""
    number, pairs = int.from_bytes(data), []
    while number:
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + _ALPHABET[0] * zeros + "".join(reversed(pairs)).lstrip(_ALPHABET[0])


def decode(text: str) -> bytes:
    """Return the bytes of a `z…` text; raise `ValueError` for any other form."""
    if not text.startswith("z"):
        raise ValueError("not multibase base58-btc")
    number = 0
    for char in text[1:]:
        if char not in _INDEX:
            raise ValueError("not a base58-btc character")
        number = number * len(_ALPHABET) + _INDEX[char]
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def encode_key(raw: bytes) -> str:
    """Return the Multikey form of a raw Ed25519 public key."""
    return encode(_ED25519 + raw)


def decode_key(text: str) -> bytes:
    """Return the raw Ed25519 public key of a Multikey; raise `ValueError` if it is another kind of key."""
    data = decode(text)
    if len(data) != len(_ED25519) + _KEY_BYTES or not data.startswith(_ED25519):
        raise ValueError("not an Ed25519 Multikey")
    return data[len(_ED25519) :]
