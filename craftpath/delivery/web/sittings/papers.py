"""A paper: put together from released items, looked at as candidates see it, made ready, put away."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.exams.showing import addresses, candidate, key_in_words, plain
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sittings.places import found_paper, to_list
from craftpath.domain.exams import actions, queries, rules, studies
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS, PAPER_STATES
from craftpath.kernel.roles import Permission

A_PAGE = 50


class PaperForm(forms.Form):
    """How it is called and how long it lasts."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title of the paper"), max_length=120)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=600)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_ITEMS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Choose items page by page; those chosen stay chosen while one looks for more."""
    posted = request.POST if request.method == "POST" else None
    chosen = list(dict.fromkeys(plain_id(one) for one in (posted.getlist("item") if posted else [])))
    chosen = [one for one in chosen if one][: actions.MOST_ITEMS]
    initial = {"made_id": uuid.uuid4(), "minutes": 60}
    do = posted.get("do") if posted else ""
    form = PaperForm(posted, initial=initial) if do == "save" else PaperForm(initial=initial | _kept(posted))
    status = 200
    if do == "save":
        status = 422
        if form.is_valid():
            known = {row.public_id: row for row in queries.items_by_id(chosen)}
            given = form.cleaned_data
            status = 409
            with refusals_in(form):
                row = actions.make_paper(
                    [known[one] for one in chosen if one in known],
                    organisation=request.organisation,
                    made_id=given["made_id"],
                    title=given["title"],
                    minutes=given["minutes"],
                    by=request.actor,
                    at=request.at,
                )
                messages.success(request, _("Put together. Look at it, then make it ready."))
                return redirect("sittings:paper", organisation, row.public_id)
    words = (posted or request.GET).get("q", "").replace("\0", "")[:80]
    rows = queries.items_wanted(queries.Wanted(words=words, state="ready"))
    page = Paginator(rows, A_PAGE).get_page((posted or request.GET).get("page"))
    standing = {row.public_id: row for row in queries.items_by_id(chosen)}
    shown = [_row(row) for row in page if row.public_id not in standing]
    context = {
        "form": form,
        "chosen": [_row(standing[one]) for one in chosen if one in standing],
        "rows": shown,
        "page": page,
        "words": words,
        "crumbs": to_list(request, here(_("New paper"))),
    }
    return render(request, "sittings/paper_new.html", context, status=status)


def _kept(posted: Any) -> dict[str, str]:
    """What was typed while items were looked for."""
    if not posted:
        return {}
    return {name: posted.get(name, "") for name in ("made_id", "title", "minutes") if posted.get(name)}


def _row(item: Any) -> dict[str, Any]:
    return {
        "id": item.public_id,
        "words": plain(item.newest.stem, 90),
        "kind": KINDS[item.kind],
        "points": item.newest.points,
        "difficulty": DIFFICULTIES.get(item.difficulty, ""),
    }


@require_GET
@needs(Permission.WRITE_ITEMS)
def paper(request: Request, organisation: str, paper: str) -> HttpResponse:
    """All questions as candidates see them, with what is right beside them."""
    row = found_paper(paper)
    address = addresses(request.organisation.key)
    lines: list[dict[str, Any]] = []
    for line in queries.lines_of(row):
        content = queries.content_of(line.version, line.version.item.kind)
        lines.append(
            {
                "order": line.order,
                "shown": candidate(content, address, None, line.version.stimulus) | {"file": False},
                "key": key_in_words(content),
                "points": line.version.points,
            }
        )
    context = {
        "paper": row,
        "lines": lines,
        "points": sum((one["points"] for one in lines), Decimal(0)),
        "state": PAPER_STATES[row.state],
        "cut": studies.cut_of(row),
        "may_study": row.state == "ready" and bool(rules.may_hold(request.actor, row.organisation)),
        "crumbs": to_list(request, here(row.title)),
    }
    return render(request, "sittings/paper.html", context)


@require_POST
@needs(Permission.WRITE_ITEMS)
def move(request: Request, organisation: str, paper: str) -> HttpResponse:
    """Make it ready, or put it away."""
    row = found_paper(paper)
    if request.POST.get("do") == "fix":
        actions.fix_paper(row, by=request.actor, at=request.at)
        messages.success(request, _("Ready. Nothing of it changes from now on."))
    elif request.POST.get("do") == "shelve":
        actions.shelve_paper(row, by=request.actor, at=request.at)
        messages.success(request, _("Put away. Sittings that have it keep it."))
    return redirect("sittings:paper", organisation, paper)
