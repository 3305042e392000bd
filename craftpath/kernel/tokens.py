"""Secrets of links: random, sealed so that a forged one is not even looked for, and kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Token:
    """What stands in a link, and the hash by which its row is found again; the token is known only now."""

    text: str
    secret_hash: str


def new_token(salt: str) -> Token:
    """A new secret of 24 random bytes, sealed for one use of links."""
    secret = secrets.token_urlsafe(24)
    return Token(Signer(salt=salt).sign(secret), hash_of(secret))


def opened(text: str, salt: str) -> str:
    """The hash of a token's secret, or "" for one that was not sealed here."""
    try:
        return hash_of(Signer(salt=salt).unsign(text))
    except BadSignature:
        return ""


def hash_of(secret: str) -> str:
    """A plain hash will do: the secret is 24 random bytes and cannot be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Six digits to be told by another way than the link: by telephone, on paper, face to face."""
    return f"{secrets.randbelow(10**6):06}"


def code_hash(code: str, secret_hash: str) -> str:
    """A short code could be tried out from a plain hash, so the site's own key takes part in this one."""
    return salted_hmac("craftpath.code", f"{secret_hash}:{code}", algorithm="sha256").hexdigest()


def sealed(text: str) -> str:
    """A text that only this site's key opens again: for what must wait a moment and may not lie about in clear."""
    return _fernet().encrypt(text.encode()).decode()


def unsealed(text: str) -> str:
    """What was sealed, or "" where the site's key is another one by now."""
    try:
        return _fernet().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""


def _fernet() -> Fernet:
    key = salted_hmac("craftpath.sealed", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
