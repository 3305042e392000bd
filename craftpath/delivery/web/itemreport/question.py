"""One question: as candidates see it, who chose what, how it fits the model."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import addresses, candidate, key_in_words, plain
from craftpath.delivery.web.itemreport.figures import number, shown
from craftpath.delivery.web.itemreport.plots import Axis, Plot, share_axis
from craftpath.delivery.web.itemreport.questions import flags_of
from craftpath.delivery.web.itemreport.reading import ENOUGH, Reading, page
from craftpath.delivery.web.itemreport.scale import fit_of, item_curve
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.exams import queries
from craftpath.domain.exams.analysis import Choices, Sheet, choices_of, modelled
from craftpath.domain.exams.analysis.options import FULL, LEAST, NONE, NOTHING, PART
from craftpath.domain.exams.texts import KINDS
from craftpath.kernel.roles import Permission

LOOKS = ("two", "three", "four", "five", "six")


@require_GET
@needs(Permission.IMPORT_MARKS)
def question(request: Request, organisation: str, sitting: str, item: str) -> HttpResponse:
    """Everything that is known of one question on one form."""
    return page(
        request, sitting, "itemreport/question.html", lambda reading: _filled(reading, plain_id(item))
    )


def _filled(reading: Reading, item: str) -> dict[str, Any]:
    """On the form that was chosen if it stands there, else on the first that has it."""
    sheets = [reading.sheet, *reading.sheets.values()]
    places = [
        (sheet, at)
        for sheet in sheets
        if sheet is not None
        for at, column in enumerate(sheet.columns)
        if sheet.table.lines[column].version.item.public_id == item
    ]
    if not places:
        raise Http404
    sheet, at = places[0]
    version = sheet.table.lines[sheet.columns[at]].version
    content = queries.content_of(version, version.item.kind)
    classical = sheet.classical
    choices = choices_of(sheet, at, content)
    names = _names(content)
    model = modelled(sheet)
    figures = [
        shown(classical.difficulty.one(at)),
        shown(classical.item_rest.one(at)),
        shown(classical.upper_lower.one(at)),
        shown(classical.alpha_without.one(at)),
    ]
    fitted, methods = fit_of(model, at)
    return {
        "order": sheet.orders[at],
        "here": _("Question %(number)s") % {"number": sheet.orders[at]},
        "item": version.item,
        "kind": KINDS[version.item.kind],
        "version": version,
        "form": reading.papers[sheet.paper].title if len(reading.sheets) > 1 else "",
        "shown": candidate(content, addresses(reading.request.organisation.key), None, version.stimulus)
        | {"file": False},
        "key": key_in_words(content),
        "flags": flags_of(sheet, at),
        "few": sheet.n < ENOUGH,
        "n": sheet.n,
        "enough": ENOUGH,
        "figures": figures,
        "choices": choices,
        "rows": _rows(choices, names),
        "least": LEAST,
        "traces": _traces(choices, names),
        "fitted": fitted,
        "model": model,
        "model_url": reading.address("model"),
        "curve": item_curve(sheet, model, at),
        "before": _beside(reading, sheet, at - 1),
        "after": _beside(reading, sheet, at + 1),
        "how": [*(one.key for one in figures), "options_by_third_ties_shared", *methods],
    }


def _beside(reading: Reading, sheet: Sheet, at: int) -> dict[str, Any] | None:
    """The question before or after, if there is one."""
    if not 0 <= at < len(sheet.columns):
        return None
    version = sheet.table.lines[sheet.columns[at]].version
    return {"order": sheet.orders[at], "url": reading.address("question", version.item.public_id)}


def _names(content: Any) -> dict[str, tuple[str, str]]:
    """key → (letter, words) of each option, and of the rows that stand for none."""
    details = content.details
    rows = [*details.get("options", ()), *details.get("regions", ())]
    found = {
        row["key"]: (chr(65 + n) if n < 26 else str(n + 1), plain(row.get("text") or row.get("name"), 60))  # noqa: PLR2004
        for n, row in enumerate(rows)
    }
    return found | {
        "true": ("√", _("true")),
        "false": ("×", _("false")),
        FULL: ("", _("all points")),
        PART: ("", _("some of the points")),
        NONE: ("", _("no points")),
        NOTHING: ("", _("no answer")),
    }


def _rows(choices: Choices, names: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "letter": names[row.key][0],
            "words": names[row.key][1],
            "right": row.right,
            "count": row.count,
            "overall": number(row.overall),
            "width": round(100 * (row.overall or 0)),
            "thirds": [number(one) for one in row.thirds],
            "idle": row.idle,
        }
        for row in choices.rows
    ]


def _traces(choices: Choices, names: dict[str, tuple[str, str]]) -> Plot | None:
    """The share of each option from the weakest third to the best; the right one should rise."""
    if not choices.told:
        return None
    plot = Plot(
        _("Who chose what"),
        Axis(-0.15, 2.5, (0, 1, 2), 0, (_("Weakest"), _("Middle"), _("Best"))),
        share_axis(),
        _("Thirds by total"),
        _("Share of the third"),
        n=choices.n,
    )
    wrong = 0
    for row in choices.rows:
        if row.right:
            look = "one"
        else:
            look = LOOKS[wrong % len(LOOKS)]
            wrong += 1
        points = [(n, one) for n, one in enumerate(row.thirds) if one is not None]
        if not points:
            continue
        letter, words = names[row.key]
        plot.line(points, look, dashed=not row.right)
        for place, (x, y) in enumerate(points):
            plot.dot(
                x,
                y,
                look,
                words=letter if place == len(points) - 1 else "",
                title=f"{words}: {number(y)}",
            )
        plot.legend.append(
            (
                look,
                f"{letter} {words}".strip() + (f" ({pgettext('an option', 'right')})" if row.right else ""),
            )
        )
    return plot
