"""The columns of a table that was pasted or dropped: shown with a choice each, and remembered for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craftpath.delivery.exchange.exams.columns import (
    KIND,
    Column,
    as_questions,
    columns_of,
    mark_of,
    meanings_of,
    memory_of,
    twice,
)
from craftpath.delivery.exchange.exams.tabbed import Block, blocks
from craftpath.delivery.exchange.exams.table import MOST_ROWS, OPTION, TARGETS, enough
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.sheets import remember
from craftpath.values.verdict import Refused, not_now

NAMES = {
    "stem": gettext_lazy("the question"),
    "options": gettext_lazy("all options in one cell"),
    "key": gettext_lazy("the answer"),
    "points": pgettext_lazy("a column of a table", "points"),
    "difficulty": pgettext_lazy("a column of a table", "difficulty"),
    "kind": pgettext_lazy("a column of a table", "kind of question"),
    "explanation": pgettext_lazy("a column of a table", "explanation"),
    "number": pgettext_lazy("a column of a table", "number"),
    "ignore": gettext_lazy("leave out"),
}


def name_of(target: str) -> str:
    """How a column's content is called."""
    if target.startswith(OPTION):
        return _("option %(letter)s") % {"letter": target.removeprefix(OPTION)}
    return str(NAMES[target])


def shown(request: Request, found: Sequence[Block]) -> dict[str, Any]:
    """The first table of the text with a choice for each column: as chosen, as last time, or guessed."""
    if not found:
        return {}
    columns = _chosen(request, found[0], columns_of(found[0], memory_of(request.organisation, found[:1])))
    return {
        "table": {
            "mark": mark_of(found[0]),
            "rows": len(found[0].rows) - 1,
            "more": len(found) - 1,
            "columns": columns,
            "open": [one for one in columns if not one.known],
            "decided": [one for one in columns if one.known],
            "as_last": all(one.as_last for one in columns),
            "first_too": "first_too" in request.POST,
            "choices": [(target, name_of(target)) for target in TARGETS],
            "most": MOST_ROWS,
        }
    }


def _chosen(request: Request, block: Block, columns: list[Column]) -> list[Column]:
    """The columns with what the form says of them, if it speaks of this table."""
    if request.POST.get("table") != mark_of(block):
        return columns
    said = [request.POST.get(f"column-{one.place}", "") for one in columns]
    return [
        replace(one, target=target) if target in TARGETS else one
        for one, target in zip(columns, said, strict=True)
    ]


def by_choice(request: Request, text: str) -> str:
    """The text with the first table as questions, as the form says; what was said is kept for the next time."""
    block = next(blocks(text), None)
    if block is None or request.POST.get("table") != mark_of(block):
        raise Refused(not_now("exam.table_moved"))
    columns = _chosen(request, block, columns_of(block, memory_of(request.organisation, [block])))
    targets = [one.target for one in columns]
    if "stem" not in targets:
        raise Refused(not_now("exam.table_without_question"))
    if same := twice(targets):
        raise Refused(not_now("exam.table_twice", what=name_of(same)))
    first_too = "first_too" in request.POST
    if not first_too:
        remember(request.organisation, KIND, meanings_of(block, targets), by=request.actor, at=request.at)
    return as_questions(text, block, targets, first_too=first_too)


def by_memory(request: Request, text: str) -> str:
    """The text with every table as questions of which all columns are known, by the office or by their heads."""
    found = list(blocks(text))
    memory = memory_of(request.organisation, found)
    for block in reversed(found):  # from the end, so that the lines of those before stay where they are
        columns = columns_of(block, memory)
        targets = [one.target for one in columns]
        if all(one.known for one in columns) and enough(targets) and not twice(targets):
            text = as_questions(text, block, targets)
    return text
