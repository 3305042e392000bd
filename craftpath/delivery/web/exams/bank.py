"""The list of items: found by words and signs, released and retired together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.exams.choosing import outcome_choices, skill_choices
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now

PER_PAGE = 50
LONGEST_SEARCH = 100
MOVES = {
    "release": actions.release_items,
    "retire": actions.retire_items,
    "restore": actions.restore_items,
    "open": actions.open_items,
    "keep-back": actions.keep_items_back,
}
TONES = {"draft": "plain", "ready": "good", "retired": "attention"}


def wanted_of(request: Request) -> queries.Wanted:
    """What the address asks for; anything else narrows nothing."""
    asked = request.GET

    def one_of(name: str, known: Any) -> str:
        value = asked.get(name, "")
        return value if value in known else ""

    outcome = asked.get("outcome", "")
    skill = asked.get("skill", "")
    return queries.Wanted(
        words=asked.get("q", "").replace("\0", "")[:LONGEST_SEARCH],
        kind=one_of("kind", KINDS),
        state=one_of("state", STATES),
        difficulty=one_of("difficulty", DIFFICULTIES),
        skill=skill if skill.isascii() and "\0" not in skill else "",
        outcome=int(outcome) if outcome.isascii() and outcome.isdecimal() and len(outcome) < 15 else None,
        key=one_of("key", ("yes", "no")),
    )


@require_GET
@needs(Permission.WRITE_ITEMS)
def bank(request: Request, organisation: str) -> HttpResponse:
    """The items that the reader sees, newest first."""
    wanted = wanted_of(request)
    page = Paginator(queries.items_wanted(wanted), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "item": item,
            "words": plain(item.newest.stem, 90),
            "kind": KINDS[item.kind],
            "state": STATES[item.state],
            "tone": TONES[item.state],
            "difficulty": DIFFICULTIES.get(item.difficulty, ""),
            "elsewhere": item.organisation_id != request.organisation.pk,
        }
        for item in page.object_list
    ]
    counts = queries.counts_by_state()
    shown = {
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "narrowed": wanted != queries.Wanted(),
        "kinds": list(KINDS.items()),
        "states": list(STATES.items()),
        "difficulties": list(DIFFICULTIES.items()),
        "skills": skill_choices(),
        "outcomes": outcome_choices(),
        "counts": counts,
        "any": bool(counts),
        "query": request.GET.urlencode(),
    }
    return render(request, "exams/bank.html", shown)


@require_POST
@needs(Permission.WRITE_ITEMS)
def move(request: Request, organisation: str) -> HttpResponse:
    """Release, retire or restore the items that were chosen; what is refused is said, the others are done."""
    ids = [
        public_id for text in request.POST.getlist("item")[: PER_PAGE * 2] if (public_id := plain_id(text))
    ]
    do = MOVES.get(request.POST.get("do", ""))
    chosen = queries.items_by_id(ids)
    if not chosen or do is None:
        raise Refused(not_now("exams.nothing_chosen"))
    moved = do(chosen, by=request.actor, at=request.at)
    if moved.done:
        messages.success(request, _said(request.POST["do"], len(moved.done)))
    for item, verdict in moved.refused[:5]:
        messages.warning(request, f"{plain(item_words(item), 40)}: {sentence(verdict)}")
    if request.POST.get("from") == "item" and len(chosen) == 1:
        return redirect("exams:item", request.organisation.key, chosen[0].public_id)
    return redirect("exams:bank", request.organisation.key)


def item_words(item: Any) -> str:
    """What an item is called in a sentence."""
    return str(item.words)[:200]


def _said(do: str, count: int) -> str:
    if do == "release":
        words = ngettext("%(count)s item is ready now.", "%(count)s items are ready now.", count)
    elif do == "retire":
        words = ngettext(
            "%(count)s item is retired. Papers that have it keep it.",
            "%(count)s items are retired. Papers that have them keep them.",
            count,
        )
    elif do == "open":
        words = ngettext(
            "Apprentices can practise with %(count)s item now; no paper takes it.",
            "Apprentices can practise with %(count)s items now; no paper takes them.",
            count,
        )
    elif do == "keep-back":
        words = ngettext("%(count)s item is kept back now.", "%(count)s items are kept back now.", count)
    else:
        words = ngettext("%(count)s item is a draft again.", "%(count)s items are drafts again.", count)
    return words % {"count": count}
