"""The claim, and no person-year twice: checked under a lock of everybody in it, and kept by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from craftpath.domain.subsidies import queries, reckoning, rules
from craftpath.domain.subsidies.facts import YearsClaimed
from craftpath.domain.subsidies.models import LEVELS, ClaimedYear, FilePerson, IdentityKey, SubsidyFile
from craftpath.domain.subsidies.moving import moved
from craftpath.domain.subsidies.opening import held, occupation_of
from craftpath.domain.subsidies.schemes import engine_scheme
from craftpath.domain.subsidies.texts import ELSEWHERE, OWN_FILE
from craftpath.domain.subsidies.texts import LEVELS as LEVEL_NAMES
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.period import later
from craftpath.values.verdict import Refused, Verdict, not_now, require

YEAR = 12


@action
def claim_subsidy(file: SubsidyFile, *, by: Actor, at: datetime) -> SubsidyFile:
    """File the claim: its person-years are taken, or it is refused with whose year was claimed elsewhere.

    Two offices at once: each holds the people of its claim, so the second one sees the years of the first. Should two
    rows still meet, the constraints of the table let in one. Once more changes nothing.
    """
    file = held(file)
    require(rules.may_file(by, file))
    if file.state == "claimed":
        return file
    today = localdate(at)
    people = queries.people_of(file)
    found = reckoning.settlement_of(file, people, today)
    paid = list(_paid(file, people))
    keys = _held(paid)
    ClaimedYear._base_manager.filter(file=file, freed_at__isnull=True).update(freed_at=at)
    years = [year for row in paid for year in _years(file, row, keys.get(row.person_id, ""), at)]
    twice = _claimed_before(file, years)
    if twice is not None:
        raise Refused(_said(file, twice))
    try:
        with transaction.atomic():
            ClaimedYear.objects.bulk_create(years)
    except IntegrityError:  # somebody who was not held, by a key of a sheet that came in at this moment
        raise Refused(_said(file, _claimed_before(file, years))) from None
    figures = {"due": found.due.minor, "balance": found.balance.minor}
    file = moved(file, "claim", today, figures=figures, by=by, at=at)
    tell(YearsClaimed(years=len(years)), by=by, at=at, organisation=file.organisation, subject=file.ref)
    return file


def _paid(file: SubsidyFile, people: Iterable[FilePerson]) -> Iterator[FilePerson]:
    """Those for whom the scheme pays something."""
    scheme = engine_scheme(file.scheme)
    worth = {"certified": True, "uncertified": bool(scheme.uncertified), "left": bool(scheme.left)}
    for row in people:
        if not row.excluded and worth.get(row.outcome, False) and _months(file, row):
            yield row


def _months(file: SubsidyFile, row: FilePerson) -> int:
    return min(row.months, file.months) if row.outcome == "left" else file.months


def _held(rows: Iterable[FilePerson]) -> dict[int, str]:
    """Keep everybody in the claim until the transaction ends, in the order of ids; person id → identity key."""
    people = {row.person_id for row in rows}
    list(
        Person.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=people)
        .order_by("pk")
        .values_list("pk")
    )
    return dict(IdentityKey._base_manager.filter(person__in=people).values_list("person_id", "key"))


def _years(file: SubsidyFile, row: FilePerson, key: str, at: datetime) -> Iterator[ClaimedYear]:
    """One row for each year of training that begins, the last one as long as it is."""
    months, once = _months(file, row), bool(file.scheme.definition.get("once_per_level"))
    for first in range(0, months, YEAR):
        begins = later(file.starts_on, first)
        yield ClaimedYear(
            organisation=file.organisation,
            file=file,
            person_id=row.person_id,
            key=key,
            name=row.person.name,
            subsidy=queries.SUBSIDY,
            occupation=occupation_of(file),
            level=file.level,
            year=begins.year,
            starts_on=begins,
            ends_on=later(file.starts_on, min(first + YEAR, months)),
            level_key=f"{occupation_of(file)}:{file.level}" if once and not first else "",
            claimed_at=at,
        )


def _claimed_before(
    file: SubsidyFile, years: Sequence[ClaimedYear]
) -> tuple[ClaimedYear, ClaimedYear] | None:
    """The first of these years that meets one that is claimed already: (wanted, standing)."""
    people = {year.person_id for year in years}
    keys = {year.key for year in years} - {""}
    rows = ClaimedYear._base_manager.filter(
        Q(person__in=people) | Q(key__in=keys), subsidy=queries.SUBSIDY, freed_at__isnull=True
    ).exclude(file=file, file__isnull=False)
    standing = list(rows.order_by("starts_on", "pk"))
    if not standing:
        return None
    # The engine's door brings NumPy along, and most claims meet nothing.
    from craftpath.engines.allowances.subsidies import double_claims  # noqa: PLC0415

    whose = _one_name_each([*years, *standing])
    everything = [*years, *standing]
    once = bool(file.scheme.definition.get("once_per_level"))
    pairs = (
        sorted(double.rows) for double in double_claims(_columns(everything, whose), once_per_level=once)
    )
    # Of the claim's own rows none stands against another; the first of them that meets a standing one is said.
    met = min(((a, b) for a, b in pairs if a < len(years) <= b), default=None)
    if met is not None:
        return everything[met[0]], everything[met[1]]
    return _same_calendar_year(years, standing, whose)


def _same_calendar_year(
    years: Iterable[ClaimedYear], standing: Iterable[ClaimedYear], whose: dict[int, str]
) -> tuple[ClaimedYear, ClaimedYear] | None:
    """What the table itself would refuse: two claims of a year that begins in the same calendar year."""
    taken = {(whose[id(row)], row.year): row for row in standing}
    for year in years:
        other = taken.get((whose[id(year)], year.year))
        if other is not None:
            return year, other
    return None


def _one_name_each(rows: Iterable[ClaimedYear]) -> dict[int, str]:
    """A name for each row, the same for rows of one person: rows of a sheet are known by their key only."""
    rows = list(rows)
    by_key = {row.key: f"p{row.person_id}" for row in rows if row.key and row.person_id}
    return {
        id(row): f"p{row.person_id}" if row.person_id else by_key.get(row.key, f"k{row.key}") for row in rows
    }


def _columns(rows: Sequence[ClaimedYear], whose: dict[int, str]) -> Any:
    from craftpath.engines.allowances.subsidies import Claims  # noqa: PLC0415 - as above

    return Claims(
        claim=[f"f{row.file_id}" if row.file_id else f"e{row.pk}" for row in rows],
        person=[whose[id(row)] for row in rows],
        subsidy=[row.subsidy for row in rows],
        occupation=[row.occupation for row in rows],
        rank=[LEVELS[row.level] for row in rows],
        start=[row.starts_on for row in rows],
        end=[row.ends_on for row in rows],
    )


def _said(file: SubsidyFile, twice: tuple[ClaimedYear, ClaimedYear] | None) -> Verdict:
    """Whose year, of what, from when, and where, as far as the claimant may know."""
    if twice is None:  # the row that stood in the way went again meanwhile
        return not_now("flow.not_now")
    wanted, standing = twice
    own = standing.organisation_id == file.organisation_id
    source: Any = standing.source if standing.file_id is None else (OWN_FILE if own else ELSEWHERE)
    on: date = standing.starts_on
    return not_now(
        "subsidies.claimed_already", name=wanted.name, level=LEVEL_NAMES[standing.level], on=on, source=source
    )
