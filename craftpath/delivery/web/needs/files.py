"""An analysis to take away: figures of skills and groups as on its pages, unrounded; waves and method beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.needs import saying
from craftpath.delivery.web.needs.places import found, reads_groups
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.needs.texts import CROSSHAIRS

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis

Row = list[Any]
HEAD = ("group", "value", "skill", "name", "n", "importance", "importance_sd", "importance_low", "importance_high",
        "ability", "ability_sd", "ability_low", "ability_high", "gap", "gap_low", "gap_high", "mwds", "mwds_low",
        "mwds_high", "nr", "pr", "tr", "rds", "rds_low", "rds_high", "rank_mwds", "rank_rds", "rank_gap", "quadrant",
        "why")  # fmt: skip
COMPARED = ("survey", "skill", "name", "side", "n_before", "n_after", "before", "after", "difference", "low", "high",
            "changed", "why")  # fmt: skip


@require_GET
def file(request: Request, organisation: str, analysis: str, name: str) -> HttpResponse:
    """`needs.csv` holds skills and groups; `needs.xlsx` waves and method beside them."""
    row = found(request, analysis)
    if name not in ("needs.csv", "needs.xlsx") or not row.figures:
        raise Http404
    sheets = list(_sheets(row, reads_groups(request.actor, row)))
    title = f"{text(row.title)} {name}"
    if name.endswith(".csv"):
        return attachment(write_csv([sheets[0].header, *sheets[0].rows]), title, CSV)
    return attachment(write_xlsx(sheets), title, XLSX)


def _sheets(row: Analysis, office: bool) -> Iterator[OutSheet]:
    yield OutSheet(_("Skills"), HEAD, _cells(_skills(row, office)), text_columns=frozenset({0, 1, 2, 3}))
    if office and row.figures["waves"]:
        yield OutSheet(_("Waves"), COMPARED, _cells(_waves(row)))
    yield OutSheet(_("How it was counted"), (_("What"), _("How")), _cells(_method(row)))


def _cells(rows: Iterable[Row]) -> list[tuple[Cell, ...]]:
    """Figures as exact as they are kept."""
    return [tuple(Decimal(repr(one)) if isinstance(one, float) else one for one in row) for row in rows]


def _skills(row: Analysis, office: bool) -> Iterator[Row]:
    items = row.figures["items"]
    for item in items:
        yield _line("", "", item, item)
    for group in row.figures["groups"] if office else ():
        title = saying.group_name(row, group["key"])
        for value in group["values"]:
            name = saying.value_name(group["key"], value)
            for item, cell in zip(items, value["cells"], strict=True):
                yield _line(title, name, item, cell)


def _line(group: str, value: str, item: dict[str, Any], cell: dict[str, Any]) -> Row:
    key: Row = [group, value, item["key"], text(item["name"]), cell["n"]]
    if "why" in cell:
        return [*key, *[None] * (len(HEAD) - 6), cell["why"]]
    figures: Row = []
    for side in ("importance", "ability"):
        figures += [cell[side][part] for part in ("value", "sd", "low", "high")]
    for side in ("gap", "mwds"):
        figures += [cell[side][part] for part in ("value", "low", "high")]
    figures += [cell["nr"], cell["pr"], cell["tr"], *(cell["rds"][part] for part in ("value", "low", "high"))]
    ranks = cell.get("ranks", {})
    figures += [ranks[name]["place"] if ranks else None for name in ("mwds", "rds", "gap")]
    return [*key, *figures, cell.get("quadrant"), None]


def _waves(row: Analysis) -> Iterator[Row]:
    for told in row.figures["waves"]:
        for item in told["items"]:
            key = [told["survey"], item["key"], text(item["name"])]
            if "why" in item:
                yield [*key, "", None, None, *[None] * 5, item["changed"], item["why"]]
                continue
            for side in ("importance", "ability", "gap"):
                one = item[side]
                moved = [one["difference"][part] for part in ("value", "low", "high")]
                yield [
                    *key,
                    side,
                    *item["n"],
                    one["before"]["value"],
                    one["after"]["value"],
                    *moved,
                    item["changed"],
                    None,
                ]


def _method(row: Analysis) -> Iterator[Row]:
    figures = row.figures
    yield [_("People"), row.people]
    yield [_("Surveys"), ", ".join(survey.public_id for survey in row.surveys.all())]
    yield [_("Missing answers"), _("complete pairs: a skill counts for those who rated both sides")]
    yield [_("Intervals"), _("95 %, Student's t; of differences between waves Welch's")]
    yield [_("Lines of the map"), str(CROSSHAIRS[row.crosshair])]
    yield [_("Smallest shown cell"), row.least]
    yield [_("Version of the method"), row.version]
    yield [_("Fingerprint of the answers"), row.fingerprint]
    for pair, told in figures["agreement"].items():
        yield [f"Spearman {pair}", _or_why(told)]
    for side, told in figures["reliability"].items():
        yield [f"Cronbach alpha {side}", _or_why(told)]


def _or_why(told: dict[str, Any]) -> Any:
    return told["value"] if told["value"] is not None else saying.why(told["why"])
