"""The report to take away: its figures, and the points of everybody without a name, as `craftpath items` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.itemreport.overview import whole
from craftpath.delivery.web.itemreport.questions import flags_of
from craftpath.delivery.web.itemreport.reading import count, read
from craftpath.delivery.web.itemreport.words import MISSING, WHY
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.sittings.places import found
from craftpath.domain.exams.analysis import Modelled, Sheet, modelled
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figures

FILES = {"figures.csv", "figures.xlsx", "responses.csv", "responses.xlsx"}
DIGITS = 12
ABSENT = "not_available"


@require_GET
@needs(Permission.IMPORT_MARKS)
def file(request: Request, organisation: str, sitting: str, name: str) -> HttpResponse:
    """One of the files, of the sittings and the form that the page showed."""
    row = found(sitting)
    if name not in FILES or row.state != "closed":
        raise Http404
    reading = read(request, row)
    count(reading, reading.together if reading.all else [row])
    if reading.sheet is None:
        raise Http404
    sheet = reading.sheet
    title = f"{reading.papers[sheet.paper].title} {name}"
    if name.startswith("responses"):
        head, *rows = responses(sheet)
        tables = [OutSheet(_("Responses"), head, _rows(rows), text_columns=frozenset({0}))]
    else:
        taken = figures(sheet)
        named = (
            (_("Questions"), taken.questions),
            (_("The whole paper"), taken.whole),
            (_("How it is counted"), taken.methods),
        )
        tables = [OutSheet(words, head, _rows(rows)) for words, (head, *rows) in named]
    if name.endswith(".xlsx"):
        return attachment(write_xlsx(tables), title, XLSX)
    lines = [line for one in tables for line in ([*one.header], *one.rows, [])][:-1]
    return attachment(write_csv(lines), title, CSV)


def _rows(rows: list[list[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(_cell(one) for one in row) for row in rows]


def _cell(value: Any) -> Any:
    """What a sheet can hold: floats become decimals."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def responses(sheet: Sheet) -> list[list[Any]]:
    """`person` and a column a question; rows are numbered in an order that tells nothing of who is who."""
    rows = [
        (hashlib.sha256(sheet.table.candidates[row].public_id.encode()).hexdigest(), n)
        for n, row in enumerate(sheet.rows)
    ]
    scores = sheet.responses.scores
    return [
        ["person", *(f"q{order}" for order in sheet.orders)],
        *(
            [str(place), *(_points(one) for one in scores[n].tolist())]
            for place, (_digest, n) in enumerate(sorted(rows), start=1)
        ),
    ]


def _points(value: float) -> Decimal | None:
    """Plain digits; a gap is empty."""
    return None if value != value else Decimal(f"{value:.{DIGITS}f}").normalize() + 0


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures of a form as three tables, each with its head: questions, the whole paper, how all is counted.

    A figure that is not available is an empty cell, never 0, and the last column says which it is and why.
    """

    questions: list[list[Any]]
    whole: list[list[Any]]
    methods: list[list[Any]]


def figures(sheet: Sheet) -> Taken:
    """Each question's figures, those of the whole paper, and what they rest on."""
    model = modelled(sheet)
    columns = _columns(sheet, model)
    items: list[list[Any]] = [["item", "words", "n", *(name for name, _of in columns), "flags", ABSENT]]
    for at, order in enumerate(sheet.orders):
        version = sheet.table.lines[sheet.columns[at]].version
        told = [(name, of.one(at)) for name, of in columns]
        why = "; ".join(f"{name}: {WHY.get(one.why, one.why)}" for name, one in told if one.value is None)
        items.append(
            [
                f"q{order}",
                plain(version.stem, 200),
                int(sheet.classical.difficulty.n[at]),
                *(one.value for _name, one in told),
                "; ".join(flags_of(sheet, at)),
                why,
            ]
        )
    return Taken(items, _whole(sheet), _methods(sheet, model, columns))


def _columns(sheet: Sheet, model: Modelled) -> list[tuple[str, Figures]]:
    """The figures that each question has: those of a model only where there is one."""
    found = sheet.classical
    columns: list[tuple[str, Figures]] = [
        ("difficulty", found.difficulty),
        ("discrimination", found.item_rest),
        ("upper_lower", found.upper_lower),
        ("alpha_without", found.alpha_without),
    ]
    if model.fitted is not None and model.slope_error is not None and model.difficulty_error is not None:
        columns += [("a", model.fitted.slope), ("a_se", model.slope_error)]
        columns += [("b", model.fitted.difficulty), ("b_se", model.difficulty_error)]
    if model.mean_squares is not None:
        columns += [("infit", model.mean_squares.infit), ("outfit", model.mean_squares.outfit)]
    if model.chi_square is not None:
        columns.append(("s_x2", model.chi_square.statistic))
    return columns


def _whole(sheet: Sheet) -> list[list[Any]]:
    found = sheet.classical
    exact = [found.distribution.mean, None, found.alpha, found.kr20, found.error]
    variance = found.distribution.variance
    spread = None if variance.value is None else variance.value**0.5
    rows = [
        [one.label, spread if figure is None else figure.value, one.n, one.key, one.missing, one.why]
        for one, figure in zip(whole(sheet), exact, strict=True)
    ]
    return [["figure", "value", "n", "method", "missing", ABSENT], *rows]


def _methods(sheet: Sheet, model: Modelled, columns: Sequence[tuple[str, Figures]]) -> list[list[Any]]:
    """How each column of the questions is counted, why there is no model, and who is left out."""
    rows: list[list[Any]] = [
        [name, int(of.n.max(initial=0)), of.method, str(MISSING[of.missing.value]), ""]
        for name, of in columns
    ]
    if model.fitted is None:
        rows.append(["a, b", model.n, "", "", str(WHY.get(model.why, model.why))])
    if sheet.again:
        rows.append(["left_out", sheet.again, "", _("sat the paper before; the first time counts"), ""])
    return [["figure", "n", "method", "missing", ABSENT], *rows]
