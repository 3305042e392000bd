"""Reading analyses: lists, what is published, and the weights that a curriculum is drafted from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

from craftpath.domain.needs.models import Analysis, SignOff
from craftpath.domain.needs.rules import READ
from craftpath.domain.needs.states import PUBLIC
from craftpath.domain.surveys.queries import run_at

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

MOST_UNREAD = 10


def analyses() -> models.QuerySet[Analysis]:
    """The analyses of the open scope, the newest first, without those that were put away and without figures."""
    rows = Analysis.objects.select_related(
        "organisation", "made_by", "published_by", "superseded_by", "asked_in"
    )
    return rows.exclude(state="dropped").order_by("-made_at", "-pk")


def listed(organisation: Organisation) -> models.QuerySet[Analysis]:
    """Those of an organisation and of all below it, without their figures."""
    return analyses().filter(organisation__path__startswith=organisation.path).defer("figures")


def published(organisation: Organisation) -> models.QuerySet[Analysis]:
    """What holds there today: published analyses of an organisation and of all below it, the newest first."""
    return listed(organisation).filter(state="published").order_by("-published_at", "-pk")


def of_survey(survey: Survey) -> models.QuerySet[Analysis]:
    """The analyses that read a survey, the newest first, without their figures and without superseded ones."""
    return analyses().filter(surveys=survey).exclude(state="superseded").defer("figures")


def unread(organisation: Organisation) -> Sequence[Survey]:
    """Surveys of a place and below it that are over and that no analysis reads, the newest first; one query."""
    standing = Analysis._base_manager.exclude(state__in=("dropped", "failed")).order_by()
    reading = models.Exists(standing.filter(surveys=models.OuterRef("pk")))
    rows = run_at(organisation).filter(~reading, state__in=READ)
    return list(rows[:MOST_UNREAD])


def published_for(person: Person) -> models.QuerySet[Analysis]:
    """What is published of surveys in which somebody was asked."""
    rows = analyses().filter(state="published", surveys__asked__person=person).defer("figures")
    return rows.order_by("-published_at", "-pk").distinct()


def found_by(person: Person, organisation: Organisation, states: Sequence[str]) -> models.QuerySet[Analysis]:
    """What an office finds: those of these states there and below, and what its holder was asked about elsewhere."""
    here = models.Q(organisation__path__startswith=organisation.path, state__in=states)
    asked = models.Q(pk__in=published_for(person).order_by().values("pk"))
    return analyses().filter(here | asked).defer("figures")


def was_asked(row: Analysis, person: Person) -> bool:
    """Whether somebody was asked in one of its surveys."""
    return row.surveys.filter(asked__person=person).exists()


def signatures(row: Analysis) -> Sequence[SignOff]:
    """Who stands by its list, in the order in which they signed."""
    return list(row.signatures.select_related("person", "place"))


def weights_of(analysis_public_id: str) -> dict[str, float]:
    """skill key → weight ≥ 0: the weighted need (MWDS), 0 where a skill is mastered beyond its importance.

    A skill without a figure, or whose figure is hidden, has no weight at all. Raises `Analysis.DoesNotExist` for an
    analysis that the open scope does not see, or that is not worked out.
    """
    rows = Analysis.objects.filter(state__in=(*PUBLIC, "computed"))
    figures = rows.values_list("figures", flat=True).get(public_id=analysis_public_id)
    return {
        row["key"]: max(row["mwds"]["value"], 0.0)
        for row in figures["items"]
        if "why" not in row and row["mwds"]["value"] is not None
    }
