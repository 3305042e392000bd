"""What the model is, what it was worth, whether groups are treated alike, who uses it; and how right the rules were."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.itemreport.plots import Plot, axis
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.support import saying
from craftpath.delivery.web.support.forms import SwitchForm
from craftpath.delivery.web.support.places import tabs
from craftpath.domain.support import actions, queries, rules
from craftpath.domain.support.texts import DIMENSIONS, FIGURES, OUTCOMES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.support.models import Fitted


@require_GET
@needs(Permission.SEE_SIGNS)
def card(request: Request, organisation: str) -> HttpResponse:
    """The card: readable by everybody who sees the list."""
    row = queries.newest_model()
    uses = queries.uses_at(request.organisation)
    now = uses[0] if uses else None
    context = {
        "tabs": tabs(request, "model"),
        "row": row,
        "record": _record(request),
        "told": _told(row) if row is not None and not row.why else None,
        "too_few": row.report if row is not None and row.why else None,
        "uses": uses,
        "now": now if now is not None and now.on and row is not None else None,
        "older": now is not None and now.on and row is not None and now.model_id != row.pk,
        "runs": bool(rules.may_use(request.actor, request.organisation)),
        "form": SwitchForm(),
    }
    return render(request, "support/model.html", context)


def _record(request: Request) -> dict[str, Any]:
    """How right signs were here, and what came of what people did."""
    found = queries.record_at(request.organisation, request.at)
    return {
        "precision": saying.proportion(asdict(found.precision)),
        "recall": saying.proportion(asdict(found.recall)),
        "acts": found.acts,
        "outcomes": [(str(name), found.outcomes.get(key, 0)) for key, name in OUTCOMES.items()],
        "looked": sum(found.outcomes.values()),
    }


def _told(row: Fitted) -> dict[str, Any]:
    """The report in words and figures."""
    report, definition = row.report, row.definition
    return {
        "base": saying.percent(row.left / row.cases),
        "threshold": saying.percent(definition["threshold"]),
        "kind": str(_calibration(definition["calibration"]["kind"])),
        "rows": [
            _worth(_("Model"), report["model"]),
            _worth(_("Rules alone"), report["by_rules"]),
            _worth(_("Base rate alone"), report["base"], area=False),
        ],
        "plot": reliability(report["bins"], row.cases),
        "features": _features(definition),
        "fairness": [
            {
                "title": str(DIMENSIONS[key]),
                "groups": [_group(key, one) for one in report["fairness"].get(key, ())],
            }
            for key in DIMENSIONS
        ],
        "flagged": any(one["flagged"] for groups in report["fairness"].values() for one in groups),
        "gain": f"{report['gain'][0]:.3f} ± {1.96 * report['gain'][1]:.3f}",
    }


def _calibration(kind: str) -> str:
    return {
        "none": _("as they come"),
        "platt": _("by Platt's method"),
        "isotonic": _("by isotonic regression"),
    }[kind]


def _worth(name: str, told: dict[str, Any], *, area: bool = True) -> dict[str, Any]:
    return {
        "name": name,
        "auc": f"{told['auc']:.2f}" if area and told["auc"] is not None else "–",
        "brier": f"{told['brier']:.3f}",
        "log_loss": f"{told['log_loss']:.3f}",
        "named": told["hits"]["named"],
        "precision": saying.proportion(told["hits"]["precision"]),
        "recall": saying.proportion(told["hits"]["recall"]),
    }


def _features(definition: dict[str, Any]) -> list[dict[str, Any]]:
    """Each figure with its weight: how many times the odds grow from nothing to its cap."""
    return [
        {
            "label": str(FIGURES[one["key"]]),
            "cap": f"{one['cap']:g}",
            "factor": f"{math.exp(weight):.1f}" if weight else "1",
            "used": weight > 0,
        }
        for one, weight in zip(definition["features"], definition["coefficients"], strict=True)
    ]


def _group(dimension: str, one: dict[str, Any]) -> dict[str, Any]:
    known = one["n"] is not None
    return {
        "name": saying.group(dimension, one["name"]),
        "n": one["n"] if known else None,
        "named": saying.proportion(one["named"]) if known else None,
        "ratio": f"{one['ratio']:.2f}" if known and one["ratio"] is not None else "–",
        "flagged": one["flagged"],
        "true": saying.difference(one["true"]) if known else "–",
        "false": saying.difference(one["false"]) if known else "–",
        "said": saying.percent(one["said"]) if known else "–",
        "came": saying.proportion(one["came"]) if known else None,
    }


def reliability(bins: list[dict[str, Any]], n: int) -> Plot:
    """What was said against what came: on the line both are the same."""
    most = max((one["came"]["high"] or 0 for one in bins), default=0.1)
    most = 100 * max(most, *(one["said"] for one in bins), 0.1) if bins else 10
    scale = axis(0, most, about=4, places=0)
    plot = Plot(
        _("What the model said and what came"),
        scale,
        scale,
        _("Said: of 100, so many leave early within half a year"),
        _("Came: of 100, so many did"),
        n=n,
        note=_("with the interval of 95 %; on the line both are the same"),
    )
    plot.line([(0, 0), (scale.high, scale.high)], "zero", dashed=True)
    for one in bins:
        said, came = 100 * one["said"], one["came"]
        plot.line([(said, 100 * came["low"]), (said, 100 * came["high"])], "plain")
        share = 100 * came["count"] / came["n"]
        plot.dot(said, share, "plain", title=f"{said:.0f} → {share:.0f} (n = {came['n']})")
    plot.head = [_("Said"), _("Came"), pgettext("of a figure", "Interval"), "n"]
    plot.rows = [
        [
            saying.percent(one["said"]),
            (told := saying.proportion(one["came"]) or {}).get("value", "–"),
            told.get("interval", "–"),
            one["came"]["n"],
        ]
        for one in bins
    ]
    return plot


@require_POST
@needs(Permission.RUN_SUPPORT)
def fit(request: Request, organisation: str) -> HttpResponse:
    """Have one fitted anew, in the background."""
    actions.ask_for_model(by=request.actor, at=request.at)
    messages.success(request, _("A model is being fitted. Open this page again in a few minutes."))
    return redirect("support:model", organisation)


@require_POST
@needs(Permission.RUN_SUPPORT)
def switch(request: Request, organisation: str, model: str, verb: str) -> HttpResponse:
    """Use it here, or no longer; whoever presses stands for it."""
    row = queries.model(plain_id(model))
    if row is None or verb not in ("on", "off"):
        raise Http404
    actions.switch_model(
        row,
        request.organisation,
        on=verb == "on",
        words=plain_words(request),
        by=request.actor,
        at=request.at,
    )
    done = {
        "on": _("Switched on. Figures stand beside the rules from the next look on."),
        "off": _("Switched off. No figure of it is shown from the next look on."),
    }
    messages.success(request, done[verb])
    return redirect("support:model", organisation)
