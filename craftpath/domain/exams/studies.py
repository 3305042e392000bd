"""What pages read of standard setting: studies, who judges, what is still to judge, which cut score is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from craftpath.domain.apprenticeships.queries import cohorts, parties_in
from craftpath.domain.exams.models import Adoption, Estimate, Judge, Paper, PaperLine, Round, Sitting, Study
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

STAFF_WHO_JUDGE = (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.ASSESSOR)


def studies() -> models.QuerySet[Study]:
    """The studies of the open scope, with paper and organisation."""
    return Study.objects.select_related("organisation", "paper")


def studies_with_counts() -> models.QuerySet[Study]:
    """The same, newest first, each with `asked`, how many judge, and `pass_number` of its last round or None."""
    last = Round._base_manager.filter(study=OuterRef("pk")).order_by("-number").values("number")[:1]
    asked = Count("judges", filter=Q(judges__excused_at__isnull=True))
    return studies().annotate(asked=asked, pass_number=Subquery(last)).order_by("-pk")


def judges() -> models.QuerySet[Judge]:
    """The judges of the open scope."""
    return Judge.objects.select_related("study__organisation", "study__paper", "person")


def judge_at(study: Study, person: Person) -> Judge | None:
    """This person as a judge of a study, unless excused or never asked."""
    return judges().filter(study=study, person=person, excused_at__isnull=True).first()


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A round in which somebody is asked: how many questions, how many of them have a value."""

    judge: Judge
    number: int
    due_on: date
    questions: int
    done: int

    @property
    def left(self) -> int:
        """How many questions have none."""
        return self.questions - self.done


def to_judge(person: Person) -> list[ToJudge]:
    """The open rounds of a person, the nearest day first; one query."""
    now = Round._base_manager.filter(study=OuterRef("study"), closed_at__isnull=True)
    given = Estimate._base_manager.filter(judge=OuterRef("pk"), round__closed_at__isnull=True).order_by()
    asked = PaperLine.objects.filter(paper=OuterRef("study__paper")).order_by()
    rows = (
        judges()
        .filter(person=person, excused_at__isnull=True, study__state="open")
        .annotate(
            number=Subquery(now.values("number")[:1]),
            due_on=Subquery(now.values("due_on")[:1]),
            done=_count(given, "judge"),
            questions=_count(asked, "paper"),
        )
        .order_by("due_on", "pk")
    )
    return [ToJudge(row, row.number, row.due_on, row.questions, row.done) for row in rows]


def _count(rows: models.QuerySet[models.Model], by: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(by).annotate(many=Count("pk")).values("many")), 0)


def pulse(study: Study) -> str:
    """Other whenever a page of the study would show something else; two queries."""
    said = Estimate._base_manager.filter(judge__study=study)
    values = said.aggregate(many=Count("pk"), last=Max("saved_at"))
    asked = Judge._base_manager.filter(study=study).aggregate(many=Count("pk"), gone=Count("excused_at"))
    last = values["last"].isoformat() if values["last"] else ""
    return f"{study.state}.{values['many']}.{last}.{asked['many']}.{asked['gone']}"


def candidates_to_judge(organisation: Organisation, on: date) -> list[tuple[Person, str]]:
    """Who can be asked, with the role: staff at, above and below, assessors, who works with apprentices of running
    cohorts.

    Everybody stands there once, as the first that applies; three queries.
    """
    path, step = organisation.path, organisation.steplen
    near = [path[:end] for end in range(step, len(path), step)]
    held = memberships_on(on).filter(
        Q(organisation__in=organisation.below()) | Q(organisation__path__in=near),
        role__in=STAFF_WHO_JUDGE,
        person__is_active=True,
    )
    rows = held.select_related("person").order_by("person__name", "person_id")
    found = [(row.person, row.role) for row in rows]
    found.sort(key=lambda one: STAFF_WHO_JUDGE.index(Role(one[1])))
    running = cohorts().filter(state="running", organisation__path__startswith=path).order_by()
    beside = Person.objects.filter(pk__in=parties_in(running.values_list("pk", flat=True)), is_active=True)
    found += [(person, Role.MENTOR.value) for person in beside.order_by("name", "pk")]
    once: dict[int, tuple[Person, str]] = {}
    for person, role in found:
        once.setdefault(person.pk, (person, role))
    return list(once.values())


def adoptions() -> models.QuerySet[Adoption]:
    """The decisions of the open scope, the newest first."""
    return Adoption.objects.select_related("study", "recorded_by").order_by("-recorded_at", "-pk")


def cuts_of(papers: Iterable[int]) -> dict[int, Adoption]:
    """paper id → the cut score in force: the one that was recorded last; one query."""
    found: dict[int, Adoption] = {}
    for row in adoptions().filter(study__paper__in=list(papers)).annotate(paper=F("study__paper")):
        found.setdefault(row.paper, row)
    return found


def cut_of(paper: Paper) -> Adoption | None:
    """The cut score of a paper that is in force; one query."""
    return cuts_of([paper.pk]).get(paper.pk)


def closed_sittings_of(paper: Paper) -> models.QuerySet[Sitting]:
    """Where this paper was answered, the newest first."""
    rows = Sitting.objects.select_related("cohort", "organisation", "paper")
    return rows.filter(paper=paper, state="closed").order_by("-starts_at", "-pk")
