"""Reading rules and looks, with the day on which each rule ends in truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Max, Q

from craftpath.domain.partnership.queries import Binding, bindings
from craftpath.domain.sharing.models import BASES, FORMS, LONGEST, WHOM, Look, LookedAt, SharingRule
from craftpath.domain.sharing.rules import AUTHORITIES, PARTS, can_show, last_day
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import paths_to
from craftpath.values.verdict import Verdict

__all__ = ["BASES", "FORMS", "LONGEST", "WHOM"]

READ_FOR = timedelta(minutes=30)
"""For so long what was opened is shown again without a new line in the list of looks."""
ENDS_SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule on a day: whether it shows something, if not why, and its last day."""

    rule: SharingRule
    verdict: Verdict
    last: date
    on: date

    @property
    def state(self) -> str:
        """The state as pages say it: of a rule in force, whether its days have begun, or who has taken its place."""
        if self.rule.state != "in_force" or self.verdict:
            return self.rule.state
        said = {"sharing.not_begun": "not_begun", "sharing.next_holds": "replaced"}
        return said.get(self.verdict.reason, "over")

    @property
    def ends_soon(self) -> bool:
        """Whether it shows something now and ends within a month."""
        return bool(self.verdict) and self.last - self.on < timedelta(days=ENDS_SOON)


def rules() -> models.QuerySet[SharingRule]:
    """Those of the open scope with their sides, the newest first."""
    rows = SharingRule.objects.select_related(
        "giver", "receiver", "written_by", "offered_by", "accepted_by", "ended_by", "replaces"
    )
    return rows.order_by("-written_at", "-pk")


def given_by(organisation: Organisation, *, drafts: bool = False) -> models.QuerySet[SharingRule]:
    """What an organisation and those below it share, without what was discarded; `drafts` of its own house too."""
    rows = rules().filter(giver__path__startswith=organisation.path).exclude(state="discarded")
    if not drafts:
        return rows.exclude(state="draft")
    house = Q(giver=organisation)
    if organisation.kind not in AUTHORITIES:
        house |= Q(giver__kind__in=PARTS)
    return rows.filter(house | ~Q(state="draft"))


def received_by(organisation: Organisation) -> models.QuerySet[SharingRule]:
    """What is shared with an organisation and those below it, or offered to them."""
    rows = rules().filter(receiver__path__startswith=organisation.path)
    return rows.exclude(state__in=("draft", "discarded"))


def bindings_of(rows: Iterable[SharingRule]) -> dict[str, Binding]:
    """public id of an agreement → whom and when it binds, of all that these rules stand on; one query at most."""
    wanted = {row.agreement for row in rows} - {""}
    return bindings(wanted) if wanted else {}


def standings(rows: Iterable[SharingRule], on: date) -> list[Standing]:
    """Each rule on a day, in the given order; one query at most."""
    rows = list(rows)
    bound = bindings_of(rows)
    return [
        Standing(
            row, can_show(row, bound.get(row.agreement), on), last_day(row, bound.get(row.agreement)), on
        )
        for row in rows
    ]


def standing(rule: SharingRule, on: date) -> Standing:
    """One rule on a day."""
    return standings([rule], on)[0]


def showing(on: date, places: Iterable[str]) -> list[SharingRule]:
    """The rules of these organisations (paths) and those above them that show something on a day, whoever asks.

    Two queries.
    """
    givers = {path for place in places for path in paths_to(place)}
    rows = SharingRule._base_manager.filter(state="in_force", starts_on__lte=on, ends_on__gte=on)
    rows = rows.filter(giver__path__in=givers)
    found = standings(rows.select_related("giver", "receiver").order_by("pk"), on)
    return [one.rule for one in found if one.verdict]


def next_version(rule: SharingRule) -> SharingRule | None:
    """The version that follows and was not given up, if there is one."""
    rows = SharingRule._base_manager.filter(replaces=rule).exclude(state__in=("discarded", "declined"))
    return rows.order_by("-pk").first()


def looks() -> models.QuerySet[Look]:
    """The looks of the open scope, the newest first."""
    return Look.objects.select_related("by", "rule__giver", "rule__receiver").order_by("-at", "-pk")


def open_look(rule: SharingRule, person: Person, at: datetime) -> Look | None:
    """The look by which this person may read on: of the last half hour."""
    rows = Look.objects.filter(rule=rule, by=person, at__gt=at - READ_FOR, at__lte=at)
    return rows.order_by("-at", "-pk").first()


def covers(look: Look, people: Collection[int]) -> bool:
    """Whether a look was noted with all of these people (ids); somebody who has consented since is not among them."""
    return LookedAt._base_manager.filter(look=look, person__in=people).count() == len(set(people))


def look_counts(rule_ids: Iterable[int]) -> dict[int, tuple[int, datetime]]:
    """rule id → how many looks there were and when the last one was; one query."""
    rows = Look.objects.filter(rule__in=list(rule_ids)).order_by().values_list("rule_id")
    return {pk: (count, last) for pk, count, last in rows.annotate(count=Count("pk"), last=Max("at"))}


def looked_at(person: Person) -> models.QuerySet[LookedAt]:
    """The looks that showed a line about somebody, the newest first: for that person alone."""
    rows = LookedAt._base_manager.filter(person=person).select_related(
        "look__rule__giver", "look__rule__receiver"
    )
    return rows.order_by("-look__at", "-pk")


def waiting(organisation: Organisation) -> int:
    """How many rules wait for an answer of an organisation."""
    return SharingRule.objects.filter(receiver=organisation, state="offered").count()


def between(one: Organisation, other: Organisation) -> Q:
    """The condition that a rule is between these two, or what lies below them."""
    given = Q(giver__path__startswith=one.path, receiver__path__startswith=other.path)
    return given | Q(giver__path__startswith=other.path, receiver__path__startswith=one.path)
