"""Review: who voted what, remarks with their answers, what one is asked for; a review opened; the way to approval."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import (
    found_review,
    found_version,
    numbered,
    tabs,
    to_curricula,
    to_version,
    version_tabs,
    version_url,
    written,
)
from craftpath.delivery.web.curricula.talking import threads, topics
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import (
    activate_version,
    approve_version,
    resolve,
    retire_version,
    return_version,
    say,
    vote,
)
from craftpath.domain.curricula.approving import heard
from craftpath.domain.curricula.gaps import gaps_of
from craftpath.domain.curricula.reviewing import reviewer_of
from craftpath.domain.curricula.texts import SIDES, VOTES
from craftpath.domain.curricula.votes import Side, tally
from craftpath.values.verdict import Refused, Verdict

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion, Reviewer


@dataclass(frozen=True, slots=True)
class SideShown:
    """The votes of a side as figures, as a bar, and by name where names are shown."""

    name: str
    side: Side
    pieces: list[tuple[str, str, str, int, str]]
    people: list[tuple[str, str, str, str]]


@require_GET
def reviews(request: Request, organisation: str) -> HttpResponse:
    """What the reader was asked to review, the open ones first."""
    rows = queries.asked_of(request.user)
    context = {
        "rows": [
            (row, row.review.version, version_url(request, row.review.version, "review"), str(VOTES.get(row.vote, "")),
             row.review.state == "open" and request.today <= row.review.due_on)
            for row in rows
        ],
        "tabs": tabs(request, "curricula:reviews"),
        "crumbs": to_curricula(request) if tabs(request, "") else [],
    }  # fmt: skip
    return render(request, "curricula/reviews.html", context)


@require_GET
def review(request: Request, organisation: str, version: str) -> HttpResponse:
    """The newest review of a version, or another one of it."""
    return render(request, "curricula/review.html", page_of(request, found_version(version)))


def page_of(
    request: Request, row: CurriculumVersion, *, said: str = "", typed: dict[str, str] | None = None
) -> dict[str, Any]:
    """Everything that the page shows; `said` is why a press was refused, `typed` what was written."""
    all_of = list(queries.reviews().filter(version=row))
    wanted = plain_id(request.GET.get("round", ""))
    chosen = next((one for one in all_of if one.public_id == wanted), all_of[0] if all_of else None)
    reviewers = queries.reviewers_of(chosen) if chosen else []
    mine = reviewer_of(chosen, request.actor) if chosen else None
    content = queries.content_of(row)
    gaps = gaps_of(content)
    designs = bool(rules.may_design(request.actor, row.curriculum.organisation))
    open_now = chosen is not None and chosen.state == "open"
    waits = _waits(request, row)
    return {
        "version": row,
        "title": text(row.curriculum.name),
        "name": numbered(row),
        "badge": saying.state(row),
        "review": chosen,
        "rounds": all_of,
        "sides": [_side(one, reviewers) for one in tally(reviewers)],
        "floor": rules.APPRENTICES_FLOOR,
        "mine": mine,
        "votes": list(VOTES.items()),
        "votable": open_now and mine is not None and chosen is not None and request.today <= chosen.due_on,
        "sayable": open_now and (mine is not None or designs),
        "threads": threads(chosen, content, request.user) if chosen else [],
        "topics": topics(content),
        "made_id": uuid.uuid4().hex,
        "gaps": [(one, saying.gap(one)) for one in gaps],
        "way": _way(request, row, designs),
        "approve_waits": sentence(waits) if waits.reason else "",
        "designs": designs,
        "said": said,
        "typed": typed or {},
        "tabs": version_tabs(request, row, "curricula:review"),
        "crumbs": to_version(request, row, here(pgettext("of a curriculum", "Review"))),
    }


def _waits(request: Request, row: CurriculumVersion) -> Verdict:
    return heard(row, request.today) if row.state == "in_review" else Verdict()


def _way(request: Request, row: CurriculumVersion, designs: bool) -> dict[str, bool]:
    """Which steps the reader may press; the actions ask again."""
    return {
        "open": designs and row.state == "draft",
        "return": designs and row.state == "in_review",
        "approve": row.state == "in_review" and bool(rules.may_approve(request.actor, row)),
        "activate": row.state == "approved" and bool(rules.may_activate(request.actor, row)),
        "retire": (row.state == "draft" and designs)
        or (row.state in ("approved", "active") and bool(rules.may_activate(request.actor, row))),
    }


def _side(side: Side, reviewers: Sequence[Reviewer]) -> SideShown:
    pieces, begun = [], 0.0
    whole = side.asked or 1
    counts = [("agree", side.agree), ("changes", side.changes), ("against", side.against)]
    waiting = side.asked - sum(count for _key, count in counts)
    names = {key: str(label) for key, label in VOTES.items()}
    names["waiting"] = _("not shown yet") if side.hidden else _("no vote yet")
    for key, count in [*counts, ("waiting", waiting)]:
        if count:
            pieces.append((key, f"{begun:.2f}", f"{100 * count / whole:.2f}", count, names[key]))
            begun += 100 * count / whole
    people = [
        (row.person.name, text(row.organisation.name), row.vote, str(VOTES.get(row.vote, _("no vote yet"))))
        for row in reviewers
        if row.side == side.side and side.side != "apprentices"
    ]
    return SideShown(str(SIDES[side.side]), side, pieces, people)


@require_POST
def give(request: Request, organisation: str, review: str) -> HttpResponse:
    """Vote; the words beside it, if there are any, become a remark on the whole."""
    row = found_review(review)
    words = written(request.POST, "words")
    return _pressed(
        request,
        row.version,
        lambda: vote(
            row, request.POST.get("vote", "")[:8], words=words, made_id=_made(request), by=request.actor,
            at=request.at,
        ),
        _("Your vote is kept."),
        {"words": words, "vote": request.POST.get("vote", "")[:8]},
    )  # fmt: skip


@require_POST
def remark(request: Request, organisation: str, review: str) -> HttpResponse:
    """A remark on the whole, a unit or an outcome, or an answer to one."""
    row = found_review(review)
    about, _colon, key = request.POST.get("topic", "whole")[:80].partition(":")
    answered = request.POST.get("answers", "")
    answers = get_object_or_404(row.comments, public_id=plain_id(answered)) if answered else None
    words = written(request.POST, "words")
    return _pressed(
        request,
        row.version,
        lambda: say(
            row, words, made_id=_made(request), about=about, key=key, answers=answers, by=request.actor,
            at=request.at,
        ),
        _("The remark is kept."),
        {"remark": words, "topic": request.POST.get("topic", ""), "answers": request.POST.get("answers", "")},
    )  # fmt: skip


@require_POST
def settle(request: Request, organisation: str, review: str, comment: str) -> HttpResponse:
    """Mark a remark as resolved, or as open again."""
    row = found_review(review)
    one = get_object_or_404(row.comments, public_id=plain_id(comment))
    resolved = {"resolve": True, "open": False}.get(request.POST.get("do", ""))
    if resolved is None:
        raise Http404
    resolve(one, resolved=resolved, by=request.actor, at=request.at)
    return redirect(version_url(request, row.version, "review") + f"#remark-{one.public_id}")


@require_POST
def step_on(request: Request, organisation: str, version: str, verb: str) -> HttpResponse:
    """Return, approve, activate or retire a version."""
    row = found_version(version)
    words = written(request.POST, "words")
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    acts: dict[str, tuple[Any, str]] = {
        "return": (
            lambda: return_version(row, because=words, **by),
            _("The version is a draft again."),
        ),
        "approve": (lambda: approve_version(row, waive=words, **by), _("The version is approved.")),
        "activate": (
            lambda: activate_version(row, **by),
            _("The version is in force: new cohorts can choose it."),
        ),
        "retire": (lambda: retire_version(row, **by), _("The version is retired.")),
    }
    if verb not in acts:
        raise Http404
    act, done = acts[verb]
    return _pressed(request, row, act, done, {verb: words})


def _pressed(
    request: Request, row: CurriculumVersion, act: Any, done: str, typed: dict[str, str]
) -> HttpResponse:
    """Do it and come back; what is refused now is said on the page, with all that was typed."""
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = page_of(request, found_version(row.public_id), said=sentence(refused.verdict), typed=typed)
        return render(request, "curricula/review.html", context, status=409)
    messages.success(request, done)
    return redirect(version_url(request, row, "review"))


def _made(request: Request) -> str:
    return written(request.POST, "made_id") or uuid.uuid4().hex
