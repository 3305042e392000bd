"""The board of a workshop, live: cards are added, worded, moved, merged and split, by several people at once.

Every answer is the whole board as it stands. A board that looks on asks every few seconds and gets nothing while its
revision is the newest. What was refused stays in its field, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.occupations.places import found, tabs, to_chart, version
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, queries, rules
from craftpath.domain.occupations.pad import id_of
from craftpath.domain.occupations.texts import HINTS, VERBS
from craftpath.domain.occupations.wording import hints
from craftpath.kernel.keys import new_public_id
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart

LONGEST_KEY = 16
FIELDS = ("zh", "en", "second_zh", "second_en", "words")


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The page, its live part for htmx, or one step of whoever may draw."""
    row = found(request, chart)
    require(rules.may_edit(request.actor, row))
    if request.method == "POST":
        return _pressed(request, row)
    if request.htmx and request.GET.get("seen") == str(row.revision):
        return HttpResponse(status=204)
    return shown(
        request, row, edit=plain_id(request.GET.get("edit", "")), at=plain_id(request.GET.get("at", ""))
    )


def shown(
    request: Request,
    row: Chart,
    *,
    edit: str = "",
    at: str = "",
    fault: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The board with one card open (`edit`), one place to write (`at` a duty, or "new"), and what was typed there."""
    duties, steps = queries.board_of(row), queries.last_steps(row)
    context = {
        "row": row,
        "duties": [(duty, [(task, said(task.statement)) for task in duty.tasks]) for duty in duties],
        "edit": edit,
        "at": at,
        "fault": fault,
        "typed": typed or {},
        "open": _open(duties, edit, typed or {}) if edit else None,
        "language": language(),
        "fresh": new_public_id(),
        "steps": [(step, VERBS.get(step.verb, step.verb)) for step in steps],
        "undoes": next((step.pk for step in steps if not step.undone), None),
        "draws": row.state == "draft",
    }
    if request.htmx:
        return render(request, "occupations/live.html", context, status=status)
    context["tabs"] = tabs(request, row, "occupations:board")
    context["crumbs"] = [*to_chart(request, row), here(version(row))]
    return render(request, "occupations/board.html", context, status=status)


def said(statement: Text) -> list[str]:
    """What may be amiss with a statement, in words."""
    return [str(HINTS[one]) for one in hints(statement)]


def language() -> str:
    """Which side of a bilingual card is written first: that of the reader."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _open(duties: list[queries.DutyRow], edit: str, typed: dict[str, str]) -> dict[str, Any] | None:
    """The card or duty that is open, with its words or what was typed."""
    for place, duty in enumerate(duties):
        if duty.public_id == edit:
            return {"duty": duty, "place": place, "last": len(duties) - 1, **_words(duty.name, typed)}
        for at, task in enumerate(duty.tasks):
            if task.public_id == edit:
                others = [one for row in duties for one in row.tasks if one.public_id != edit]
                return {"task": task, "place": at, "others": others, "duties": duties, "under": duty.public_id,
                        "last": len(duty.tasks) - 1, **_words(task.statement, typed)}  # fmt: skip
    return None


def _words(now: Text, typed: dict[str, str]) -> dict[str, str]:
    kept = {"was_zh": now.zh, "was_en": now.en, "zh": now.zh, "en": now.en, "second_zh": "", "second_en": ""}
    return kept | {name: value for name, value in typed.items() if name in kept}


# ---- Steps -----------------------------------------------------------------------------------------


def _pressed(request: Request, row: Chart) -> HttpResponse:
    """Do one step; then the board again, where writing goes on."""
    posted = {name: _plain(request.POST.get(name, "")) for name in FIELDS}
    key, do = plain_id(request.POST.get("key", "")), request.POST.get("do", "")
    step = _steps(request, row, key, posted).get(do)
    if step is None:
        raise Http404
    at = {"add_duty": id_of(row, plain_id(request.POST.get("new", ""))[:LONGEST_KEY]), "add_task": key}.get(
        do, ""
    )
    stays = key if do in STAYS and "quiet" not in request.POST else ""
    try:
        step()
    except Refused as refused:
        if refused.verdict.who:
            raise
        where = {"add_duty": "new", "add_task": key}.get(do, "")
        row.refresh_from_db()
        return shown(request, row, edit="" if where else key, at=where, fault=sentence(refused.verdict),
                     typed=posted, status=409)  # fmt: skip
    row.refresh_from_db()
    if request.htmx:
        return shown(request, row, edit=stays, at=at)
    there = reverse("occupations:board", args=[request.organisation.key, row.public_id])
    ask = f"?edit={stays}" if stays else f"?at={at}" if at else ""
    return redirect(f"{there}{ask}#{'k-' + (stays or key or at)}")


STAYS = frozenset({"earlier", "later", "above", "below"})
"""Steps after which the card stays open: it may go on."""


def _plain(value: str) -> str:
    return value.replace("\0", "")[:1000]


def _steps(request: Request, row: Chart, key: str, posted: dict[str, str]) -> dict[str, Callable[[], object]]:
    """do → the step; nothing is done yet."""
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    new = plain_id(request.POST.get("new", ""))[:LONGEST_KEY]
    words = {"zh": posted["zh"], "en": posted["en"]}
    second = {"zh": posted["second_zh"], "en": posted["second_en"]}
    was = {"zh": _plain(request.POST.get("was_zh", "")), "en": _plain(request.POST.get("was_en", ""))}
    tongue = request.POST.get("language", "")
    one = {tongue if tongue in ("zh", "en") else language(): posted["words"]}
    other, duty = plain_id(request.POST.get("other", "")), plain_id(request.POST.get("duty", ""))
    revision = request.POST.get("revision", "")
    return {
        "add_duty": lambda: actions.add_duty(row, one, new=new, **who),
        "add_task": lambda: actions.add_task(row, key, one, new=new, **who),
        "reword": lambda: actions.reword(row, key, words, was=was, **who),
        "merge": lambda: actions.merge_tasks(row, key, other, words, **who),
        "split": lambda: actions.split_task(row, key, words, second, new=new, **who),
        "take_out": lambda: actions.take_out(row, key, **who),
        "move": lambda: actions.move_task(
            row, key, duty=duty, index=_number(request.POST.get("index", "")), **who
        ),
        "earlier": lambda: _shift(row, key, across=-1, down=0, who=who),
        "later": lambda: _shift(row, key, across=1, down=0, who=who),
        "above": lambda: _shift(row, key, across=0, down=-1, who=who),
        "below": lambda: _shift(row, key, across=0, down=1, who=who),
        "undo": lambda: actions.undo_step(row, revision=_number(revision), **who),
    }


def _number(given: str) -> int:
    """A number as it was sent; far beyond every place where it is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 6 else 10**6  # noqa: PLR2004


def _shift(row: Chart, key: str, *, across: int, down: int, who: dict[str, Any]) -> None:
    """A duty up or down; a card along its row, or to the end of the row above or below."""
    duties = queries.board_of(row)
    for place, duty in enumerate(duties):
        if duty.public_id == key:
            actions.move_duty(row, key, index=max(0, place + down), **who)
            return
        ids = [task.public_id for task in duty.tasks]
        if key not in ids:
            continue
        if down and 0 <= place + down < len(duties):
            actions.move_task(row, key, duty=duties[place + down].public_id, index=10**6, **who)
        elif across:
            actions.move_task(row, key, duty=duty.public_id, index=max(0, ids.index(key) + across), **who)
        return
