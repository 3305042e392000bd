"""One package: its parts with how far one is, what was found in it, and who is how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from craftpath.delivery.web.packages import saying
from craftpath.delivery.web.packages.places import ATTEMPT_TONES, TONES, seen, to_list
from craftpath.delivery.web.sheets.texts import time_left
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.packages import queries, rules
from craftpath.domain.packages.texts import ATTEMPTS, STATES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.progress import progress_of
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Attempt, Package


@require_safe
def package(request: Request, organisation: str, package: str) -> HttpResponse:
    """While it is read: how far the worker is. Asked by htmx, only the part that changes."""
    row = seen(request, package)
    if row.state != "reading" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    part = "#progress" if request.htmx else ""
    return render(request, f"packages/package.html{part}", page(request, row))


def page(request: Request, row: Package) -> dict[str, Any]:
    """All that the page shows."""
    keeps = bool(rules.may_keep(request.actor, row.organisation))
    reads = bool(rules.may_read_attempts(request.actor)) and row.state in ("ready", "retired")
    own = queries.own_attempts(row, request.user)
    far = progress_of(row.public_id) if row.state == "reading" else None
    people = queries.attempts_of(row) if reads and not request.actor.sees_only_own else {}
    refusal = row.refusal
    parts = [_part(request, row, entry, own, trial=keeps, reads=keeps and reads) for entry in row.entries]
    return {
        "row": row,
        "title": text(row.title),
        "kind": saying.kind(row),
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "keeps": keeps,
        "plays": bool(rules.can_play(row)),
        "parts": parts,
        "next": _next(parts),
        "whole": saying.how_far(queries.standing(row, own)) if own else None,
        "size": saying.megabytes(row.unpacked),
        "faults": saying.faults(row, "faults") if keeps else [],
        "remarks": saying.faults(row, "remarks") if keeps else [],
        "people": [{"name": one.name, **saying.how_far(far_)} for one, far_ in people.items()],
        "skills": [text(one.name) for one in skills_by_key(row.skills).values()],
        "reason": sentence(Verdict(refusal["reason"], refusal.get("facts", {}))) if refusal else "",
        "percent": round(100 * far.share) if far else 0,
        "time_left": time_left(far.left) if far else "",
        "crumbs": to_list(request),
    }


def _next(parts: list[dict[str, Any]]) -> str:
    """The part to press now: the one that goes on, otherwise the first that was not begun."""
    waiting = [one for one in parts if one["key"] and not one["again"]]
    return next((one["key"] for one in sorted(waiting, key=lambda one: not one["goes_on"])), "")


def _part(
    request: Request, row: Package, entry: dict[str, Any], own: list[Attempt], *, trial: bool, reads: bool
) -> dict[str, Any]:
    key = entry.get("key", "")
    mine = [one for one in own if one.entry == key]
    last = mine[-1] if mine else None
    url = reverse("packages:play", args=[request.organisation.key, row.public_id, key]) if key else ""
    best = queries.best(mine)
    opens = row.kind == "cmi5" and key
    over = last is not None and rules.is_over(last) and not (opens and last.state == "failed")
    where = [request.organisation.key, row.public_id, key]
    return {
        "opens": reverse("packages:open", args=where) if opens else "",
        "people": reverse("packages:part", args=where) if opens and reads else "",
        "through": over,
        "key": key,
        "title": saying.part_title(row, entry),
        "level": min(int(entry["depth"]), 5),
        "address": entry.get("address", ""),
        "url": f"{url}?try=1" if trial and url else url,
        "again": f"{url}?anew=1" if last and last.ended_at is None and over else "",
        "goes_on": last is not None and not over,
        "state": ATTEMPTS[best.state if best else "not_started"],
        "tone": ATTEMPT_TONES[best.state if best else "not_started"],
        "score": saying.percent(best.score if best else None),
        "shown": bool(best) or not trial,
    }
