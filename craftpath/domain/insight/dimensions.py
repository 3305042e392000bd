"""Where a row of the star belongs: its county, stage, occupation, enterprise and quarter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from craftpath.domain.accreditation import starred as register
from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.apprenticeships.starred import Contract
from craftpath.domain.insight.models import County
from craftpath.engines.indicators import NOT_APPLICABLE
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to

MONTHS = 3
Dims = tuple[str, str, str, str, str]
"""Place, stage, occupation, enterprise, period."""
HOSTS = ("enterprise", "site")


def quarter_of(moment: date | datetime) -> str:
    """The quarter of a moment, by the calendar of the site."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day.year}-Q{(day.month - 1) // MONTHS + 1}"


def first_of(quarter: str) -> date:
    """The first day of a quarter."""
    return date(int(quarter[:4]), (int(quarter[-1]) - 1) * MONTHS + 1, 1)


def last_of(quarter: str) -> date:
    """The last day of a quarter."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year + number // 4, number % 4 * MONTHS + 1, 1) - timedelta(days=1)


def quarters(first: date, last: date) -> list[str]:
    """The quarters of these days, one after the other; none where the last day comes before the first."""
    found: list[str] = []
    day = first
    while day <= last:
        found.append(quarter_of(day))
        day = last_of(found[-1]) + timedelta(days=1)
    return found


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation as rows name it: its county, its public id, and whether apprentices work there by its kind."""

    county: str
    public_id: str
    is_host: bool

    @property
    def host(self) -> str:
        """What stands for the enterprise in a row of its own."""
        return self.public_id if self.is_host else NOT_APPLICABLE


class Counties:
    """County of each organisation: what an office said of it or of one above it, else what its credit code says."""

    def __init__(self) -> None:
        said = County._base_manager.values_list("organisation__path", "code")
        self._said = dict(said)
        self._registered = register.counties()

    def of(self, pk: int, path: str) -> str:
        """Six digits, or `-`."""
        for above in reversed(paths_to(path)):
            if above in self._said:
                return str(self._said[above])
        return self._registered.get(pk, NOT_APPLICABLE)


def placed(organisations: Iterable[int], counties: Counties) -> dict[int, Placed]:
    """organisation → how rows name it; one question."""
    rows = Organisation.objects.filter(pk__in=set(organisations)).order_by()
    told = rows.values_list("pk", "public_id", "path", "kind")
    return {pk: Placed(counties.of(pk, path), public_id, kind in HOSTS) for pk, public_id, path, kind in told}


class Classes:
    """Contracts of some classes, with everything that says where their rows belong; read once for all tables."""

    def __init__(self, cohorts: Collection[int], *, now: datetime, counties: Counties) -> None:
        self.cohorts, self.now, self.today = cohorts, now, timezone.localtime(now).date()
        self.contracts: dict[int, Contract] = {
            one.pk: one for one in apprenticeships.contracts(cohorts) if one.starts_on <= self.today
        }
        self._turns = apprenticeships.turns(cohorts)
        self.colleges = apprenticeships.colleges_of(cohorts)
        hosts = {one.enterprise for one in self.contracts.values() if one.enterprise is not None}
        self.placed = placed(hosts | set(self.colleges.values()), counties)

    def stage(self, enrolment: int, day: date) -> str:
        """The stage in which somebody was on a day; before the first one, the first."""
        turns = self._turns.get(enrolment)
        if not turns:
            return NOT_APPLICABLE
        at = bisect_right(turns, day, key=lambda turn: turn[0])
        return turns[max(at - 1, 0)][1]

    def stages(self, enrolment: int) -> list[str]:
        """Every stage that somebody has begun, in order."""
        return [key for _day, key in self._turns.get(enrolment, ())]

    def dims(self, one: Contract, moment: date | datetime, stage: str = "") -> Dims:
        """Where a row of a contract belongs."""
        day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
        host = self.placed.get(one.enterprise) if one.enterprise is not None else None
        return (
            host.county
            if host is not None and host.county != NOT_APPLICABLE
            else self.placed[one.college].county,
            stage or self.stage(one.pk, day),
            one.occupation or NOT_APPLICABLE,
            host.public_id if host is not None else NOT_APPLICABLE,
            quarter_of(day),
        )
