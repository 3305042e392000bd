"""Addresses of a package's files: signed, for one package and one site, and good for some hours.

The address is the whole permission, since the origin that serves files knows nobody. It stays the same for some hours,
so that a browser keeps what it has fetched when a part is opened again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

_SALT = "craftpath.packages.content"
STEP = 4 * 3600  # seconds for which an address stays the same; it is good for one to two of them


OURS = "_craftpath"
"""The folder of the player's own files; a package that has one of this name does not reach it."""
BACK = "back"
"""The page in it to which a unit goes when it is done: it sends the site's own page on."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose files may be read, which site may hold them in a frame, and whether they may talk to its record store."""

    package: str
    site: str
    talks: bool = False


def granted(grant: Grant, now: float) -> str:
    """The first part of the address."""
    until = (int(now) // STEP + 2) * STEP
    return signing.Signer(salt=_SALT).sign_object(
        [grant.package, grant.site, until, *([1] if grant.talks else [])]
    )


def read(token: str, now: float) -> Grant | None:
    """What an address grants; None for one that was made up, is another site's, or has ended."""
    try:
        package, site, until, *talks = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Grant(package, site, bool(talks)) if now < until else None
