"""Who may write, answer and look; which rules can stand; when something is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from craftpath.domain.partnership.queries import Binding
from craftpath.domain.sharing.models import BASES, LONGEST, SharingRule
from craftpath.kernel.access import Actor, ActorKind, memberships_on
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.kernel.tenancy import paths_to
from craftpath.values.age import age_on
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

LONGEST_YEARS = 5
DAY = timedelta(days=1)
PARTS = (Kind.CAMPUS, Kind.POINT, Kind.SITE)
AUTHORITIES = (Kind.MINISTRY, Kind.CITY)


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of data as its registry describes it: what may be chosen of it."""

    key: str
    title: Text
    columns: tuple[tuple[str, Text], ...]
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule says, before it stands; `agreement` and `cohort` are written refs."""

    receiver: Organisation
    data: Offered
    columns: tuple[str, ...]
    whom: str
    purpose: str
    basis: str
    starts_on: date
    ends_on: date
    agreement: str = ""
    basis_words: str = ""
    cohort: str = ""
    cohort_name: Text = Text()


def may_read(actor: Actor) -> Verdict:
    """Who sees rules, looks and registers."""
    return actor.may(Permission.SEE_SHARED)


def may_give(actor: Actor, giver: Organisation, day: date) -> Verdict:
    """Who writes and offers rules for the giver, and ends them for it."""
    return _speaks_for(actor, Permission.SHARE_DATA, giver, day)


def may_receive(actor: Actor, receiver: Organisation, day: date) -> Verdict:
    """Who answers for the receiver, and ends rules for it."""
    return _speaks_for(actor, Permission.SHARE_DATA, receiver, day)


def may_end(actor: Actor, rule: SharingRule, day: date) -> Verdict:
    """Either side, at any time."""
    verdict = may_give(actor, rule.giver, day)
    return verdict or may_receive(actor, rule.receiver, day)


def may_know(actor: Actor, giver: Organisation, day: date) -> Verdict:
    """Who knows of drafts: the giver's own offices. An authority above, perhaps the receiver, learns from the offer."""
    return _speaks_for(actor, Permission.SEE_SHARED, giver, day)


def may_preview(actor: Actor, rule: SharingRule, day: date) -> Verdict:
    """Whoever shares for the giver and sees its people anyway."""
    verdict = may_give(actor, rule.giver, day)
    return actor.may(Permission.SEE_RESULTS) if verdict and rule.whom != "figures" else verdict


def may_look(actor: Actor, rule: SharingRule, day: date) -> Verdict:
    """People of the receiver: an office above it sees that there is a rule, and not what it shows."""
    return _speaks_for(actor, Permission.SEE_SHARED, rule.receiver, day)


def _speaks_for(actor: Actor, permission: Permission, organisation: Organisation, day: date) -> Verdict:
    """Whoever has an office in the organisation itself, or in the one of which it is a campus, a point or a site.

    An authority above a college is a third party to what it shares: its offices reach down elsewhere, not here.
    """
    verdict = actor.may(permission)
    if not verdict or actor.kind is ActorKind.SYSTEM:
        return verdict
    seats = memberships_on(day).filter(
        person=actor.person, organisation__path__in=paths_to(organisation.path), person__is_active=True
    )
    part = organisation.kind in PARTS
    own = any(
        permission in of_office(Role(seat.role))
        and (seat.organisation_id == organisation.pk or (part and seat.organisation.kind not in AUTHORITIES))
        for seat in seats
    )
    return YES if own else may_not("sharing.of_others")


def can_stand(giver: Organisation, terms: Terms, binding: Binding | None, today: date) -> Verdict:
    """Whether a rule may say this; `binding` is what its agreement binds, if it names one."""
    if giver.pk == terms.receiver.pk:
        return not_now("sharing.same_side")
    known = {key for key, _ in terms.data.columns}
    if not terms.columns or not known.issuperset(terms.columns):
        return not_now("sharing.column_unknown")
    if terms.whom not in terms.data.whom:
        return not_now("sharing.whom_unclear")
    if terms.whom == "cohort" and not terms.cohort:
        return not_now("sharing.cohort_missing")
    if terms.ends_on < max(terms.starts_on, today):
        return not_now("sharing.days_unclear")
    if age_on(terms.starts_on, terms.ends_on) >= LONGEST_YEARS:
        return not_now("sharing.too_long", years=LONGEST_YEARS)
    return _basis(giver, terms, binding)


def _basis(giver: Organisation, terms: Terms, binding: Binding | None) -> Verdict:
    purpose = PURPOSES.get(terms.purpose)
    if purpose is None or terms.basis not in BASES:
        return not_now("sharing.purpose_unknown")
    if purpose.asks != (terms.basis == "consent"):
        return not_now("sharing.purpose_asks_consent" if purpose.asks else "sharing.purpose_asks_no_consent")
    if terms.basis in ("law", "public_interest") and not terms.basis_words.strip():
        return not_now("sharing.basis_unsaid")
    if terms.basis != "agreement":
        return YES
    if binding is None or not binding.between(giver, terms.receiver):
        return not_now("sharing.no_agreement")
    if not binding.first <= terms.starts_on <= binding.last:
        return not_now("sharing.no_agreement")
    if terms.ends_on > binding.last:
        return not_now("sharing.outlives_basis", last=binding.last)
    return YES


def last_day(rule: SharingRule, binding: Binding | None) -> date:
    """The last day on which something is shown: the rule's own, or an earlier one.

    Earlier is that of its agreement, and the day before a later version begins: two versions never hold on one day.
    """
    last = rule.ends_on
    if rule.basis == "agreement":
        last = min(last, binding.last) if binding is not None else date.min
    return min(last, rule.followed_on - DAY) if rule.followed_on and last > date.min else last


def can_show(rule: SharingRule, binding: Binding | None, day: date) -> Verdict:
    """Whether the receiver is shown something on a day."""
    if rule.state in ("draft", "offered"):
        return not_now("sharing.not_accepted")
    if rule.state != "in_force":
        return not_now("sharing.ended")
    if rule.followed_on is not None and rule.followed_on <= max(day, rule.starts_on):
        return not_now("sharing.next_holds", first=rule.followed_on)
    if day < rule.starts_on:
        return not_now("sharing.not_begun", first=rule.starts_on)
    last = last_day(rule, binding)
    if day <= last:
        return YES
    return not_now("sharing.over" if last == rule.ends_on else "sharing.basis_over", last=last)


def can_say_why(because: str) -> Verdict:
    """A reason that the other side can read."""
    said = 0 < len(because.strip()) <= LONGEST
    return YES if said else not_now("sharing.reason_unsaid", most=LONGEST)
