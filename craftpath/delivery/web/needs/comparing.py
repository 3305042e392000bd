"""Waves, constructs, surveys and the mentors' view as the page of comparisons shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.needs import drawing, saying
from craftpath.delivery.web.shell.templatetags.say import text

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis

Told = dict[str, Any]
SIDES = ("ability", "importance", "gap")


def sides() -> list[tuple[str, str]]:
    """What waves are compared in."""
    return [
        ("ability", _("Own level")),
        ("importance", _("Importance")),
        ("gap", pgettext("of a skill", "Gap")),
    ]


def compared(row: Analysis, side: str) -> Told:
    """Everything that is compared, of an analysis that is worked out."""
    figures = row.figures
    if not figures:
        return {}
    scale = figures["scale"]
    return {
        "waves": [_waves(one, side, scale) for one in figures["waves"]],
        "constructs": [_construct(one, scale) for one in figures["constructs"]],
        "across": _across(row),
        "mentors": [
            {
                "name": text(figures["items"][at]["name"]),
                "row": one,
                "why": saying.why(one["why"]) if "why" in one else "",
                "own": number(one.get("own")),
                "mentor": number(one.get("mentor")),
                "ends": {} if "why" in one else drawing.dumbbell(one["own"], one["mentor"], *scale),
                "difference": "" if "why" in one else saying.signed(one["difference"]["value"]),
                "interval": "" if "why" in one else saying.interval(one["difference"]),
            }
            for at, one in _with_places(figures)
        ],
    }


def _with_places(figures: Told) -> list[tuple[int, Told]]:
    keys = [one["key"] for one in figures["items"]]
    return [(keys.index(one["key"]), one) for one in figures["mentors"] or ()]


def _waves(told: Told, side: str, scale: tuple[float, float]) -> Told:
    rows = []
    ends = scale if side != "gap" else (scale[0] - scale[1], scale[1] - scale[0])
    for one in told["items"]:
        line: Told = {"name": text(one["name"]), "changed": one["changed"], "n": one["n"]}
        if "why" in one:
            rows.append(line | {"why": saying.why(one["why"])})
            continue
        found = one[side]
        before, after = found["before"]["value"], found["after"]["value"]
        moved = found["difference"]
        clear = moved["low"] is not None and (moved["low"] > 0 or moved["high"] < 0)
        rows.append(
            line
            | {
                "ends": drawing.dumbbell(before, after, *ends),
                "before": number(before),
                "after": number(after),
                "difference": saying.signed(moved["value"]),
                "interval": saying.interval(moved),
                "clear": clear,
                "up": moved["value"] > 0,
                "order": -abs(moved["value"]),
            }
        )
    rows.sort(key=lambda line: line.get("order", 0))
    return {
        "labels": [(saying.wave_name(one), one["n"]) for one in told["waves"]],
        "rows": rows,
        "once": [(text(one["name"]), one["wave"]) for one in told["once"]],
        "ends": [number(end, 0) for end in ends],
        "clear": sum(bool(line.get("clear")) for line in rows),
    }


def _construct(told: Told, scale: tuple[float, float]) -> Told:
    columns = []
    for one in told["columns"]:
        label = (
            saying.wave_name(one)
            if told.get("waves", told["difference"]) or len(told["columns"]) == 1
            else text(one["organisation"])
        )
        line = {"label": label, "n": one["n"], "why": saying.why(one["why"]) if "why" in one else ""}
        if "why" not in one:
            line["mean"] = number(one["mean"]["value"])
            line["interval"] = saying.interval(one["mean"])
            line["place"] = f"{100 * (one['mean']['value'] - scale[0]) / (scale[1] - scale[0]):.2f}"
            if one["mean"]["low"] is not None:
                line["low"], line["high"] = (
                    f"{100 * min(max((one['mean'][end] - scale[0]) / (scale[1] - scale[0]), 0), 1):.2f}"
                    for end in ("low", "high")
                )
        columns.append(line)
    moved = told["difference"]
    return {
        "name": saying.construct_name(told["name"]),
        "items": len(told["items"]),
        "alpha": number(told["alpha"]["value"]),
        "alpha_why": saying.why(told["alpha"]["why"]) if told["alpha"]["value"] is None else "",
        "columns": columns,
        "difference": saying.signed(moved["value"]) if moved else "",
        "interval": saying.interval(moved) if moved else "",
        "ends": [number(end, 0) for end in scale],
    }


def _across(row: Analysis) -> Told | None:
    """Importance of each skill in each survey, as a heat map."""
    figures = row.figures
    if not figures["across"]:
        return None
    items = drawing.shown(figures)
    none = {"n": None, "why": "unasked"}
    cells = [[survey["cells"].get(item["key"], none) for survey in figures["across"]] for item in items]
    return {
        "heads": [(text(one["organisation"]), text(one["title"]), one["n"]) for one in figures["across"]],
        "rows": [
            (text(item["name"]), line)
            for item, line in zip(items, drawing.tinted(cells, "importance"), strict=True)
        ],
    }
