"""What a token may be used for: `area:read` and `area:write`, `read` and `write` for all areas, and the protocols.

A scope only narrows. What somebody may do at all is said by roles and rules, as on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

READ, WRITE = "read", "write"


class Area(StrEnum):
    """Rooms of the API."""

    LOG = "log"
    DUTIES = "duties"
    COURSES = "courses"
    QUESTIONS = "questions"
    SESSIONS = "sessions"
    JUDGING = "judging"
    REVIEWS = "reviews"
    RESULTS = "results"
    COHORTS = "cohorts"
    PAIRS = "pairs"
    SUPPORT = "support"
    GATES = "gates"
    AGREEMENTS = "agreements"
    ALLOWANCES = "allowances"
    SUBSIDIES = "subsidies"
    IMPORTS = "imports"
    RESOURCES = "resources"
    DIRECTIVES = "directives"
    STUDIO = "studio"
    FIGURES = "figures"
    HISTORY = "history"
    CERTIFICATES = "certificates"
    HOOKS = "hooks"
    PACKAGES = "packages"


READ_ONLY = (Area.DUTIES, Area.COHORTS, Area.FIGURES, Area.HISTORY, Area.CERTIFICATES)
WRITTEN = tuple(area for area in Area if area not in READ_ONLY)
"""The areas in which the API writes; the others are read."""

PROTOCOLS: dict[str, tuple[str, ...]] = {
    "xapi:read": (),
    "xapi:write": (),
    "xapi:all": ("xapi:read", "xapi:write"),
    "roster:read": (),
    "roster:write": ("roster:read",),
    "frameworks:read": (),
    "scim": (),
}
"""Scopes that must be named, each with those that it includes: neither `read` nor `write` opens them."""

SCOPES: tuple[str, ...] = (
    READ,
    WRITE,
    *(f"{area}:{READ}" for area in Area),
    *(f"{area}:{WRITE}" for area in WRITTEN),
    *PROTOCOLS,
)


def known(scopes: Iterable[str]) -> list[str]:
    """These scopes in the order of the list, each once; KeyError for one that does not exist."""
    wanted = set(scopes)
    strange = wanted - set(SCOPES)
    if strange:
        raise KeyError(min(strange))
    return [scope for scope in SCOPES if scope in wanted]


def opens(held: Iterable[str], wanted: str) -> bool:
    """Whether one of these scopes is the wanted one or includes it; to write includes to read."""
    held = set(held)
    if wanted in held or any(wanted in PROTOCOLS.get(scope, ()) for scope in held):
        return True
    area, _, verb = wanted.rpartition(":")
    if wanted in PROTOCOLS or area not in set(Area):
        return wanted == READ and WRITE in held
    wider = {WRITE} if verb == WRITE else {READ, WRITE, f"{area}:{WRITE}"}
    return bool(held & wider)
