"""All blueprints, and one: what it wants, what the bank has, and what was put together by it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.blueprints.naming import curves_known, difficulties_known, named_lines
from craftpath.delivery.web.blueprints.places import found, to_list
from craftpath.delivery.web.blueprints.words import Names, aim, amount, span
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import moment
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.exams import queries, rules
from craftpath.domain.exams.pool import fitting, pool_of, taking_part
from craftpath.domain.exams.texts import ASSEMBLY_STATES, PAPER_STATES
from craftpath.domain.exams.wishes import Wish
from craftpath.kernel.roles import Permission

A_PAGE = 30
LAST = 12
"""Searches and papers that the page of a blueprint shows."""
TONES = {
    "asked": "info",
    "done": "attention",
    "impossible": "wrong",
    "refused": "wrong",
    "cancelled": "plain",
    "taken": "good",
}
PAPER_TONES = {"draft": "info", "ready": "good", "shelved": "plain"}


@require_GET
@needs(Permission.WRITE_ITEMS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """The newest first."""
    page = Paginator(queries.blueprints(), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "label": row.title,
            "note": " · ".join(_gist(Wish.of(row.wanted))),
            "url": reverse("blueprints:blueprint", args=[request.organisation.key, row.public_id]),
        }
        for row in page
    ]
    return render(request, "blueprints/list.html", {"rows": rows, "page": page})


def _gist(wish: Wish) -> list[str]:
    """What a form has, in a few words."""
    return [
        ngettext("%(count)s form", "%(count)s forms", wish.forms) % {"count": wish.forms},
        ngettext("%(count)s question", "%(count)s questions", wish.questions[1])
        % {"count": span(*wish.questions)},
        _("%(minutes)s min") % {"minutes": wish.minutes},
    ]


@require_GET
@needs(Permission.WRITE_ITEMS)
def blueprint(request: Request, organisation: str, blueprint: str) -> HttpResponse:
    """One blueprint with its rows, what the bank has for each, and the searches so far."""
    row = found(blueprint)
    wish = Wish.of(row.wanted)
    names, pool = Names.of(wish.rows), pool_of(row.organisation)
    usable = taking_part(pool, wish)
    there = fitting(usable, wish.rows)
    rows = [
        {
            "words": names.row(one),
            "wanted": span(one.least, one.most),
            "there": count,
            "few": count < one.least * (1 if wish.forms == 1 or wish.shared or wish.overlap else wish.forms),
        }
        for one, count in zip(wish.rows, there, strict=True)
    ]
    searches = list(queries.assemblies().filter(blueprint=row)[:LAST])
    context: dict[str, Any] = {
        "blueprint": row,
        "gist": _gist(wish),
        "rows": rows,
        "whole": [*_whole(wish), (_("Difficulty"), difficulties_known(usable))]
        if usable.items
        else _whole(wish),
        "named": named_lines(wish),
        "curves": curves_known(pool) if wish.goal == "information" else "",
        "bank": len(pool.items),
        "searches": [_search(request, one) for one in searches],
        "papers": [_paper(request, one) for one in queries.papers_by(row)[:LAST]],
        "may_write": bool(rules.may_write(request.actor, row.organisation)),
        "made_id": uuid.uuid4(),
        "crumbs": to_list(request, here(row.title)),
    }
    return render(request, "blueprints/blueprint.html", context)


def _whole(wish: Wish) -> list[tuple[str, str]]:
    found = [(_("Questions"), span(*wish.questions))]
    if wish.points is not None:
        found.append((_("Points"), span(*wish.points)))
    found += [
        (_("Minutes"), amount(wish.minutes)),
        (_("Parallel forms"), amount(wish.forms)),
        (_("Aim"), aim(wish)),
    ]
    if wish.forms > 1:
        found += [
            (_("Questions in all forms"), amount(wish.shared)),
            (_("Others that two forms may share"), amount(wish.overlap)),
        ]
    return found


def _search(request: Request, row: Any) -> dict[str, Any]:
    return {
        "label": moment(row.asked_at),
        "note": str(row.asked_by),
        "url": reverse("blueprints:forms", args=[request.organisation.key, row.public_id]),
        "badge": ASSEMBLY_STATES[row.state],
        "tone": TONES[row.state],
    }


def _paper(request: Request, row: Any) -> dict[str, Any]:
    return {
        "label": row.title,
        "note": _("Form %(letter)s") % {"letter": row.form},
        "url": reverse("sittings:paper", args=[request.organisation.key, row.public_id]),
        "badge": PAPER_STATES[row.state],
        "tone": PAPER_TONES[row.state],
    }
