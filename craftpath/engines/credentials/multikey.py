"""Public keys and signatures as text: multibase (base58btc), multicodec, and keys that are their own address."""

from __future__ import annotations

import re

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PLACE = {letter: place for place, letter in enumerate(ALPHABET)}
ED25519 = b"\xed\x01"  # the multicodec of an Ed25519 public key, as a varint
LONGEST = (
    200  # characters: decoding costs the square of the length, and keys and signatures are below a hundred
)
DID_KEY = re.compile(r"did:key:(z[1-9A-HJ-NP-Za-km-z]+)(?:#\1)?")


def base58btc(data: bytes) -> str:
    """Bytes as multibase text."""
    number, digits = int.from_bytes(data), []
    while number:
        number, place = divmod(number, 58)
        digits.append(ALPHABET[place])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(digits))


def base58btc_bytes(text: str) -> bytes | None:
    """What multibase text says; none when it is not base58btc, or longer than any key or signature."""
    if not text.startswith("z") or len(text) > LONGEST or not all(letter in PLACE for letter in text[1:]):
        return None
    number = 0
    for letter in text[1:]:
        number = number * 58 + PLACE[letter]
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def ed25519_multikey(public: bytes) -> str:
    """The 32 bytes of an Ed25519 public key as a multikey."""
    return base58btc(ED25519 + public)


def ed25519_bytes(multikey: str) -> bytes | None:
    """The 32 bytes of a multikey; none when it is not one of Ed25519."""
    data = base58btc_bytes(multikey)
    return data[2:] if data is not None and data[:2] == ED25519 and len(data) == 34 else None


def own_multikey(method: str) -> str | None:
    """The multikey in a verification method of did:key, which carries its key in its name."""
    found = DID_KEY.fullmatch(method)
    return found[1] if found else None
