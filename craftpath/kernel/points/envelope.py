"""The envelope of a bundle: encrypted for one reader, signed by one sender; whoever finds it learns nothing.

A line that says what it is, a line of JSON (form, point, way, size, signature), then an age file (https://age-encryption.org/v1)
for the reader's X25519 key. The signature (Ed25519) is over the rest of the header and the digest of the age file. Keys
are of one point each: to revoke a point is to forget its keys.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from craftpath.values.verdict import Refused, not_now

MAGIC = b"CRAFTPATH-BUNDLE\n"
FORM = 1
LONGEST = 2000  # bytes of the header
_PART = 1 << 20
_SALT = 16


@dataclass(frozen=True)
class Keys:
    """Private keys of one side of an exchange."""

    opens: str
    signs: str

    @classmethod
    def new(cls) -> Keys:
        """Made here, from the system's randomness."""
        return cls(
            str(pyrage.x25519.Identity.generate()), Ed25519PrivateKey.generate().private_bytes_raw().hex()
        )

    @property
    def public(self) -> dict[str, str]:
        """What the other side may know."""
        signs = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.signs)).public_key()
        identity = pyrage.x25519.Identity.from_str(self.opens)
        return {"opens": str(identity.to_public()), "signs": signs.public_bytes_raw().hex()}

    def said(self) -> str:
        """To be kept."""
        return json.dumps({"opens": self.opens, "signs": self.signs})

    @classmethod
    def heard(cls, text: str) -> Keys:
        """As they were kept; refused where the key of the site, which seals them, is another one by now."""
        if not text:
            raise Refused(not_now("points.no_keys"))
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Header:
    """What a bundle says of itself to everybody: for which point it is, and which way it goes."""

    point: str
    way: str


def close(inside: Path, target: IO[bytes], header: Header, *, ours: Keys, theirs: dict[str, str]) -> int:
    """Encrypt a file for the other side and sign it; returns the size in bytes."""
    with TemporaryDirectory(dir=inside.parent) as folder:
        cipher = Path(folder) / "age"
        reader = pyrage.x25519.Recipient.from_str(theirs["opens"])
        with inside.open("rb") as plain, cipher.open("wb") as written:
            pyrage.encrypt_io(plain, written, [reader])
        size = cipher.stat().st_size
        head = {"form": FORM, "point": header.point, "way": header.way, "size": size}
        with cipher.open("rb") as stream:
            text = _signed(head, stream)
        signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(ours.signs)).sign(text)
        first = MAGIC + json.dumps({**head, "signature": signature.hex()}).encode() + b"\n"
        target.write(first)
        with cipher.open("rb") as stream:
            while part := stream.read(_PART):
                target.write(part)
    return len(first) + size


def header_of(stream: IO[bytes]) -> tuple[Header, dict[str, Any]]:
    """What a bundle says of itself; refused if it is none, or one of a form that this program does not know."""
    stream.seek(0)
    if stream.read(len(MAGIC)) != MAGIC:
        raise Refused(not_now("points.no_bundle"))
    try:
        said = json.loads(stream.readline(LONGEST))
        header = Header(str(said["point"]), str(said["way"]))
        known = isinstance(said["form"], int) and isinstance(said["size"], int)
        bytes.fromhex(said["signature"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused(not_now("points.no_bundle")) from fault
    if not known or said["form"] != FORM:
        raise Refused(not_now("points.other_form", form=str(said["form"])[:20]))
    return header, said


@contextmanager
def opened(stream: IO[bytes], *, ours: Keys, theirs: dict[str, str], folder: Path) -> Iterator[Path]:
    """The inside of a bundle as a file that is gone afterwards; refused unless whole and signed by the other side."""
    _header, said = header_of(stream)
    begins = stream.tell()
    size = stream.seek(0, 2) - begins
    if size < said["size"]:
        raise Refused(not_now("points.truncated", size=size, whole=said["size"]))
    stream.seek(begins)
    text = _signed({key: said[key] for key in ("form", "point", "way", "size")}, stream)
    try:
        signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(theirs["signs"]))
        signer.verify(bytes.fromhex(said["signature"]), text)
    except InvalidSignature as fault:
        raise Refused(not_now("points.tampered")) from fault
    stream.seek(begins)
    with TemporaryDirectory(dir=folder) as held:
        plain = Path(held) / "inside"
        with plain.open("wb") as written:
            try:
                pyrage.decrypt_io(stream, written, [pyrage.x25519.Identity.from_str(ours.opens)])
            except pyrage.DecryptError as fault:
                raise Refused(not_now("points.for_another")) from fault
        yield plain


def lock(inside: bytes, words: str) -> bytes:
    """Encrypt what sets a laptop up, by words that travel another way."""
    salt = secrets.token_bytes(_SALT)
    return salt + _by_words(words, salt).encrypt(inside)


def unlock(sealed: bytes, words: str) -> bytes:
    """Open it again; refused where the words are wrong or it is no such file."""
    try:
        return _by_words(words, sealed[:_SALT]).decrypt(sealed[_SALT:])
    except InvalidToken as fault:
        raise Refused(not_now("points.wrong_words")) from fault


def _by_words(words: str, salt: bytes) -> Fernet:
    # the cost is fixed (16 MiB, some 50 ms): one measured here, as age does, is refused by a slower or busier laptop
    key = Scrypt(salt=salt, length=32, n=2**14, r=8, p=1).derive(words.encode())
    return Fernet(urlsafe_b64encode(key))


def _signed(head: dict[str, Any], stream: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while part := stream.read(_PART):
        digest.update(part)
    return MAGIC + json.dumps(head, sort_keys=True).encode() + digest.digest()
