"""Writing rules, offering and answering them, ending them, and noting every look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max
from django.utils.timezone import localdate

from craftpath.domain.partnership.queries import bindings
from craftpath.domain.sharing import queries, rules
from craftpath.domain.sharing.facts import RuleFollowed, RuleMoved, RuleSaved, SharedDataSeen
from craftpath.domain.sharing.models import Look, LookedAt, SharingRule
from craftpath.domain.sharing.rules import Offered, Terms
from craftpath.domain.sharing.states import RULE
from craftpath.domain.sharing.wording import rule_paper
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import fingerprint
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require

_AT_ONCE = 500


@action
def draft_rule(terms: Terms, *, giver: Organisation, by: Actor, at: datetime) -> SharingRule:
    """Write a draft; nobody but the giver knows of it. The same once more is the draft that is there."""
    require(rules.may_give(by, giver, localdate(at)))
    # Rules of one giver are numbered one after another.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=giver.pk)
    highest = SharingRule._base_manager.filter(giver=giver).aggregate(highest=Max("number"))["highest"]
    row = SharingRule(giver=giver, number=(highest or 0) + 1, written_by=by.person, written_at=at)
    _fill(row, terms, at)
    drafts = SharingRule.objects.filter(giver=giver, state="draft", replaces=None, written_by=by.person)
    same = next((one for one in drafts.order_by("pk") if _says(one) == _says(row)), None)
    return same or _written(row, by=by, at=at)


@action
def save_rule(rule: SharingRule, terms: Terms, *, by: Actor, at: datetime) -> SharingRule:
    """Change a draft, whole."""
    row = _held(rule)
    require(rules.may_give(by, row.giver, localdate(at)))
    if row.replaces is not None and terms.receiver.pk != row.replaces.receiver_id:
        raise Refused(not_now("sharing.other_receiver"))
    row.state = RULE.after(row.state, "save")
    _fill(row, terms, at)
    return _written(row, by=by, at=at)


@action
def discard_rule(rule: SharingRule, *, by: Actor, at: datetime) -> SharingRule:
    """Give a draft up."""
    row = _held(rule)
    require(rules.may_give(by, row.giver, localdate(at)))
    return _moved(row, "discard", by=by, at=at)


@action
def offer_rule(rule: SharingRule, *, by: Actor, at: datetime) -> SharingRule:
    """Fix the text and put it before the receiver."""
    row = _held(rule)
    require(rules.may_give(by, row.giver, localdate(at)))
    require(_still_stands(row, localdate(at)))
    paper = rule_paper(row)
    row.text, row.sha256 = paper.as_json(), fingerprint(paper.as_json(), paper.plain())
    row.offered_by, row.offered_at = by.person, at
    return _moved(row, "offer", "text", "sha256", "offered_by", "offered_at", by=by, at=at)


@action
def recall_rule(rule: SharingRule, *, by: Actor, at: datetime) -> SharingRule:
    """Take an offer back to change it."""
    row = _held(rule)
    require(rules.may_give(by, row.giver, localdate(at)))
    row.text, row.sha256, row.offered_by, row.offered_at = {}, "", None, None
    return _moved(row, "recall", "text", "sha256", "offered_by", "offered_at", by=by, at=at)


@action
def accept_rule(rule: SharingRule, *, seen: str, by: Actor, at: datetime) -> SharingRule:
    """Accept the text that was seen, by its hash; earlier versions end as soon as this one begins."""
    row = _held(rule)
    require(rules.may_receive(by, row.receiver, localdate(at)))
    if seen != row.sha256:
        raise Refused(not_now("sharing.text_changed"))
    require(_still_stands(row, localdate(at)))
    row.accepted_by, row.accepted_at = by.person, at
    row = _moved(row, "accept", "accepted_by", "accepted_at", by=by, at=at)
    earlier = SharingRule.objects.filter(giver=row.giver, receiver=row.receiver, number=row.number)
    for one in earlier.filter(version__lt=row.version, state="in_force").order_by("pk"):
        replace_rule(one, on=row.starts_on, by=by, at=at)
    return row


@action
def decline_rule(rule: SharingRule, *, because: str, by: Actor, at: datetime) -> SharingRule:
    """Say no to an offer, with the reason."""
    row = _held(rule)
    require(rules.may_receive(by, row.receiver, localdate(at)))
    return _ended(row, "decline", because, by=by, at=at)


@action
def revoke_rule(rule: SharingRule, *, because: str, by: Actor, at: datetime) -> SharingRule:
    """End it at once, by either side, with the reason; from now on nothing is shown."""
    row = _held(rule)
    require(rules.may_end(by, row, localdate(at)))
    return _ended(row, "revoke", because, by=by, at=at)


@action
def draft_next_version(rule: SharingRule, *, by: Actor, at: datetime) -> SharingRule:
    """Write the next version, which begins as this one; this one holds until the next is accepted and begins."""
    row = _held(rule)
    require(rules.may_give(by, row.giver, localdate(at)))
    RULE.after(row.state, "replace")
    following = queries.next_version(row)
    if following is not None and following.state != "revoked":
        raise Refused(not_now("sharing.replaced_already"))
    versions = SharingRule._base_manager.filter(giver=row.giver, number=row.number)
    highest = versions.aggregate(highest=Max("version"))["highest"]
    new = SharingRule(
        giver=row.giver,
        receiver=row.receiver,
        number=row.number,
        version=highest + 1,
        replaces=row,
        data_class=row.data_class,
        named=row.named,
        columns=row.columns,
        purpose=row.purpose,
        basis=row.basis,
        basis_ref=row.basis_ref,
        basis_words=row.basis_words,
        whom=row.whom,
        cohort_ref=row.cohort_ref,
        cohort_name=row.cohort_name,
        starts_on=localdate(at),
        ends_on=max(row.ends_on, localdate(at)),
        written_by=by.person,
        written_at=at,
    )
    new.save()
    _tell(RuleSaved(new.public_id), new, by=by, at=at)
    return new


@action
def replace_rule(rule: SharingRule, *, on: date, by: Actor, at: datetime) -> SharingRule:
    """End a version because a later one was accepted that begins `on` a day: now, or with the day before it.

    Revoking the later one gives nothing back: what both agreed would end does end.
    """
    row = _held(rule)
    require(rules.may_end(by, row, localdate(at)))
    if on <= localdate(at):
        row.ended_by, row.ended_at = by.person, at
        return _moved(row, "replace", "ended_by", "ended_at", by=by, at=at)
    if row.followed_on is None or on < row.followed_on:
        row.followed_on = on
        row.save(update_fields=["followed_on"])
        _tell(RuleFollowed(row.public_id, on.isoformat()), row, by=by, at=at)
    return row


@action
def look_at_rule(
    rule: SharingRule, *, lines: int, people: Iterable[int], form: str = "page", by: Actor, at: datetime
) -> Look:
    """Note that somebody of the receiver looks now: at how many lines, about whom (ids of people)."""
    row = _held(rule)
    today = localdate(at)
    require(rules.may_look(by, row, today))
    require(queries.standing(row, today).verdict)
    if by.person is None:
        raise Refused(may_not("sharing.of_others"))
    what = f"{row.receiver.title.both()} · {row.title.both()} · {row.label}"
    look = Look(rule=row, by=by.person, at=at, form=form, lines=lines, what=what[:300])
    look.save()
    told = [LookedAt(look=look, person_id=person) for person in sorted(set(people))]
    LookedAt._base_manager.bulk_create(told, batch_size=_AT_ONCE)
    _tell(SharedDataSeen(row.public_id, form, lines), row, by=by, at=at)
    return look


def _says(row: SharingRule) -> tuple[object, ...]:
    """What a draft says, to be held against another one."""
    return (
        row.receiver_id, row.data_class, row.columns, row.whom, row.cohort_ref, row.purpose, row.basis, row.basis_ref,
        row.basis_words, row.starts_on, row.ends_on,
    )  # fmt: skip


def _fill(row: SharingRule, terms: Terms, at: datetime) -> None:
    agreement = Ref.parse(terms.agreement).public_id if terms.agreement else ""
    binding = bindings([agreement]).get(agreement) if terms.basis == "agreement" and agreement else None
    require(rules.can_stand(row.giver, terms, binding, localdate(at)))
    row.receiver = terms.receiver
    row.data_class = terms.data.key
    row.named = {
        "title": terms.data.title.as_json(),
        "columns": [[key, title.as_json()] for key, title in terms.data.columns],
        "whom": list(terms.data.whom),
    }
    row.columns = [key for key, _ in terms.data.columns if key in terms.columns]
    row.whom, row.purpose, row.basis = terms.whom, terms.purpose, terms.basis
    row.basis_ref = terms.agreement if terms.basis == "agreement" else ""
    row.basis_words = terms.basis_words.strip() if terms.basis in ("law", "public_interest") else ""
    row.cohort_ref = terms.cohort if terms.whom == "cohort" else ""
    row.cohort_name = terms.cohort_name.as_json() if terms.whom == "cohort" else {}
    row.starts_on, row.ends_on = terms.starts_on, terms.ends_on


def _written(row: SharingRule, *, by: Actor, at: datetime) -> SharingRule:
    row.save()
    _tell(RuleSaved(row.public_id), row, by=by, at=at)
    return row


def _still_stands(row: SharingRule, today: date) -> Verdict:
    """Whether what was written can stand today: its agreement may have ended since."""
    terms = Terms(
        receiver=row.receiver,
        data=Offered(
            row.data_class,
            row.title,
            tuple((key, Text.of(title)) for key, title in row.named["columns"]),
            tuple(row.named["whom"]),
        ),
        columns=tuple(row.columns),
        whom=row.whom,
        purpose=row.purpose,
        basis=row.basis,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        agreement=row.basis_ref,
        basis_words=row.basis_words,
        cohort=row.cohort_ref,
    )
    return rules.can_stand(row.giver, terms, queries.bindings_of([row]).get(row.agreement), today)


def _ended(row: SharingRule, move: str, because: str, *, by: Actor, at: datetime) -> SharingRule:
    require(rules.can_say_why(because))
    row.ended_by, row.ended_at, row.ended_because = by.person, at, because.strip()
    return _moved(row, move, "ended_by", "ended_at", "ended_because", by=by, at=at)


def _moved(row: SharingRule, move: str, *fields: str, by: Actor, at: datetime) -> SharingRule:
    row.state = RULE.after(row.state, move)
    row.save(update_fields=["state", *fields])
    _tell(RuleMoved(row.public_id, row.state, row.ended_because), row, by=by, at=at)
    return row


def _held(rule: SharingRule) -> SharingRule:
    rows = SharingRule.objects.select_for_update(of=("self",))
    return rows.select_related("giver", "receiver", "replaces").get(pk=rule.pk)


def _tell(fact: Fact, row: SharingRule, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.giver, subject=row.ref)
