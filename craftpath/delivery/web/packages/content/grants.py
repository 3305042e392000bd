"""Addresses of a package's files: signed, for one package and one site, and good for some hours.

The address is the whole permission, since the origin that serves files knows nobody. It stays the same for some hours,
so that a browser keeps what it has fetched when a part is opened again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

_SALT = "craftpath.packages.content"
STEP = 4 * 3600  # seconds for which an address stays the same; it is good for one to two of them


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose files may be read, and which site may hold them in a frame."""

    package: str
    site: str


def granted(grant: Grant, now: float) -> str:
    """The first part of the address."""
    until = (int(now) // STEP + 2) * STEP
    return signing.Signer(salt=_SALT).sign_object([grant.package, grant.site, until])


def read(token: str, now: float) -> Grant | None:
    """What an address grants; None for one that was made up, is another site's, or has ended."""
    try:
        package, site, until = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Grant(package, site) if now < until else None
