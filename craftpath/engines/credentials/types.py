"""Keys, and what a credential is found to be when it is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from craftpath.engines.credentials.multikey import ed25519_multikey
from craftpath.engines.credentials.sentences import sentence

Document = dict[str, Any]
Keys = Callable[[str], str | None]  # the id of a verification method → its multikey, where it is known
Lists = Callable[[Document], Document | str | None]  # an entry of a status → the signed list it points at


class Refusal(Exception):
    """A document that cannot be read, signed or checked; says why by a code of `REASONS`, with its facts."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return sentence(self.code, self.facts)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key: the private half as 32 bytes, the public half as a multikey."""

    private: bytes = field(repr=False)
    public_multikey: str

    @classmethod
    def of(cls, private: bytes) -> SigningKey:
        """The key whose private half these 32 bytes are."""
        public = Ed25519PrivateKey.from_private_bytes(private).public_key()
        return cls(private, ed25519_multikey(public.public_bytes(Encoding.Raw, PublicFormat.Raw)))

    @property
    def did_key(self) -> str:
        """The key as an identifier that needs no looking up."""
        return f"did:key:{self.public_multikey}"

    @property
    def did_key_method(self) -> str:
        """The one verification method of `did_key`."""
        return f"{self.did_key}#{self.public_multikey}"


@dataclass(frozen=True, slots=True)
class Check:
    """One of the five questions: yes, no, or (None) nobody can say from what is at hand."""

    name: str
    ok: bool | None
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The reason as a sentence in English."""
        return self.why_in("en")

    def why_in(self, language: str) -> str:
        """The reason as a sentence in the reader's language."""
        return sentence(self.code, self.facts, language)


@dataclass(frozen=True, slots=True)
class Report:
    """Whether a credential holds, with the five answers on which that stands."""

    valid: bool
    checks: tuple[Check, ...]
    credential: Document | None = None  # what was read, for those who show it

    def __getitem__(self, name: str) -> Check:
        return next(one for one in self.checks if one.name == name)
