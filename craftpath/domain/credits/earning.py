"""Putting into an account what its owner has reached, and taking back what does not stand any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from craftpath.domain.credits import rules
from craftpath.domain.credits.amounts import earned_within
from craftpath.domain.credits.facts import CreditsEarned, CreditTakenBack, CreditUnfounded
from craftpath.domain.credits.matching import earning_rule
from craftpath.domain.credits.models import Account, EarningRule, Entry
from craftpath.domain.credits.points import months_after
from craftpath.domain.credits.queries import left_of
from craftpath.domain.credits.sources import Outcome, outcomes_of
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the record brought: new lines, and what gave nothing with the reason."""

    account: Account
    added: list[Entry]
    without: list[tuple[Outcome, Verdict]]


@action
def open_account(person: Person, *, by: Actor, at: datetime) -> Account:
    """The one account of a person."""
    account, _new = Account._base_manager.get_or_create(person=person, defaults={"opened_at": at})
    return account


@action
def look_what_is_earned(person: Person, *, by: Actor, at: datetime) -> Looked:
    """Post what somebody has reached and has no credits for yet, by the rules of the day on which it was reached.

    Once more adds nothing. What was reversed is not posted again from the same source.
    """
    account = hold(open_account(person, by=by, at=at))
    require(rules.may_look(by, account))
    known = _Known.of(account)
    found = list(EarningRule.objects.select_related("organisation", "area"))
    added: list[Entry] = []
    without: list[tuple[Outcome, Verdict]] = []
    for outcome in outcomes_of(person):
        if known.has(outcome):
            continue
        rule = earning_rule(found, outcome)
        points = earned_within(rule, outcome.on, known.under[rule.key]) if rule is not None else 0
        if rule is None:
            without.append((outcome, not_now("credits.no_rule")))
        elif points <= 0:
            without.append((outcome, not_now("credits.cap_reached")))
        else:
            entry = _entry(account, outcome, rule, points, known.again[outcome.reached], by=by, at=at)
            entry.save()
            known.add(entry)
            added.append(entry)
    if added:
        total = sum(entry.points for entry in added)
        told = CreditsEarned([entry.public_id for entry in added], total)
        tell(told, by=by, at=at, organisation=added[-1].institution, subject=account.ref)
    return Looked(account, added, without)


@dataclass(slots=True)
class _Known:
    """What an account holds, as far as another look must know it."""

    sources: set[tuple[str, str]]
    standing: set[str]
    again: Counter[str]
    under: defaultdict[str, list[tuple[date, int]]]

    @classmethod
    def of(cls, account: Account) -> _Known:
        known = cls(set(), set(), Counter(), defaultdict(list))
        rows = Entry._base_manager.filter(account__in=account.joined, kind="earned").select_related("rule")
        gone = set(
            Entry._base_manager.filter(
                account__in=account.joined, kind="reversed", reversal_of__kind="earned"
            )
            .order_by()
            .values_list("reversal_of_id", flat=True)
        )
        for row in rows.order_by("pk"):
            if row.pk in gone:
                known.sources.add((row.source, row.reached))
                known.again[row.reached] += 1
            else:
                known.add(row)
        return known

    def has(self, outcome: Outcome) -> bool:
        return outcome.reached in self.standing or (outcome.source, outcome.reached) in self.sources

    def add(self, row: Entry) -> None:
        self.sources.add((row.source, row.reached))
        self.standing.add(row.reached)
        if row.rule is not None:
            self.under[row.rule.key].append((row.on, row.points))


def _entry(
    account: Account, outcome: Outcome, rule: EarningRule, points: int, again: int, *, by: Actor, at: datetime
) -> Entry:
    months = rule.expires_months
    return Entry(
        account=account,
        kind="earned",
        area=rule.area,
        points=points,
        title=outcome.title,
        source=outcome.source,
        outcome=outcome.kind,
        scheme=outcome.scheme,
        level=outcome.level,
        subject=outcome.subject,
        reached=outcome.reached,
        again=again,
        on=outcome.on,
        expires_on=months_after(outcome.on, months) if months else None,
        institution=outcome.institution,
        rule=rule,
        posted_by=by.person,
        posted_at=at,
    )


@action
def take_back_earned(entry: Entry, *, because: str, on: date, by: Actor, at: datetime) -> Entry:
    """Reverse a credit that should not be there; what was converted already must be reversed there first."""
    account = hold(entry.account)
    require(_may_take_back(by, entry))
    if entry.kind != "earned":
        raise Refused(not_now("credits.not_earned"))
    if not because.strip():
        raise Refused(not_now("credits.say_why"))
    known = Entry._base_manager.filter(reversal_of=entry).first()
    if known is not None:
        return known
    if left_of([entry])[entry.pk] != entry.points:
        raise Refused(not_now("credits.spent_already"))
    made = reversal(entry, because=because, on=on, by=by, at=at)
    made.save()
    told = CreditTakenBack(entry.public_id, because.strip())
    tell(told, by=by, at=at, organisation=entry.institution, subject=account.ref)
    return made


@action
def take_back_of(sources: Collection[str], *, because: str, on: date, by: Actor, at: datetime) -> int:
    """Take back every credit that stands on one of these facts; what a diploma has got is told to its institution."""
    rows = Entry._base_manager.filter(kind="earned", source__in=list(sources), reversed_by__isnull=True)
    gone = 0
    for row in rows.select_related("account", "institution").order_by("pk"):
        hold(row.account)
        if left_of([row])[row.pk] == row.points:
            take_back_earned(row, because=because, on=on, by=by, at=at)
            gone += 1
            continue
        spent = row.touched_by.filter(kind="converted", reversed_by__isnull=True)
        for one in spent.select_related("line__request__organisation"):
            if one.line is not None:
                request = one.line.request
                told = CreditUnfounded(row.public_id, because)
                tell(told, by=by, at=at, organisation=request.organisation, subject=request.ref)
    return gone


def _may_take_back(by: Actor, entry: Entry) -> Verdict:
    if by.kind is ActorKind.SYSTEM:
        return by.may(Permission.DECIDE_CREDITS)
    if entry.institution is None:
        return may_not("kernel.belongs_to_another")
    verdict = by.may_at(Permission.DECIDE_CREDITS, entry.institution)
    own = by.person is not None and by.person.pk == entry.account.owner_id
    return may_not("credits.own_request") if verdict and own else verdict


def reversal(entry: Entry, *, because: str, on: date, by: Actor, at: datetime) -> Entry:
    """The line that takes another one back, not saved yet."""
    same = (
        "account_id", "area_id", "title", "source", "outcome", "scheme", "level", "subject", "reached", "again",
        "expires_on", "institution_id", "rule_id", "line_id", "to_area",
    )  # fmt: skip
    return Entry(
        **{name: getattr(entry, name) for name in same},
        kind="reversed",
        points=-entry.points,
        on=on,
        credit_id=entry.credit_id or entry.pk,
        reversal_of=entry,
        because=because.strip()[:200],
        posted_by=by.person,
        posted_at=at,
    )


def hold(account: Account) -> Account:
    """The account's row, locked with those that are read as one with it, in the order of their ids.

    Nobody else writes their ledger until the open transaction is through.
    """
    now = Account._base_manager.select_related("person").get(pk=account.pk)
    rows = Account._base_manager.select_for_update(of=("self",), no_key=True).select_related("person")
    held = {row.pk: row for row in rows.filter(pk__in=now.joined).order_by("pk")}
    return held[account.pk]
