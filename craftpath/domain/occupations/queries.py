"""Reading occupations and charts; what the studio and others ask of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from craftpath.domain.occupations.models import Answer, Asked, Chart, Duty, Occupation, Panellist, Step, Task
from craftpath.domain.occupations.states import OPEN
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import STEP
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def occupations(search: str = "") -> models.QuerySet[Occupation]:
    """Occupations of the open scope, the own ones first; found by names, codes and words of programmes."""
    rows = Occupation.objects.select_related("organisation")
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(name__zh__icontains=word)
            | Q(name__en__icontains=word)
            | Q(code_cn__istartswith=word)
            | Q(code_isco__istartswith=word)
            | Q(code_other__icontains=word)
            | Q(words__icontains=word)
        )
    return rows.order_by(models.F("organisation").asc(nulls_last=True), "pk")


def charts() -> models.QuerySet[Chart]:
    """Charts of the open scope, the newest version first."""
    return Chart.objects.select_related("occupation", "organisation", "follows").order_by("-version", "-pk")


def counted(rows: models.QuerySet[Chart]) -> models.QuerySet[Chart]:
    """The same with how many duties, tasks, people of the panel and finished answers each has."""

    def count(model: type[models.Model], **more: object) -> models.Subquery:
        manager = model._base_manager.filter(chart=OuterRef("pk"), **more).order_by()
        return models.Subquery(manager.values("chart").annotate(n=Count("pk")).values("n"))

    return rows.annotate(
        duty_count=count(Duty), task_count=count(Task, left_out=False), panel_count=count(Panellist),
        answer_count=count(Answer, done=True),
    )  # fmt: skip


def asking(person: Person, today: date) -> models.QuerySet[Chart]:
    """Charts whose verification asks somebody by role and place, and still takes answers."""
    held = memberships_on(today).filter(person=person, organisation=OuterRef("place"), role=OuterRef("role"))
    seats = Asked.objects.filter(Exists(held), verification__chart=OuterRef("pk")).order_by()
    open_now = Q(state="verifying", verification__closes_on__gte=today, verification__ended_at__isnull=True)
    rows = charts().filter(open_now, Exists(seats))
    return rows.select_related("verification")


def named_answers(chart: Chart) -> list[Answer]:
    """Answers that came with a name, by it; one query. The caller has asked who may."""
    return list(
        Answer._base_manager.filter(chart=chart).exclude(name="").defer("ratings").order_by("name", "pk")
    )


def letter(at: int) -> str:
    """A, B, … Z, AA, AB, …: what a duty at a place is called."""
    first, last = divmod(at, len(_LETTERS))
    return (letter(first - 1) if first else "") + _LETTERS[last]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task where it stands on its chart: `code` such as B3; what was left out at adoption has none."""

    public_id: str
    code: str
    statement: Text
    skills: tuple[str, ...]
    left_out: bool
    duty: str
    duty_name: Text


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with its tasks in order."""

    public_id: str
    letter: str
    name: Text
    tasks: tuple[TaskRow, ...]


def board_of(chart: Chart) -> list[DutyRow]:
    """The chart as it is drawn; two queries. The caller has seen to it that the reader may see the chart."""
    return boards_of([chart])[chart.pk]


def boards_of(charts: Iterable[Chart]) -> dict[int, list[DutyRow]]:
    """chart id → the chart as it is drawn; two queries for all. The caller has seen to it that they may be seen."""
    ids = [chart.pk for chart in charts]
    tasks: dict[int, list[Task]] = defaultdict(list)
    duties: dict[int, list[Duty]] = defaultdict(list)
    for task in Task.objects.filter(chart__in=ids):
        tasks[task.duty_id].append(task)
    for duty in Duty.objects.filter(chart__in=ids):
        duties[duty.chart_id].append(duty)
    return {
        pk: [_duty_row(duty, letter(at), tasks[duty.pk]) for at, duty in enumerate(duties[pk])] for pk in ids
    }


def _duty_row(duty: Duty, sign: str, tasks: Sequence[Task]) -> DutyRow:
    rows, number = [], 0
    for task in tasks:
        number += not task.left_out
        rows.append(
            TaskRow(
                task.public_id, "" if task.left_out else f"{sign}{number}", Text.of(task.statement),
                tuple(task.skills), task.left_out, duty.public_id, Text.of(duty.name),
            )
        )  # fmt: skip
    return DutyRow(duty.public_id, sign, Text.of(duty.name), tuple(rows))


def tasks_of(chart: Chart) -> list[TaskRow]:
    """Every task of a chart in order, those that were left out too; two queries. `public_id` is what to keep."""
    return [task for duty in board_of(chart) for task in duty.tasks]


def tasks_named(ids: Iterable[str]) -> dict[str, tuple[TaskRow, Chart]]:
    """task → how it stands, and where, for the open scope; a task on no chart that the reader sees is left out.

    Of several versions the adopted one counts, else the newest that was adopted. Three queries, none without tasks.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    holding = Task.objects.filter(public_id__in=wanted).order_by()
    rows = charts().filter(pk__in=holding.values("chart_id"), adopted_at__isnull=False)
    seen = sorted(rows, key=lambda chart: chart.state != "adopted")
    boards = boards_of(seen)
    found: dict[str, tuple[TaskRow, Chart]] = {}
    for chart in seen:
        for duty in boards[chart.pk]:
            for task in duty.tasks:
                if task.public_id in wanted:
                    found.setdefault(task.public_id, (task, chart))
    return found


def adopted(organisation: Organisation) -> list[Chart]:
    """The charts that stand for an organisation: its own and those of the organisations above it; one query."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    rows = Chart._base_manager.filter(state="adopted", organisation__path__in=paths)
    return list(rows.select_related("occupation", "organisation").order_by("-organisation__path", "pk"))


def open_chart(occupation: Occupation, organisation: Organisation) -> Chart | None:
    """The version on its way there, if there is one."""
    return charts().filter(occupation=occupation, organisation=organisation, state__in=OPEN).first()


def last_steps(chart: Chart, count: int = 8) -> list[Step]:
    """What was done on the board last, the newest first; one query."""
    return list(chart.steps.select_related("made_by")[:count])


# ---- Who uses tasks -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Served:
    """Something that serves a task, such as an outcome of a curriculum: what it is called, and a Ref to it as text."""

    label: Text
    ref: str


Provider = Callable[[Sequence[str]], dict[str, list[Served]]]
_PROVIDERS: list[Provider] = []


def provides_service(provider: Provider) -> Provider:
    """A decorator for rooms above: public ids of tasks in, task → what serves it for the open scope out."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def served(tasks: Iterable[str]) -> dict[str, list[Served]]:
    """task → everything that serves it, by every provider; empty where no room above says anything."""
    ids, found = list(tasks), defaultdict(list)
    for provider in _PROVIDERS:
        for task, rows in provider(ids).items():
            found[task].extend(rows)
    return dict(found)
