"""Packages in words: kinds, sizes, how far somebody is, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.courses.texts import sentence
from craftpath.delivery.web.packages.places import ATTEMPT_TONES
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.packages.texts import ATTEMPTS, KINDS
from craftpath.domain.standards.content import Fault

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package
    from craftpath.domain.packages.queries import Standing

_MEGABYTE = 2**20


def megabytes(size: int) -> str:
    """A size as people say it."""
    return _("%(count)s MB") % {"count": number_format(max(round(size / _MEGABYTE, 1), 0.1), 1)}


def kind(package: Package) -> str:
    """The standard and its version, where the name does not say it."""
    named = KINDS.get(package.kind, "")
    versioned = package.kind in ("scorm2004", "cartridge") and package.version
    return f"{named} ({package.version.removeprefix('2004 ')})" if versioned else named


def percent(score: Decimal | None) -> str:
    """A score from -1 to 1 in percent; "" without one."""
    if score is None:
        return ""
    whole = (score * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole} %"


def percent_of(given: str) -> str:
    """The same of a number as it was written."""
    return percent(Decimal(given))


def part_title(package: Package, entry: Mapping[str, Any]) -> str:
    """What a part is called, in the reader's language where it has it; the package's own title for one without."""
    return text(entry["titles"]) if entry.get("titles") else entry["title"] or text(package.title)


def spent(seconds: int) -> str:
    """Minutes, at least one for whatever was opened; "" for nothing."""
    minutes = -(-seconds // 60)
    return _("%(minutes)s min") % {"minutes": minutes} if minutes else ""


def how_far(standing: Standing) -> dict[str, Any]:
    """A badge, and what stands beside it."""
    parts = (
        _("%(done)s of %(of)s parts") % {"done": standing.done, "of": standing.of} if standing.of > 1 else ""
    )
    return {
        "state": ATTEMPTS[standing.state],
        "tone": ATTEMPT_TONES[standing.state],
        "score": percent(standing.score),
        "spent": spent(standing.seconds),
        "parts": parts,
        "saved_at": standing.saved_at,
    }


def faults(package: Package, which: str) -> list[dict[str, str]]:
    """(place, sentence) of the faults or the remarks of a package."""
    return [
        {"place": place, "words": sentence(Fault(place, given, code, facts))}
        for place, given, code, facts in package.notes.get(which, [])
    ]
