"""Keeping it kind: reports, what the office hides and why, one appeal; and what an organisation promises."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.questions import rules
from craftpath.domain.questions.answering import put
from craftpath.domain.questions.asking import fresh, held, held_person, told_by, what
from craftpath.domain.questions.facts import (
    HidingMoved,
    PostHidden,
    PostReported,
    PromiseSet,
    ReportDismissed,
)
from craftpath.domain.questions.models import (
    LONGEST_WORDS,
    REASONS,
    Answer,
    Hiding,
    Promise,
    Question,
    Report,
)
from craftpath.domain.questions.states import HIDING, REPORT
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def report_post(post: Question | Answer, *, reason: str, words: str = "", by: Actor, at: datetime) -> Report:
    """Say that it should not stand there, once a person; only the office learns who said so."""
    question, answer = _both(post)
    post = answer or question
    require(rules.may_ask(by))
    if reason not in REASONS:
        raise Refused(not_now("questions.choice_unknown"))
    if rules.wrote(by, post):
        raise Refused(may_not("questions.own_report"))
    known = Report._base_manager.filter(question=question, answer=answer, person=by.person).first()
    if known is not None:
        return known
    if post.state != "open":
        raise Refused(not_now("questions.closed"))
    row = Report.objects.create(
        question=question, answer=answer, person=held_person(by), reason=reason, words=clean(words)[:LONGEST_WORDS],
        made_at=at,
    )  # fmt: skip
    told_by(question, PostReported(what=what(post), reason=reason), by, at, always_house=True)
    return row


@action
def dismiss_report(report: Report, *, by: Actor, at: datetime) -> Report:
    """Find nothing in it: the question or answer stays. Twice is once."""
    question, answer = _both(report.answer or report.question)
    report = Report.objects.get(pk=report.pk)
    require(rules.may_tend(by, question.organisation))
    if report.state == "dismissed":
        return report
    report.state = REPORT.after(report.state, "dismiss")
    report.decided_by, report.decided_at = by.person, at
    report.save()
    told_by(question, ReportDismissed(what=what(answer or question)), by, at)
    return report


@action
def uphold_report(report: Report, *, because: str, by: Actor, at: datetime) -> Hiding:
    """Hide what was reported, for a reason that its writer hears."""
    return hide_post(report.answer or report.question, because=because, by=by, at=at)


@action
def hide_post(post: Question | Answer, *, because: str, by: Actor, at: datetime) -> Hiding:
    """Hide a question or an answer for a reason; it is kept, its writer hears why and may appeal.

    Its open reports are upheld with it. Hidden already, it stays hidden for the reason that was given first.
    """
    question, answer = _both(post)
    post = answer or question
    require(rules.may_tend(by, question.organisation))
    known = Hiding._base_manager.filter(question=question, answer=answer).exclude(state="lifted").first()
    if known is not None:
        return known
    require(rules.can_reason(because))
    put(post, "hide", question)
    row = Hiding.objects.create(
        question=question, answer=answer, writer_id=rules.writer_id(post), because=clean(because),
        hidden_by=by.person, hidden_at=at,
    )  # fmt: skip
    Report._base_manager.filter(question=question, answer=answer, state="open").update(
        state=REPORT.after("open", "uphold"), decided_by=by.person, decided_at=at
    )
    told_by(question, PostHidden(what=what(post), because=row.because), by, at)
    return row


@action
def appeal_hiding(hiding: Hiding, *, words: str, by: Actor, at: datetime) -> Hiding:
    """Say in a sentence why it should stand; once."""
    question, hiding = _hiding(hiding)
    require(rules.may_appeal(by, hiding))
    words = clean(words)
    if hiding.state == "appealed" and hiding.appeal == words:
        return hiding
    require(rules.can_reason(words))
    hiding.state = HIDING.after(hiding.state, "appeal")
    hiding.appeal, hiding.appealed_at, hiding.heard_at = words, at, hiding.heard_at or at
    return _told(hiding, question, by, at)


@action
def hear_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Note that its writer has read why it is hidden, or what became of the appeal."""
    _question, hiding = _hiding(hiding)
    require(rules.may_appeal(by, hiding))
    if hiding.heard_at is None:
        hiding.heard_at = at
        hiding.save(update_fields=["heard_at"])
    return hiding


@action
def keep_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Answer an appeal: it stays hidden. Twice is once."""
    return _decided(hiding, "keep", by, at)


@action
def lift_hiding(hiding: Hiding, *, by: Actor, at: datetime) -> Hiding:
    """Let it be seen again. Twice is once."""
    return _decided(hiding, "lift", by, at)


@action
def set_promise(organisation: Organisation, *, workdays: int, by: Actor, at: datetime) -> Promise:
    """Promise answers within so many workdays, here and below; what was asked before keeps its day."""
    require(rules.may_tend(by, organisation))
    require(rules.can_promise(workdays))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = Promise.objects.filter(organisation=organisation).first() or Promise(organisation=organisation)
    if row.workdays == workdays:
        return row
    row.workdays, row.set_by, row.set_at = workdays, by.person, at
    row.save()
    ref = Ref("kernel", "organisation", organisation.public_id)
    tell(PromiseSet(workdays=workdays), by=by, at=at, organisation=organisation, subject=ref)
    return row


def _both(post: Question | Answer) -> tuple[Question, Answer | None]:
    question = held(post if isinstance(post, Question) else post.question)
    return question, None if isinstance(post, Question) else fresh(post, question)


def _hiding(hiding: Hiding) -> tuple[Question, Hiding]:
    question = held(hiding.question)
    return question, Hiding.objects.select_related("answer").get(pk=hiding.pk)


def _decided(hiding: Hiding, move: str, by: Actor, at: datetime) -> Hiding:
    question, hiding = _hiding(hiding)
    require(rules.may_tend(by, question.organisation))
    if hiding.state in HIDING.moves[move].values():
        return hiding
    hiding.state = HIDING.after(hiding.state, move)
    hiding.decided_by, hiding.decided_at, hiding.heard_at = by.person, at, None
    if move == "lift":
        put(fresh(hiding.answer, question) if hiding.answer else question, "lift", question)
    return _told(hiding, question, by, at)


def _told(hiding: Hiding, question: Question, by: Actor, at: datetime) -> Hiding:
    hiding.save()
    told = HidingMoved(what="answer" if hiding.answer_id else "question", state=hiding.state)
    told_by(question, told, by, at)
    return hiding
