"""Reading surveys, who is asked, and how many have answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Count, Q

from craftpath.domain.surveys.models import FEWEST, OTHER, Answer, Asked, Survey

if TYPE_CHECKING:
    from datetime import date

    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

_SIGNER = "craftpath.survey"


def surveys() -> models.QuerySet[Survey]:
    """The surveys of the open scope, the newest first; drafts that were thrown away are left out."""
    rows = Survey.objects.select_related("organisation").exclude(state="discarded")
    return rows.order_by("-made_at", "-pk")


def all_surveys() -> models.QuerySet[Survey]:
    """The same with drafts that were thrown away."""
    return Survey.objects.select_related("organisation")


def run_at(organisation: Organisation) -> models.QuerySet[Survey]:
    """Those of an organisation and all below it."""
    return surveys().filter(organisation__path__startswith=organisation.path)


def with_counts(rows: models.QuerySet[Survey]) -> models.QuerySet[Survey]:
    """The same, each with how many are asked (`people`) and how many of them have answered (`done`)."""
    return rows.annotate(people=Count("asked"), done=Count("asked", filter=Q(asked__answered=True)))


def answer_counts(surveys_: Iterable[int]) -> dict[int, int]:
    """survey → answers, of those that are closed: while one is open nobody may watch it grow; two questions."""
    asked = Survey._base_manager.filter(pk__in=list(surveys_), state="closed").order_by()
    counts = asked.annotate(
        named=Count("named_answers", distinct=True), plain=Count("answers", distinct=True)
    )
    return {pk: named + plain for pk, named, plain in counts.values_list("pk", "named", "plain")}


def waves_of(survey: Survey) -> list[Survey]:
    """Every wave of a series that the reader sees, the oldest first."""
    return list(surveys().filter(series=survey.series).order_by("wave"))


def before(survey: Survey) -> Survey | None:
    """The wave before this one."""
    rows = surveys().filter(series=survey.series, wave__lt=survey.wave)
    return rows.order_by("-wave").first()


def asked_of(person: Person) -> models.QuerySet[Asked]:
    """Where somebody is asked, those that close first first."""
    rows = Asked.objects.filter(person=person).select_related("survey__organisation")
    return rows.exclude(survey__state__in=("draft", "discarded")).order_by("survey__closes_on", "pk")


def waiting_for(person: Person, today: date) -> models.QuerySet[Asked]:
    """Open surveys that wait for somebody's answer."""
    rows = asked_of(person).filter(answered=False, survey__state="open")
    return rows.filter(survey__opens_on__lte=today, survey__closes_on__gte=today)


def asked_in(survey: Survey, person: Person) -> Asked | None:
    """Somebody's own place in a survey."""
    return asked_of(person).filter(survey=survey).first()


def not_answered(survey: Survey) -> models.QuerySet[Asked]:
    """Those who are still asked, by name; no page shows them but as `slips_for` leaves."""
    rows = Asked.objects.filter(survey=survey, answered=False).select_related("person")
    return rows.order_by("person__name", "name", "pk")


def to_remind(survey: Survey) -> int:
    """How many a reminder reaches: those who are still asked and have an account; outsiders have a slip."""
    return Asked._base_manager.filter(survey=survey, answered=False, person__isnull=False).count()


def slips_for(survey: Survey) -> models.QuerySet[Asked]:
    """Those of them who do not sign in: outsiders and former apprentices.

    A slip names somebody who has not answered and lets its holder answer there, so whoever finds the survey at home
    has none.
    """
    return not_answered(survey).filter(Q(person__isnull=True) | Q(role="graduate"))


def link_answers(surveys: Iterable[Survey]) -> dict[int, int]:
    """survey id → how many answers there are, whoever gave them; one query."""
    ids = [one.pk for one in surveys]
    rows = Answer.objects.filter(survey__in=ids).order_by().values_list("survey").annotate(count=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group are asked and have answered; both None where showing them would show too few."""

    at: Mapping[str, str]
    asked: int | None
    answered: int | None


def response(survey: Survey) -> list[Rate]:
    """The response of each kept combination of groups, by its values; one query.

    A combination with fewer than five who are asked is not kept where answers are anonymous, so it has none here.
    """
    rows = (
        Asked.objects.filter(survey=survey)
        .order_by()
        .values_list("groups")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(answered=True)))
    )
    found = [
        Rate(at, asked, answered) if asked >= FEWEST else Rate(at, None, None) for at, asked, answered in rows
    ]
    return sorted(
        found, key=lambda one: [(one.at.get(name) == OTHER, one.at.get(name, "")) for name in survey.groups]
    )


# ---- Links -----------------------------------------------------------------------------------------


def personal_token(asked: Asked) -> str:
    """What stands in somebody's own link; it can be made again, so nothing is kept of it."""
    return Signer(salt=_SIGNER, sep=".").sign(asked.public_id)


def by_token(token: str) -> tuple[Survey | None, Asked | None]:
    """The survey behind a link, and whose place in it, if the link is a personal one; None for one not made here.

    The caller has opened a scope in which the rows exist.
    """
    try:
        public_id = Signer(salt=_SIGNER, sep=".").unsign(token)
    except BadSignature:
        plain = token if token.isascii() and token.isprintable() and len(token) <= 40 else ""
        return (
            Survey.objects.select_related("organisation").filter(door=plain).first() if plain else None
        ), None
    asked = Asked.objects.select_related("survey__organisation", "person").filter(public_id=public_id).first()
    return (asked.survey, asked) if asked is not None else (None, None)
