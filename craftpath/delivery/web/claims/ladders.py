"""The ladders of levels, with where one stands: the two national ones beside each other, all others apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.certificates.saying import Names, finding, level
from craftpath.delivery.web.claims.places import tabs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates.levels import same
from craftpath.domain.claims import standing

if TYPE_CHECKING:
    from craftpath.domain.claims.standing import Ladder, Rung

NATIONAL = ("cn8", "cn5")


@require_GET
def levels(request: Request, organisation: str) -> HttpResponse:
    """Everybody sees the ladders, and on them only oneself."""
    found = {
        one.scheme.key: one for one in standing.ladders(request.user, request.organisation, request.today)
    }
    five = {rung.level.key: rung for rung in found["cn5"].rungs}
    rows = []
    for rung in found["cn8"].rungs:
        twin = next((one.key for one in same("cn8", rung.level.key) if one.scheme == "cn5"), "")
        rows.append((_said(rung), _said(five[twin]) if twin else None))
    context = {
        "tabs": tabs(request, "levels"),
        "eight": _named(found["cn8"]),
        "five": _named(found["cn5"]),
        "rows": rows,
        "others": [
            {**_named(one), "rungs": [_said(rung) for rung in one.rungs]}
            for key, one in found.items()
            if key not in NATIONAL
        ],
        "asked": _asked(found.values()),
        "stands": any(rung.held for one in found.values() for rung in one.rungs),
    }
    return render(request, "claims/levels.html", context)


def _named(ladder: Ladder) -> dict[str, str]:
    return {"name": text(ladder.scheme.name), "about": text(ladder.scheme.about)}


def _said(rung: Rung) -> dict[str, str]:
    state = "held" if rung.held else "met" if rung.met else "next" if rung.next else "ahead"
    return {"name": text(rung.level.name), "number": _number(rung), "state": state}


def _asked(ladders: Iterable[Ladder]) -> list[dict[str, Any]]:
    """What the next steps ask, a card for each kind of certificate that is in use here."""
    names = Names()
    return [
        {
            "title": text(kind.title),
            "level": level(rung.level.scheme, rung.level.key),
            "place": text(kind.organisation.name),
            "asks": [(one.met, finding(one, names)) for one in findings],
        }
        for ladder in ladders
        for rung in ladder.rungs
        for kind, findings in rung.kinds
    ]


def _number(rung: Rung) -> str:
    if rung.level.number is None:
        return ""
    if rung.level.scheme == "cn5":
        return _("level %(number)s") % {"number": rung.level.number}
    return _("ISCED %(number)s") % {"number": rung.level.number} if rung.level.scheme == "diploma" else ""
