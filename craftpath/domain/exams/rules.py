"""Who may write items, and what an item must have before it is used."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.exams.models import GAP_IN, LONGEST_REASON, LONGEST_TITLE, THIRDS
from craftpath.domain.exams.states import ITEM
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.exams.essays import EssayPlan
    from craftpath.domain.exams.models import Item, Judge, Paper, Round, Sitting

MOST_SAMPLE, MOST_PERCENT, MOST_GAP = 99, 100, 999
STEP = 5  # of the values of a judge, in points of 100
FEWEST_JUDGES = 2  # below, there is nothing to compare; a panel has five or more
MOST_JUDGES = 26  # one for each letter
MOST_YEARS = 5  # a sitting is planned for people who are in training today


def may_see_bank(actor: Actor) -> Verdict:
    """Whoever writes items; apprentices and mentors see nothing of the bank."""
    return actor.may(Permission.WRITE_ITEMS)


def may_write(actor: Actor, organisation: Organisation) -> Verdict:
    """Trainers, coordinators, administrators and assessors, for their own organisation and those below it."""
    return actor.may_at(Permission.WRITE_ITEMS, organisation)


def can_rewrite(item: Item) -> Verdict:
    """A retired item is restored before it changes."""
    return not_now("exams.item_is_retired") if item.state == "retired" else YES


def can_move(item: Item, move: str) -> Verdict:
    """Legal in the item's state; and what is released says what is right."""
    if not ITEM.can(item.state, move):
        return not_now(f"exams.cannot_{move}", state=item.state)
    if move == "release" and not item.keyed:
        return not_now("exams.release_without_key")
    return YES


def can_open(item: Item, secret: bool) -> Verdict:
    """To practice: what is released, judged without a person, and stands in no paper in use."""
    if item.state != "ready":
        return not_now("exams.open_unreleased")
    if item.kind == "essay":
        return not_now("exams.open_essay")
    return not_now("exams.open_secret") if secret else YES


def may_hold(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever records marks plans sittings, gives the word, marks essays."""
    return actor.may_at(Permission.IMPORT_MARKS, organisation)


def can_title(title: str, most: int) -> Verdict:
    """A title of some characters."""
    return YES if 0 < len(title) <= most else not_now("exams.no_title", most=most)


def can_last(minutes: int, most: int) -> Verdict:
    """A length that people can sit through."""
    return YES if 1 <= minutes <= most else not_now("exams.minutes_outside", most=most)


def can_use_paper(paper: Paper) -> Verdict:
    """Only a paper that is ready is answered."""
    return YES if paper.state == "ready" else not_now("exams.paper_not_ready")


def can_begin_at(starts_at: datetime, now: datetime) -> Verdict:
    """A sitting is planned ahead, and not for another age."""
    if starts_at <= now:
        return not_now("exams.sitting_in_the_past")
    return (
        YES
        if starts_at - now <= timedelta(days=366 * MOST_YEARS)
        else not_now("exams.sitting_too_far", years=MOST_YEARS)
    )


def can_give_reason(because: str) -> Verdict:
    """In a few words."""
    fits = 0 < len(because.strip()) <= LONGEST_REASON
    return YES if fits else not_now("exams.no_reason", most=LONGEST_REASON)


def may_moderate(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever decides results opens the marks of essays, settles them and sends them back."""
    return actor.may_at(Permission.DECIDE_RESULTS, organisation)


def can_mark_so(plan: EssayPlan) -> Verdict:
    """One marker or two, a share that is a share, a gap that there can be."""
    if plan.raters not in (1, 2) or plan.gap_in not in GAP_IN or plan.third not in THIRDS:
        return not_now("exams.essay_plan_unknown")
    if not 0 <= plan.sample <= MOST_SAMPLE or (plan.sample and plan.raters != 1):
        return not_now("exams.essay_sample_outside", most=MOST_SAMPLE)
    if plan.gap is None:
        return YES
    most = MOST_PERCENT if plan.gap_in == "percent" else MOST_GAP
    fits = plan.gap.is_finite() and 0 <= plan.gap <= most and plan.gap == round(plan.gap, 2)
    return YES if fits else not_now("exams.essay_gap_outside", most=str(most))


def can_give_points(points: Decimal, most: Decimal) -> Verdict:
    """Between nothing and all of them, to the hundredth."""
    fits = points.is_finite() and 0 <= points <= most and points == round(points, 2)
    return YES if fits else not_now("exams.essay_points", most=str(most))


def can_change_mark(sitting: Sitting) -> Verdict:
    """A marker's second thoughts count until marks are recorded; from then on a moderator has the word."""
    return YES if sitting.published_at is None else not_now("exams.essay_published")


def may_judge(actor: Actor, judge: Judge) -> Verdict:
    """Only for oneself, and while one is asked."""
    if actor.person is None or actor.person.pk != judge.person_id:
        return may_not("exams.judge_other")
    return not_now("exams.judge_is_excused") if judge.excused_at is not None else YES


def can_estimate(value: int, method: str) -> Verdict:
    """A step of the scale; with yes and no, one of its ends."""
    if method == "yes_no":
        return YES if value in (0, 100) else not_now("exams.value_yes_or_no")
    return YES if 0 <= value <= 100 and value % STEP == 0 else not_now("exams.value_outside", step=STEP)


def can_write_into(round_: Round | None, number: int) -> Verdict:
    """Into the round that is open, by the number that the page showed."""
    fits = round_ is not None and round_.closed_at is None and round_.number == number
    return YES if fits else not_now("exams.round_is_closed", number=number)


def can_be_due(day: date, today: date) -> Verdict:
    """Today or later, within reach."""
    fits = today <= day <= today + timedelta(days=366)
    return YES if fits else not_now("exams.round_due_outside")


def can_adopt(cut: Decimal, full: Decimal, computed: Decimal, because: str) -> Verdict:
    """Some of the points of the paper; another figure than the panel's says why."""
    if not (cut.is_finite() and 0 < cut <= full):
        return not_now("exams.cut_outside", full=full)
    if cut != computed and not 0 < len(because) <= LONGEST_REASON:
        return not_now("exams.cut_differs", computed=computed, most=LONGEST_REASON)
    return YES


def can_name_body(body: str) -> Verdict:
    """Somebody who answers for the decision."""
    return YES if 0 < len(body) <= LONGEST_TITLE else not_now("exams.no_body", most=LONGEST_TITLE)
