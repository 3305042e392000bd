"""Deciding on a request, posting what was accepted, and reversing it: the office of the institution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from craftpath.domain.credits import queries, rules
from craftpath.domain.credits.amounts import Proposal
from craftpath.domain.credits.asking import locked, told
from craftpath.domain.credits.earning import hold, reversal
from craftpath.domain.credits.models import Account, Entry, Request, RequestLine
from craftpath.domain.credits.models.asking import LONGEST_LINE, LONGEST_WORDS
from craftpath.domain.credits.points import shown
from craftpath.domain.credits.states import REQUEST
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What was decided of one line: accepted with points, or refused (points 0); less than asked wants a reason."""

    points: int
    because: str = ""


@action
def check_request(request: Request, *, by: Actor, at: datetime) -> Request:
    """Hold every line against the table of the day on which it was asked; what it gives stands beside each line."""
    row = locked(request)
    require(rules.may_check(by, row))
    if row.state == "checked":
        return row
    row.state = REQUEST.after(row.state, "check")
    row.checked_by, row.checked_at = by.person, at
    row.save(update_fields=["state", "checked_by", "checked_at"])
    lines = _lines(row)
    found = _proposed(row, lines) if row.kind == "conversion" else []
    for line, one in zip(lines, found, strict=False):
        line.proposed, line.rule, line.to_area = one.amount, one.rule, one.to_area
        line.found, line.facts = one.verdict.reason, _plain(one.verdict.facts)
        line.save(update_fields=["proposed", "rule", "to_area", "found", "facts"])
    told(row, sum(line.proposed for line in lines), "", by=by, at=at)
    return row


@action
def decide_request(
    request: Request, verdicts: Mapping[int, LineVerdict], *, because: str = "", by: Actor, at: datetime
) -> Request:
    """Accept or refuse every line (by its id), each with its points or its reason; the state follows from that.

    Never more than the table gives, and for a refused line, or a smaller amount, a reason that the learner can read.
    """
    row = locked(request)
    require(rules.may_decide(by, row))
    lines = _lines(row)
    if {line.pk for line in lines} != set(verdicts):
        raise Refused(not_now("credits.decide_every_line"))
    for line in lines:
        given = verdicts[line.pk]
        if not 0 <= given.points <= line.proposed:
            raise Refused(not_now("credits.more_than_table", most=shown(line.proposed)))
        if given.points < line.proposed and not given.because.strip():
            raise Refused(not_now("credits.say_why"))
        line.verdict = "accepted" if given.points else "refused"
        line.amount = given.points
        line.because = given.because.strip()[:LONGEST_LINE] or ("" if given.points else line.found)
        if line.verdict == "refused" and not line.because:
            raise Refused(not_now("credits.say_why"))
    whole = all(line.amount and line.amount == line.proposed for line in lines)
    some = any(line.amount for line in lines)
    row.state = REQUEST.after(row.state, "accept" if whole else "decide" if some else "reject")
    row.decided_by, row.decided_at, row.because = by.person, at, because.strip()[:LONGEST_WORDS]
    row.save(update_fields=["state", "decided_by", "decided_at", "because"])
    for line in lines:
        line.save(update_fields=["verdict", "amount", "because"])
    told(row, sum(line.amount for line in lines), row.because, by=by, at=at)
    return row


@action
def accept_request(request: Request, *, by: Actor, at: datetime) -> Request:
    """Accept every line as the table gives it; what it gives nothing for is refused with the table's reason."""
    verdicts = {line.pk: LineVerdict(line.proposed) for line in _lines(request)}
    return decide_request(request, verdicts, by=by, at=at)


@action
def reject_request(request: Request, *, because: str, by: Actor, at: datetime) -> Request:
    """Refuse every line for one reason."""
    verdicts = {line.pk: LineVerdict(0, because) for line in _lines(request)}
    return decide_request(request, verdicts, because=because, by=by, at=at)


@action
def post_request(request: Request, *, on: date, by: Actor, at: datetime) -> Request:
    """Write what was accepted into the ledger, all of it or nothing.

    Every line is worked out anew by the rows of the day on which it was asked: where a cap, a spent credit or a
    changed row gives less by now than was accepted, it is refused with the reason, and nothing is spent.
    """
    account = hold(request.account)
    row = locked(request)
    require(rules.may_close(by, row))
    if row.state == "posted":
        return row
    row.state = REQUEST.after(row.state, "post")
    accepted = [line for line in _lines(row) if line.verdict == "accepted"]
    if row.kind == "conversion":
        entries = _converted(row, account, accepted, on=on, by=by, at=at)
    else:
        entries = [_recognised(row, account, line, on=on, by=by, at=at) for line in accepted]
    for entry in entries:
        entry.save()
    row.posted_by, row.posted_at = by.person, at
    row.save(update_fields=["state", "posted_by", "posted_at"])
    told(row, sum(line.amount for line in accepted), "", by=by, at=at)
    return row


def _converted(
    row: Request, account: Account, accepted: list[RequestLine], *, on: date, by: Actor, at: datetime
) -> list[Entry]:
    before: dict[int, int] = {}
    for pk in Entry._base_manager.filter(
        kind="converted", credit__in=[line.credit_id for line in accepted]
    ).values_list("credit_id", flat=True):
        before[pk] = before.get(pk, 0) + 1
    entries = []
    for line, found in zip(accepted, _proposed(row, accepted), strict=True):
        require(found.verdict)
        if found.rule is None or found.to_area != line.to_area or line.amount > found.amount:
            raise Refused(not_now("credits.rule_changed", now=shown(found.amount), then=shown(line.amount)))
        credit = found.credit
        if (
            credit.account_id not in account.joined
        ):  # two records were one when it was asked, and are two again
            raise Refused(may_not("credits.own_only"))
        same = (
            "area_id",
            "title",
            "outcome",
            "scheme",
            "level",
            "subject",
            "reached",
            "institution_id",
            "rule_id",
        )
        entries.append(
            Entry(
                **{name: getattr(credit, name) for name in same},
                account_id=credit.account_id,
                kind="converted",
                points=-credit.points,
                source=str(row.ref),
                again=before.get(credit.pk, 0),
                on=on,
                credit=credit,
                line=line,
                to_area=line.to_area,
                given=line.amount,
                posted_by=by.person,
                posted_at=at,
            )
        )
    return entries


def _recognised(
    row: Request, account: Account, line: RequestLine, *, on: date, by: Actor, at: datetime
) -> Entry:
    return Entry(
        account=account,
        kind="earned",
        area=line.area,
        points=line.amount,
        title={"zh": line.title, "en": line.title},
        source=str(row.ref),
        outcome="prior",
        reached=f"prior/{row.public_id}/{line.pk}",
        on=row.asked_on,
        institution=row.organisation,
        line=line,
        posted_by=by.person,
        posted_at=at,
    )


@action
def reverse_request(request: Request, *, because: str, on: date, by: Actor, at: datetime) -> Request:
    """Take back what was posted by lines of its own: the credits of a conversion can be used again.

    Recognised learning that was converted meanwhile must be reversed there first.
    """
    hold(request.account)
    row = locked(request)
    require(rules.may_close(by, row))
    if row.state == "reversed":
        return row
    if not because.strip():
        raise Refused(not_now("credits.say_why"))
    row.state = REQUEST.after(row.state, "reverse")
    posted = list(
        Entry._base_manager.filter(
            line__request=row, reversal_of__isnull=True, reversed_by__isnull=True
        ).order_by("pk")
    )
    if row.kind == "prior" and any(left != one.points for one, left in _left(posted)):
        raise Refused(not_now("credits.spent_already"))
    for entry in posted:
        reversal(entry, because=because, on=on, by=by, at=at).save()
    row.reversed_by, row.reversed_at, row.because = by.person, at, because.strip()[:LONGEST_WORDS]
    row.save(update_fields=["state", "reversed_by", "reversed_at", "because"])
    told(row, sum(entry.given or entry.points for entry in posted), row.because, by=by, at=at)
    return row


def _left(posted: list[Entry]) -> list[tuple[Entry, int]]:
    left = queries.left_of(posted)
    return [(one, left[one.pk]) for one in posted]


def _lines(row: Request) -> list[RequestLine]:
    return list(
        RequestLine.objects.filter(request=row).select_related("credit__area", "area", "rule").order_by("pk")
    )


def _proposed(row: Request, lines: list[RequestLine]) -> list[Proposal]:
    """What the table of the day on which it was asked gives now for these lines, in their order."""
    if row.diploma is None:
        raise ValueError("prior learning has no table")
    credits = [line.credit for line in lines if line.credit is not None]
    found = {one.credit.pk: one for one in queries.proposals(row.diploma, row.account, credits, row.asked_on)}
    return [found[line.credit_id] for line in lines if line.credit_id is not None]


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: str(value) if isinstance(value, date) else value for key, value in facts.items()}
