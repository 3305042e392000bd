"""What a trial has come to: figures from the record, each with how many people it is of, and no small group.

It is read as the college of the class sees the record, so that everybody who may read a sheet reads the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import enrolments, everybody_in
from craftpath.domain.care.queries import RECORDED, incidents
from craftpath.domain.evaluation.queries import evaluations_of, results
from craftpath.domain.growth.queries import views_of
from craftpath.domain.logbook.queries import confirmed_minutes
from craftpath.domain.progression.queries import passages_of, went_through
from craftpath.domain.surveys.queries import surveys
from craftpath.domain.surveys.results import results_of
from craftpath.engines.disclosure import LEAST_SHOWN, hidden_of
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import looking_for

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.studio.content import Content
    from craftpath.domain.studio.models import Trial

DAY = 1
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value` as text, of `n` people; both None where they are too few to be shown.

    `of` is the top of its scale, where it has one; `source` says where a stated figure is from.
    """

    key: str
    value: str | None
    n: int | None
    of: str = ""
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form that a sheet keeps."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures, of which days, about which skills."""

    trial: Trial
    people: Sequence[Enrolment]
    content: Content
    on: date

    @property
    def ids(self) -> list[int]:
        """The apprentices' ids."""
        return [one.pk for one in self.people]


def gather(trial: Trial, content: Content, on: date, costs: dict[str, str]) -> list[Figure]:
    """Every figure in the order of a sheet; a constant number of queries."""
    last = min(on, trial.ends_on.fromordinal(trial.ends_on.toordinal() - DAY)) if trial.ends_on else on
    with looking_for(system(trial.cohort.organisation).scope):
        people = everybody_in([trial.cohort_id], trial.starts_on, max(last, trial.starts_on))
        asked = Asked(trial, people, content, last)
        found = [shown("people", len(people), len(people))]
        for read in _READERS:
            found += read(asked)
    if costs:
        found.append(
            Figure("costs", costs["amount"], len(people) or None, costs["currency"], costs["source"])
        )
    return found


def shown(key: str, value: Decimal | int | None, n: int, of: str = "") -> Figure:
    """A figure of so many people; nothing of it where they are few."""
    if 0 < n < LEAST_SHOWN:
        return Figure(key, None, None, of)
    return Figure(key, None if value is None or not n else str(value), n, of)


def part(key: str, some: int, n: int) -> Figure:
    """How many of so many; nothing where those, or the others, are a small group."""
    hidden = hidden_of({one: size for one, size in (("some", some), ("others", n - some)) if size})
    return shown(key, some, n, str(n)) if not hidden else Figure(key, None, None)


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """The mean with one place, halves up."""
    rows = list(values)
    return (sum(rows) / len(rows)).quantize(Decimal("0.1"), ROUND_HALF_UP) if rows else None  # type: ignore[union-attr]


def _results(asked: Asked) -> list[Figure]:
    """Decided results of the newest evaluation, and how many of them are a pass."""
    newest = max((row.pk for row in evaluations_of([asked.trial.cohort_id])), default=0)
    rows = results().filter(evaluation=newest, enrolment__in=asked.ids, decided__isnull=False).order_by()
    told = list(rows.values_list("total", "passed"))
    return [
        shown("results", mean(total for total, _passed in told if total is not None), len(told)),
        part("passed", sum(bool(passed) for _total, passed in told), len(told)),
    ]


def _gates(asked: Asked) -> list[Figure]:
    """Apprentices who went through a gate since the trial began."""
    found = passages_of(asked.ids)
    start, end = asked.trial.starts_on, asked.on
    through = sum(
        any(went_through(one) and start <= localdate(one.decided_at) <= end for one in rows)
        for rows in found.values()
    )
    return [part("gates", through, len(asked.people))]


def _hours(asked: Asked) -> list[Figure]:
    """Confirmed hours of the log, for each apprentice who has some."""
    end = asked.on.fromordinal(asked.on.toordinal() + DAY)
    rows = confirmed_minutes(enrolments().filter(pk__in=asked.ids), asked.trial.starts_on, end)
    minutes: dict[int, int] = {}
    for enrolment, _day, some in rows:
        minutes[enrolment] = minutes.get(enrolment, 0) + some
    return [shown("hours", mean(Decimal(one) / 60 for one in minutes.values()), len(minutes))]


def _skills(asked: Asked) -> list[Figure]:
    """What mentors and trainers think of the skills of this version, on the scale of 1 to 4."""
    wanted = set(asked.content.skills)
    levels: dict[int, list[Decimal]] = {}
    for row in views_of(asked.ids):
        if row.kind == "mentor" and row.is_current:
            seen = [Decimal(level) for key, level in row.levels.items() if key in wanted]
            levels.setdefault(row.enrolment_id, []).extend(seen)
    each = [one for rows in levels.values() if (one := mean(rows)) is not None]
    return [shown("skills", mean(each), len(each), str(LEVELS))]


def _surveys(asked: Asked) -> list[Figure]:
    """The newest survey that asked this class and is closed: the mean of its questions with a scale."""
    closed = surveys().filter(
        organisation__path__startswith=asked.trial.cohort.organisation.path,
        state__in=("closed", "analysed", "published"),
        closed_at__date__gte=asked.trial.starts_on,
        closed_at__date__lte=asked.on,
    )
    public_id = asked.trial.cohort.public_id
    row = next(
        (one for one in closed.order_by("-closed_at") if public_id in one.audience.get("cohorts", ())), None
    )
    if row is None:
        return [shown("survey", None, 0)]
    spreads = [one for result in results_of(row) for one in result.spreads if one.mean is not None and one.n]
    values = [Decimal(str(one.mean)) for one in spreads if one.mean is not None]
    least = min((one.n for one in spreads if one.n), default=0)
    return [shown("survey", mean(values), least, str(row.points))]


def _incidents(asked: Asked) -> list[Figure]:
    """Incidents since the trial began that count in rates; few of them are told as few."""
    rows = incidents().filter(
        enrolment__in=asked.ids, severity__in=RECORDED, occurred_at__date__gte=asked.trial.starts_on,
        occurred_at__date__lte=asked.on,
    )  # fmt: skip
    people = rows.order_by().values("enrolment").distinct().count()
    return [part("incidents", people, len(asked.people))]


_READERS: tuple[Callable[[Asked], list[Figure]], ...] = (
    _results, _gates, _hours, _skills, _surveys, _incidents,
)  # fmt: skip
