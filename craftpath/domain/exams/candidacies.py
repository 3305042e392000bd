"""What a candidate reads of the own examinations, and what others read of appeals and of what waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from craftpath.domain.exams.models import Appeal, AppealedLine, Candidate, EssayMark, PaperLine, Sitting
from craftpath.domain.exams.states import APPEAL

if TYPE_CHECKING:
    from craftpath.kernel.access import Actor
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

OPEN = ("lodged", "assessed")


def own_candidacies(person: Person) -> QuerySet[Candidate]:
    """One's own places at examinations, the newest first, with results and appeals; one query."""
    rows = Candidate.objects.filter(enrolment__person=person).select_related(
        "sitting__organisation",
        "sitting__cohort",
        "sitting__again_of",
        "paper",
        "enrolment",
        "outcome",
        "appeal",
    )
    return rows.order_by("-sitting__starts_at", "-pk")


def coming(person: Person, at: datetime) -> QuerySet[Candidate]:
    """Own examinations that are planned or under way, the next first."""
    rows = own_candidacies(person).filter(
        sitting__state__in=["planned", "open"], handed_in_at=None, enrolment__state="active"
    )
    return rows.filter(sitting__starts_at__gt=at - timedelta(days=1)).order_by("sitting__starts_at", "pk")


def between(person: Person, start: datetime, end: datetime) -> QuerySet[Candidate]:
    """Own examinations that begin in this time, also cancelled ones."""
    return own_candidacies(person).filter(sitting__starts_at__gte=start, sitting__starts_at__lt=end)


def held_by(person: Person, start: datetime, end: datetime) -> QuerySet[Sitting]:
    """Sittings that somebody planned, and that begin in this time; the own ones need no further look."""
    rows = Sitting._base_manager.select_related("organisation", "cohort", "paper").filter(made_by=person)
    return rows.filter(starts_at__gte=start, starts_at__lt=end)


def on_the_desk(organisation: Organisation, until: datetime) -> QuerySet[Sitting]:
    """Sittings here and below that are under way, or planned and begin until then, or should have begun."""
    rows = Sitting.objects.select_related("organisation", "cohort", "paper")
    here = rows.filter(organisation__path__startswith=organisation.path)
    found = here.filter(state="planned", starts_at__lt=until) | here.filter(state="open")
    return found.order_by("starts_at", "pk")


def appeals() -> QuerySet[Appeal]:
    """The appeals of the open scope: those that wait first, the most urgent at the top."""
    rows = Appeal.objects.select_related(
        "candidate__sitting__organisation",
        "candidate__sitting__cohort",
        "candidate__sitting__paper",
        "candidate__enrolment__person",
        "candidate__paper",
        "candidate__outcome",
        "assessed_by",
        "ended_by",
    )
    return rows.order_by("ended_at", "due_on", "pk")


def lines_in_question(appeal: Appeal) -> list[AppealedLine]:
    """The questions of an appeal in the order of the form; one query."""
    rows = AppealedLine.objects.filter(appeal=appeal)
    return list(
        rows.select_related("line__version__item", "line__version__stimulus").order_by("line__order", "pk")
    )


def to_assess(actor: Actor) -> QuerySet[Appeal]:
    """Appeals on which this person can give the second opinion; one query."""
    mine = EssayMark._base_manager.filter(
        candidate=OuterRef("candidate"), marker=actor.person, line__in=_lines_of(OuterRef(OuterRef("pk")))
    )
    return _at(actor).filter(~Exists(mine), state=APPEAL.start)


def to_decide(actor: Actor) -> QuerySet[Appeal]:
    """Appeals that this person can decide; one query."""
    mine = EssayMark._base_manager.filter(
        candidate=OuterRef("candidate"), marker=actor.person, line__in=_lines_of(OuterRef(OuterRef("pk")))
    )
    return _at(actor).filter(~Exists(mine), state="assessed").exclude(assessed_by=actor.person)


def _lines_of(appeal: Any) -> Any:
    return AppealedLine._base_manager.filter(appeal=appeal).values("line")


def _at(actor: Actor) -> QuerySet[Appeal]:
    path = actor.organisation.path if actor.organisation is not None else ""
    rows = appeals().filter(candidate__sitting__organisation__path__startswith=path)
    return rows.exclude(candidate__enrolment__person=actor.person)


def remarks_of(candidate: Candidate) -> dict[int, list[str]]:
    """line id → what markers wrote beside the essay, without their names; one query."""
    rows = (
        EssayMark._base_manager.filter(candidate=candidate, superseded_at=None)
        .exclude(words="")
        .order_by("place")
    )
    found: dict[int, list[str]] = {}
    for line, words in rows.values_list("line", "words"):
        found.setdefault(line, []).append(words)
    return found


def settled_points(candidate: Candidate) -> set[int]:
    """Ids of lines whose points an appeal has settled; one query."""
    rows = AppealedLine._base_manager.filter(appeal__candidate=candidate, points__isnull=False)
    return set(rows.values_list("line", flat=True))


def questions_of(paper_ids: Iterable[int]) -> dict[int, int]:
    """paper id → how many questions; one query."""
    rows = PaperLine.objects.filter(paper__in=set(paper_ids)).values_list("paper", flat=True)
    found: dict[int, int] = {}
    for paper in rows:
        found[paper] = found.get(paper, 0) + 1
    return found
