"""Keeping it kind: reports, what the office hides and why, one appeal."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.forums import rules
from craftpath.domain.forums.facts import HidingMoved, PostHidden, PostReported, ReportDismissed
from craftpath.domain.forums.models import Hiding, Post, Report
from craftpath.domain.forums.states import HIDING, REPORT
from craftpath.domain.forums.writing import held_post, put, told_in
from craftpath.domain.questions.asking import held_person
from craftpath.domain.questions.rules import LONGEST_WORDS, REASONS
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def report_post(post: Post, *, reason: str, words: str = "", by: Actor, at: datetime) -> Report:
    """Say that a post should not stand there, once a person; only the office learns who said so."""
    require(rules.may_ask(by))
    row = held_post(post)
    if reason not in REASONS:
        raise Refused(not_now("questions.choice_unknown"))
    if rules.is_own(by, row):
        raise Refused(may_not("questions.own_report"))
    known = Report._base_manager.filter(post=row, person=by.person).first()
    if known is not None:
        return known
    if row.state != "open":
        raise Refused(not_now("questions.closed"))
    made = Report.objects.create(
        post=row, person=held_person(by), reason=reason, words=clean(words)[:LONGEST_WORDS], made_at=at
    )
    house = system(row.thread.forum.organisation)
    told_in(row.thread, PostReported(post=row.public_id, reason=reason), house, at)
    return made


@action
def dismiss_report(report: Report, *, by: Actor, at: datetime) -> Report:
    """Find nothing in it: the post stays. Twice is once."""
    post = held_post(report.post)
    row = Report.objects.get(pk=report.pk)
    require(rules.may_tend(by, post.thread.forum.organisation))
    if row.state == "dismissed":
        return row
    row.state = REPORT.after(row.state, "dismiss")
    row.decided_by, row.decided_at = by.person, at
    row.save()
    told_in(post.thread, ReportDismissed(post=post.public_id), by, at)
    return row


@action
def uphold_report(report: Report, *, because: str, by: Actor, at: datetime) -> Hiding:
    """Hide what was reported, for a reason that its writer hears."""
    return hide_post(report.post, because=because, by=by, at=at)


@action
def hide_post(post: Post, *, because: str, by: Actor, at: datetime) -> Hiding:
    """Hide a post for a reason; it is kept, its writer hears why and may appeal. Its open reports are upheld with it.

    Hidden already, it stays hidden for the reason that was given first.
    """
    row = held_post(post)
    require(rules.may_tend(by, row.thread.forum.organisation))
    known = Hiding._base_manager.filter(post=row).exclude(state="lifted").first()
    if known is not None:
        return known
    require(rules.can_reason(because))
    put(row, "hide")
    made = Hiding.objects.create(post=row, because=clean(because), hidden_by=by.person, hidden_at=at)
    Report._base_manager.filter(post=row, state="open").update(
        state=REPORT.after("open", "uphold"), decided_by=by.person, decided_at=at
    )
    told_in(row.thread, PostHidden(post=row.public_id, because=made.because), by, at)
    return made


@action
def appeal_hiding(hiding: Hiding, *, words: str, by: Actor, at: datetime) -> Hiding:
    """Say in a sentence why it should stand; once."""
    row = _held(hiding)
    require(rules.may_appeal(by, row))
    words = clean(words)
    if row.state == "appealed" and row.appeal == words:
        return row
    require(rules.can_reason(words))
    row.state = HIDING.after(row.state, "appeal")
    row.appeal, row.appealed_at, row.heard_at = words, at, row.heard_at or at
    return _told(row, by, at)


@action
def hear_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Note that its writer has read why it is hidden, or what became of the appeal."""
    row = _held(hiding)
    require(rules.may_appeal(by, row))
    if row.heard_at is None:
        row.heard_at = at
        row.save(update_fields=["heard_at"])
    return row


@action
def keep_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Answer an appeal: it stays hidden. Twice is once."""
    return _decided(hiding, "keep", by, at)


@action
def lift_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Let it be seen again. Twice is once."""
    return _decided(hiding, "lift", by, at)


def _held(hiding: Hiding) -> Hiding:
    post = held_post(hiding.post)
    row = Hiding.objects.get(pk=hiding.pk)
    row.post = post
    return row


def _decided(hiding: Hiding, move: str, by: Actor, at: datetime) -> Hiding:
    row = _held(hiding)
    require(rules.may_tend(by, row.post.thread.forum.organisation))
    if row.state in HIDING.moves[move].values():
        return row
    row.state = HIDING.after(row.state, move)
    row.decided_by, row.decided_at, row.heard_at = by.person, at, None
    if move == "lift":
        put(row.post, "lift")
    return _told(row, by, at)


def _told(row: Hiding, by: Actor, at: datetime) -> Hiding:
    row.save()
    told_in(row.post.thread, HidingMoved(post=row.post.public_id, state=row.state), by, at)
    return row
