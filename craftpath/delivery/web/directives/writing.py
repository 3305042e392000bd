"""Writing a notice, plan or quota, publishing it with the same press, and putting right what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.directives.forms import CorrectForm, DirectiveForm, said
from craftpath.delivery.web.directives.places import issued, to_list
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.picking import tree
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import both, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.directives import actions, queries, rules
from craftpath.domain.directives.states import DIRECTIVE
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Directive


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_DIRECTIVES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Write one; the second button publishes it."""
    require(rules.may_issue(request.actor, request.organisation))
    first = {"places": [request.organisation.key], "quotas": [{"year": request.today.year}] * 4}
    return _write(request, None, first)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_DIRECTIVES)
def change(request: Request, organisation: str, directive: str) -> HttpResponse:
    """Write a draft anew."""
    row = issued(request, directive)
    if not DIRECTIVE.can(row.state, "change"):
        return redirect("directives:directive", organisation, row.public_id)
    return _write(request, row, _first(row))


def _first(row: Directive) -> dict[str, Any]:
    targets = list(row.targets.all())
    return {
        **_words(row),
        "kind": row.kind,
        "places": [one.organisation.key for one in targets],
        "below": all(one.below for one in targets),
        "roles": [one.role for one in row.addressees.all()],
        "understood": row.understood,
        "answer": row.answer,
        "ask": row.ask,
        "answer_by": row.answer_by,
        "quotas": [
            {"place": one.organisation.key, "occupation": both(one.occupation), "stage": one.stage,
             "year": one.year, "count": one.count}
            for one in queries.quotas_of(row)
        ],
    }  # fmt: skip


def _words(row: Directive) -> dict[str, str]:
    title, words = Text.of(row.title), Text.of(row.words)
    return {"title_zh": title.zh, "title_en": title.en, "words_zh": words.zh, "words_en": words.en}


def _write(request: Request, row: Directive | None, first: dict[str, Any]) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DirectiveForm(data, files, rows=tree(request.organisation), initial=first)
    status, made = 200, []
    publishes = data is not None and "publish" in data
    if data is not None:
        done = (
            _("Published. It stands on their home page until they have read it.")
            if publishes
            else pgettext("what was written", "Kept.")
        )
        status = tried(request, form, done, lambda: made.append(_keep(request, row, form, publishes)))
        if not status:
            page = "directives:receipts" if publishes else "directives:directive"
            return redirect(page, request.organisation.key, made[0].public_id)
    context = {
        "form": form,
        "row": row,
        "files": list(queries.files_of(row)) if row else [],
        "crumbs": to_list(request, here(text(row.title) if row else _("Write"))),
    }
    return render(request, "directives/write.html", context, status=status)


def _keep(request: Request, row: Directive | None, form: DirectiveForm, publishes: bool) -> Directive:
    given = form.cleaned_data
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    draft = rules.Draft(
        given["kind"], said(given, "title"), said(given, "words"), given["places"], given["below"],
        given["roles"], given["understood"], given["answer"], given["ask"], given["answer_by"], given["quotas"],
    )  # fmt: skip
    files = [(file.read(), file.name) for file in given["attached"]]
    shown_from = (given["shown_from"] or request.today) if publishes else None
    if row is None:
        return actions.issue_directive(
            draft, organisation=request.organisation, made_id=given["made_id"], files=files,
            shown_from=shown_from, **by,
        )  # fmt: skip
    return actions.reissue_directive(row, draft, files=files, shown_from=shown_from, **by)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_DIRECTIVES)
def correct(request: Request, organisation: str, directive: str) -> HttpResponse:
    """Put right what is published; readers see what changed."""
    row = issued(request, directive)
    if not DIRECTIVE.can(row.state, "correct"):
        return redirect("directives:directive", organisation, row.public_id)
    data, status = request.POST if request.method == "POST" else None, 200
    form = CorrectForm(data, initial=_words(row))

    def act() -> None:
        given = form.cleaned_data
        actions.correct_directive(
            row, title=said(given, "title"), words=said(given, "words"), because=given["because"],
            again=given["again"], by=request.actor, at=request.at,
        )  # fmt: skip

    if data is not None:
        status = tried(request, form, _("Corrected. Readers see what changed."), act)
        if not status:
            messages.info(request, _("The version before stays readable below."))
            return redirect("directives:directive", organisation, row.public_id)
    crumbs = to_list(
        request, step(request, text(row.title), "directives:directive", row.public_id), here(_("Correct"))
    )
    return render(
        request, "directives/correct.html", {"form": form, "row": row, "crumbs": crumbs}, status=status
    )
