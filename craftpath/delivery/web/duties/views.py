"""What is due and overdue by kind and age, who is asked, who was told, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craftpath.delivery.exchange.due_ages import AGES, LATE, Due, KindDue, due_of, kinds_for
from craftpath.delivery.exchange.waiting import page_url
from craftpath.delivery.web.care.saying import incidents_named
from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.delivery.web.shell.words import PERMISSION_NAMES
from craftpath.engines.deadlines import due
from craftpath.kernel.duties import Asked, Clock, Kind
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref

PAGE = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the list."""

    name: str
    url: str
    who: str
    due: Due
    told: Sequence[str]

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.due.age in LATE


@require_safe
@needs(Permission.MANAGE_COHORTS, Permission.MANAGE_AGREEMENTS)
def deadlines(request: Request, organisation: str) -> HttpResponse:
    """The table of kinds and ages; a figure of it opens the things behind it."""
    clock = Clock(Asked(at=request.at, today=request.today, within=request.organisation))
    every = [due_of(kind, clock) for kind in kinds_for(request.actor)]
    found = [one for one in every if one.rows]
    chosen = next((one for one in found if one.kind.code == request.GET.get("kind")), None)
    age = request.GET.get("age", "")
    page: dict[str, Any] = {
        "ages": AGES[::-1],  # the latest first: on a phone, what is furthest behind is in view
        "rows": [_row(one, chosen, age) for one in sorted(found, key=lambda one: -one.late)],
        "late": sum(one.late for one in found),
        "open": sum(len(one.rows) for one in found),
        "chosen": chosen,
        "age": next((name for code, name, _start in AGES if code == age), ""),
        "assumed": any(row.assumed for one in found for row in one.rows),
    }
    if chosen is not None:
        rows = [row for row in chosen.rows if age not in dict.fromkeys(a[0] for a in AGES) or row.age == age]
        page["page"] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        page["shown"] = _shown(request, chosen.kind, list(page["page"].object_list), clock)
        page["board_url"] = page_url(chosen.kind.board, organisation) if chosen.kind.board else ""
    return render(request, "duties/deadlines.html", page)


def _row(one: KindDue, chosen: KindDue | None, age: str) -> dict[str, Any]:
    code = one.kind.code
    cells = [
        {
            "count": one.count(key),
            "url": f"?kind={code}&age={key}#things",
            "late": key in LATE,
            "current": one is chosen and key == age,
        }
        for key, _name, _start in AGES[::-1]
    ]
    return {"name": text(one.kind.name), "url": f"?kind={code}#things", "cells": cells}


def _shown(request: Request, kind: Kind, rows: Sequence[Due], clock: Clock) -> list[Shown]:
    """Names, pages and what was said when, for one page of rows; a handful of queries."""
    refs = {row.subject: str(Ref(*kind.subject, row.subject)) for row in rows}
    named = subjects(refs.values(), request.organisation.key)
    if kind.subject == ("care", "incident"):
        named |= incidents_named(refs, request.organisation.key)
    people = dict(
        Person.objects.filter(pk__in={pk for row in rows for pk in row.who}).values_list("pk", "name")
    )
    board = page_url(kind.board, request.organisation.key) if kind.board else ""
    shown = []
    for row in rows:
        who = listed(people.get(pk, "") for pk in row.who) if row.who else _office(kind)
        name, url = named.get(refs[row.subject], ("", ""))
        shown.append(Shown(name or who, url or board, who, row, _told(kind, row, clock)))
    return shown


def _office(kind: Kind) -> str:
    """Whoever is asked where it is nobody in particular."""
    if kind.needs is None:
        return "–"
    return _("those who may %(permission)s") % {"permission": PERMISSION_NAMES[kind.needs]}


def _told(kind: Kind, row: Due, clock: Clock) -> list[str]:
    """The steps that lie behind, each with its day."""
    said = []
    for step in kind.steps[: row.reached]:
        turn: date = (
            due(np.array([row.on], "datetime64[D]"), step.at, clock.calendar(row.place)).days[0].item()
        )
        if step.tells is None:
            said.append(_("reminded on %(day)s") % {"day": day(turn)})
        else:
            whom = PERMISSION_NAMES[step.tells]
            said.append(
                _("from %(day)s on told to those who may %(permission)s")
                % {"day": day(turn), "permission": whom}
            )
    return said
