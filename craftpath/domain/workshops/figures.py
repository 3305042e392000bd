"""The figures of a workshop: who registered and who came, by kind, city, way and day; what was asked and sent in.

Counted once, here; page, paper and sheet show the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from craftpath.domain.workshops.models import (
    GENDERS,
    KINDS,
    WAYS,
    Case,
    Certificate,
    Day,
    LiveQuestion,
    Poll,
    Registration,
    Workshop,
)
from craftpath.domain.workshops.queries import Attended, attended, counts_of, days_of, polls_in
from craftpath.domain.workshops.rules import FLOOR


@dataclass(frozen=True, slots=True)
class Row:
    """People and organisations of one kind, city or way: registered, came, and of how many organisations."""

    key: str
    registered: int
    came: int
    organisations: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """Who was there on a day."""

    day: Day
    site: int
    online: int

    @property
    def all(self) -> int:
        """Both ways together."""
        return self.site + self.online


@dataclass(frozen=True, slots=True)
class PollRow:
    """A poll with its counts; None where too few answered to show them."""

    poll: Poll
    counts: dict[str, int] | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the report says. `genders` is empty unless asked for and five of each answered."""

    registered: int
    waiting: int
    withdrawn: int
    came: int
    organisations: int
    cities: int
    by_kind: tuple[Row, ...]
    by_city: tuple[Row, ...]
    by_way: tuple[Row, ...]
    by_day: tuple[DayRow, ...]
    genders: tuple[tuple[str, int], ...]
    unanswered: int
    questions: int
    answered: int
    supports: int
    polls: tuple[PollRow, ...]
    cases: int
    published: int
    certificates: int


def figures(workshop: Workshop) -> Figures:
    """Count them; a constant number of queries. People are counted once, however many days they came."""
    rows = list(Registration._base_manager.filter(workshop=workshop).order_by("pk"))
    came = attended(workshop)
    here = [row for row in rows if row.state == "placed"]
    people = [one.registration for one in came]
    states = Counter(row.state for row in rows)
    ways = {one.registration.pk: one.way for one in came}
    questions = list(LiveQuestion._base_manager.filter(workshop=workshop).values_list("state", "supports"))
    cases = Counter(Case._base_manager.filter(workshop=workshop).values_list("state", flat=True))
    polls = polls_in(workshop)
    counts = counts_of(polls)
    genders, silent = _genders(workshop, people)
    return Figures(
        registered=len(here),
        waiting=states["waiting"],
        withdrawn=states["withdrawn"],
        came=len(people),
        organisations=_organisations(people),
        cities=len({_city(row) for row in people}),
        by_kind=_rows(KINDS, here, people, lambda row: row.kind),
        by_city=_by_city(here, people),
        by_way=_rows(WAYS, here, people, lambda row: row.way, lambda row: ways[row.pk]),
        by_day=tuple(_days(days_of(workshop), came)),
        genders=genders,
        unanswered=silent,
        questions=len(questions),
        answered=sum(state == "answered" for state, _supports in questions),
        supports=sum(supports for _state, supports in questions),
        polls=tuple(PollRow(poll, counts.get(poll.pk)) for poll in polls),
        cases=sum(cases.values()),
        published=cases["published"],
        certificates=Certificate._base_manager.filter(workshop=workshop, revoked_at__isnull=True).count(),
    )


Read = Callable[[Registration], str]


def _rows(
    keys: Iterable[str], here: Sequence[Registration], came: Sequence[Registration], read: Read,
    read_came: Read | None = None,
) -> tuple[Row, ...]:  # fmt: skip
    registered = Counter(read(row) for row in here)
    there: dict[str, list[Registration]] = {}
    for row in came:
        there.setdefault((read_came or read)(row), []).append(row)
    return tuple(
        Row(key, registered[key], len(there.get(key, ())), _organisations(there.get(key, ())))
        for key in keys
        if registered[key] or key in there
    )


def _by_city(here: Sequence[Registration], came: Sequence[Registration]) -> tuple[Row, ...]:
    """Those with the most people first, each city once and spelt as most of its people do."""
    spelt: dict[str, Counter[str]] = {}
    for row in (*here, *came):
        spelt.setdefault(_city(row), Counter())[row.city.strip()] += 1
    order = sorted(spelt, key=lambda key: -spelt[key].total())
    return tuple(
        replace(row, key=spelt[row.key].most_common(1)[0][0]) for row in _rows(order, here, came, _city)
    )


def _city(row: Registration) -> str:
    """成都 and 成都市 are one city, and so are Chengdu and chengdu."""
    key = _key(row.city)
    return key.removesuffix("市") or key


def _organisations(rows: Iterable[Registration]) -> int:
    return len({_key(row.organisation_name) for row in rows})


def _key(words: str) -> str:
    return "".join(words.split()).casefold()


def _days(days: Sequence[Day], came: Sequence[Attended]) -> Iterable[DayRow]:
    """Whoever was there both ways on a day counts on site."""
    for day in days:
        site = sum((day.pk, "site") in one.by_day for one in came)
        either = sum((day.pk, "site") in one.by_day or (day.pk, "online") in one.by_day for one in came)
        yield DayRow(day, site, either - site)


def _genders(workshop: Workshop, came: Sequence[Registration]) -> tuple[tuple[tuple[str, int], ...], int]:
    """Nothing at all while one of them has fewer than five: the rest would tell how many."""
    counts = Counter(row.gender for row in came)
    said = [(key, counts[key]) for key in GENDERS if counts[key]]
    if not workshop.asks_gender or not said or any(count < FLOOR for _key, count in said):
        return (), 0
    return tuple(said), counts[""]
