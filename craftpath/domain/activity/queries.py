"""Reading statements."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from uuid import UUID

from django.db import models
from django.db.models import Q

from craftpath.domain.activity.keys import key_of, row_of
from craftpath.domain.activity.models import Mention, Pointing, Statement
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import NAMED

Kind = Mention.Kind


def statements() -> models.QuerySet[Statement]:
    """The statements of the open scope, newest first."""
    return Statement.objects.order_by("-at", "id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: identities of agents and activities, in the order of storing and from where on."""

    organisation: Organisation
    agent: str = ""
    related_agents: bool = False
    verb: str = ""
    activity: str = ""
    related_activities: bool = False
    registration: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    limit: int = 100
    after: tuple[datetime, UUID] | None = None
    senders: tuple[int, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether it asks for more than a time."""
        return bool(self.agent or self.verb or self.activity or self.registration)


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that was found."""

    row: UUID
    stored_at: datetime
    text: str


def statement(organisation: Organisation, statement_id: str, *, voided: bool) -> Line | None:
    """The one of this id, if it is voided or not as asked."""
    rows = Statement.objects.filter(
        pk=row_of(organisation, statement_id), organisation=organisation, voided=voided
    )
    return next(iter(_lines(rows)), None)


def find_statements(wanted: Wanted) -> tuple[list[Line], tuple[datetime, UUID] | None]:
    """The first statements that are wanted, and after which one more begin; None where there are none.

    Each way in which a statement may match is a question of its own that an index answers in order; the answers are
    put together here. A statement also matches if one that it leads to does, even a voided one.
    """
    found: dict[UUID, Line] = {}
    for rows in _ways(wanted):
        found.update((line.row, line) for line in _lines(rows[: wanted.limit + 1]))
    lines = sorted(
        found.values(), key=lambda line: (line.stored_at, line.row.int), reverse=not wanted.ascending
    )
    more = len(lines) > wanted.limit
    lines = lines[: wanted.limit]
    return lines, (lines[-1].stored_at, lines[-1].row) if more else None


def sent(
    organisation: Organisation,
    client: int,
    verb: str,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    until: datetime | None = None,
    newest: bool = False,
) -> list[Line]:
    """What a program has sent with a verb and nobody has voided, in the order of storing; whoever asks, one query."""
    rows = Statement._base_manager.filter(organisation=organisation, client=client, by_verb=key_of(verb))
    wanted = Wanted(organisation, until=until, after=after, ascending=not newest)
    return list(_lines(_in_time(rows.filter(voided=False), wanted, "")[:limit]))


@dataclass(frozen=True, slots=True)
class Used:
    """What a program says: a verb and an activity, and how often lately."""

    verb: str
    activity: str
    times: int


def used_by(organisation: Organisation, client: int, newest: int = 500) -> list[Used]:
    """Verbs and activities among the newest statements of a program, the most frequent first; one query."""
    rows = Statement._base_manager.filter(organisation=organisation, client=client).order_by("-stored_at")
    counted: Counter[tuple[str, str]] = Counter()
    for text in rows.values_list("text", flat=True)[:newest]:
        said = json.loads(text)
        if said["object"].get("objectType", "Activity") == "Activity":
            counted[said["verb"]["id"], said["object"]["id"]] += 1
    return [Used(verb, activity, times) for (verb, activity), times in counted.most_common(20)]


def voided_among(rows: Sequence[UUID]) -> set[UUID]:
    """Those of these rows that are voided, whoever asks; one query for as many as one apprentice has."""
    found: set[UUID] = set()
    for start in range(0, len(rows), NAMED):
        some = Statement._base_manager.filter(pk__in=rows[start : start + NAMED], voided=True)
        found.update(some.values_list("pk", flat=True))
    return found


def held_among(organisation: Organisation, ids: Sequence[str]) -> set[str]:
    """Those of these ids, in small letters, under which a statement is here already, whoever asks."""
    rows = {row_of(organisation, one): one.lower() for one in ids}
    found: set[str] = set()
    keys = list(rows)
    for start in range(0, len(keys), NAMED):
        some = Statement._base_manager.filter(pk__in=keys[start : start + NAMED])
        found.update(rows[row] for row in some.values_list("pk", flat=True))
    return found


def _lines(rows: models.QuerySet[Statement]) -> Iterator[Line]:
    for row, stored_at, text in rows.values_list("pk", "stored_at", "text"):
        yield Line(row, stored_at, text)


def _ways(wanted: Wanted) -> Iterable[models.QuerySet[Statement]]:
    place = wanted.organisation
    shown = Statement.objects.filter(organisation=place, voided=False)
    for way in _conditions(wanted):
        yield _in_time(way.apply(shown), wanted, way.clock)
    if wanted.chooses and Pointing.objects.filter(organisation=place).exists():
        every = Statement.objects.filter(organisation=place).order_by()
        for way in _conditions(wanted):
            led = Pointing.objects.filter(organisation=place, target__in=way.apply(every).values("pk"))
            yield _in_time(shown.filter(pk__in=led.order_by().values("statement")), wanted, "")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to match: conditions of the statement itself, and names that it mentions, first the one that leads."""

    own: Q
    mentioned: tuple[Q, ...] = ()

    @property
    def clock(self) -> str:
        """Where the moment of storing is read, so that one index both finds and sorts."""
        return "mentions__" if self.mentioned else ""

    def apply(self, rows: models.QuerySet[Statement]) -> models.QuerySet[Statement]:
        """The statements that match so."""
        for condition in self.mentioned:
            rows = rows.filter(condition)
        return rows.filter(self.own)


def _conditions(wanted: Wanted) -> list[_Way]:
    own = Q()
    if wanted.verb:
        own &= Q(by_verb=key_of(wanted.verb))
    if wanted.registration:
        own &= Q(registration=wanted.registration)
    ways = []
    for agent, activity in product(_agents(wanted), _activities(wanted)):
        ways.append(
            replace(
                agent,
                own=own & agent.own & activity.own,
                mentioned=(*agent.mentioned, *activity.mentioned),
            )
        )
    return ways


def _mentioned(wanted: Wanted, kind: int, name: str) -> Q:
    return Q(mentions__organisation=wanted.organisation, mentions__kind=int(kind), mentions__key=key_of(name))


def _agents(wanted: Wanted) -> Sequence[_Way]:
    if not wanted.agent:
        return [_Way(Q())]
    ways = [
        _Way(Q(by_actor=key_of(wanted.agent))),
        _Way(Q(), (_mentioned(wanted, Kind.AGENT, wanted.agent),)),
    ]
    if wanted.related_agents:
        ways.append(_Way(Q(), (_mentioned(wanted, Kind.RELATED_AGENT, wanted.agent),)))
        if wanted.senders:
            ways.append(_Way(Q(client__in=wanted.senders)))
    return ways


def _activities(wanted: Wanted) -> Sequence[_Way]:
    if not wanted.activity:
        return [_Way(Q())]
    ways = [_Way(Q(by_activity=key_of(wanted.activity)))]
    if wanted.related_activities:
        ways.append(_Way(Q(), (_mentioned(wanted, Kind.RELATED_ACTIVITY, wanted.activity),)))
    return ways


def _in_time(rows: models.QuerySet[Statement], wanted: Wanted, clock: str) -> models.QuerySet[Statement]:
    time = Q()
    if wanted.since:
        time &= Q(stored_at__gt=wanted.since)
    if wanted.until:
        time &= Q(stored_at__lte=wanted.until)
    if wanted.after:
        stored_at, row = wanted.after
        way = "gt" if wanted.ascending else "lt"
        edge = {f"stored_at__{way}e": stored_at}
        time &= Q(**edge) & ~Q(stored_at=stored_at, **{f"pk__{'lt' if wanted.ascending else 'gt'}e": row})
    sign = "" if wanted.ascending else "-"
    return rows.filter(time).order_by(f"{sign}{clock}stored_at", f"{sign}pk")
