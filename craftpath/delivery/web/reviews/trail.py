"""The way back: from the list of reviews to this page, and the tabs of its neighbours."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission


def sees_cohorts(actor: Actor) -> bool:
    """Whether somebody looks at whole cohorts with their people."""
    return {Permission.SEE_FIGURES, Permission.SEE_RESULTS} <= actor.permissions


def to_reviews(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of reviews on."""
    return [step(request, _("Reviews"), "reviews:list"), *further]


def to_board(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of cohorts on."""
    return [step(request, _("Reviews"), "reviews:board"), *further]


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """One's own reviews, and those of cohorts; nothing for whoever has only one of them."""
    if not sees_cohorts(request.actor):
        return []
    places = (("reviews:list", _("My reviews")), ("reviews:board", _("By cohort")))
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]
