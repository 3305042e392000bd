"""Who looks after appraisals, who may publish and answer, and whether now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.domain.appraisals.definition import MONTHS, PARTS
from craftpath.domain.appraisals.models import (
    LONGEST,
    QUESTIONS,
    REMEDIES,
    STEPS,
    Appraisal,
    AppraisalContest,
    AppraisalRound,
)
from craftpath.domain.appraisals.states import SHOWN
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.period import later
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from craftpath.kernel.organisations import Organisation

__all__ = ["LONGEST", "MONTHS", "PARTS", "QUESTIONS", "REMEDIES", "STEPS"]


def may_appraise(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever looks after appraisals there."""
    return actor.may_at(Permission.APPRAISE_TRAINERS, organisation)


def may_publish(actor: Actor, row: AppraisalRound) -> Verdict:
    """The same people, but not who computed the round."""
    verdict = may_appraise(actor, row.organisation)
    if verdict and actor.person is not None and actor.person.pk == row.computed_by_id:
        return may_not("appraisals.computed_it_oneself")
    return verdict


def may_read(actor: Actor, row: Appraisal) -> Verdict:
    """Who is appraised, once it is shown; the office, with each look recorded."""
    if is_own(actor, row):
        return YES if row.round.state in SHOWN else not_now("appraisals.not_shown_yet")
    return may_appraise(actor, row.round.organisation)


def is_own(actor: Actor, row: Appraisal) -> bool:
    """Whether somebody is the one who is appraised."""
    return actor.person is not None and actor.person.pk == row.person_id


def may_contest(actor: Actor, row: Appraisal) -> Verdict:
    """Who is appraised, and nobody else."""
    return YES if is_own(actor, row) else may_not("appraisals.contest_not_yours")


def may_answer(actor: Actor, contest: AppraisalContest) -> Verdict:
    """The office: neither who contests, nor who computed the round or published it."""
    row = contest.appraisal.round
    verdict = may_appraise(actor, row.organisation)
    if not verdict or actor.person is None:
        return verdict
    if actor.person.pk == contest.appraisal.person_id:
        return may_not("appraisals.contest_own")
    if actor.person.pk in (row.computed_by_id, row.published_by_id):
        return may_not("appraisals.contest_own_round")
    return YES


def can_open(starts_on: date, months: int, today: date) -> Verdict:
    """A period of half a year or a year that is over or ends today."""
    if months not in MONTHS:
        return not_now("appraisals.number_out_of_range")
    ends_on = later(starts_on, months)
    return YES if ends_on <= today + timedelta(days=1) else not_now("appraisals.period_not_over", on=ends_on)


def can_ask_voices(row: AppraisalRound) -> Verdict:
    """Once, while the round is a draft of its first version."""
    if row.state != "draft" or row.version > 1:
        return not_now("appraisals.not_draft")
    return YES if row.voices_until is None else not_now("appraisals.voices_asked_already")


def can_give_voice(row: AppraisalRound, steps: Mapping[str, int], today: date) -> Verdict:
    """One step to each question, until the last day."""
    if row.state != "draft" or row.voices_until is None or today > row.voices_until:
        return not_now("appraisals.voices_over")
    whole = set(steps) == set(QUESTIONS) and all(step in STEPS for step in steps.values())
    return YES if whole else not_now("appraisals.voice_not_whole")


def can_compute(row: AppraisalRound, today: date) -> Verdict:
    """A draft, or one that nobody was shown, and not while apprentices still answer."""
    if row.state not in ("draft", "computed"):
        return not_now("appraisals.not_draft")
    if row.voices_until is not None and today <= row.voices_until:
        return not_now("appraisals.voices_open", on=row.voices_until)
    return YES


def can_show(row: AppraisalRound) -> Verdict:
    """A computed one."""
    return YES if row.state == "computed" else not_now("appraisals.not_computed")


def can_publish(row: AppraisalRound, *, open_ones: int, upheld: int, later_one: bool, today: date) -> Verdict:
    """After the hearing, with every contest answered and nothing to correct."""
    if row.state != "hearing":
        return not_now("appraisals.not_shown")
    if later_one:
        return not_now("appraisals.later_version")
    if row.hearing_until is not None and today <= row.hearing_until:
        return not_now("appraisals.hearing_open", on=row.hearing_until)
    if open_ones:
        return not_now("appraisals.contests_open", count=open_ones)
    return not_now("appraisals.to_correct", count=upheld) if upheld else YES


def can_follow(row: AppraisalRound, *, later_one: bool, reason: str) -> Verdict:
    """A later version of what was shown, with a reason."""
    if row.state not in ("hearing", "published") or later_one:
        return not_now("appraisals.later_version" if later_one else "appraisals.not_shown")
    return in_words(reason)


def can_drop(row: AppraisalRound) -> Verdict:
    """What nobody was shown."""
    return YES if row.state in ("draft", "computed") else not_now("appraisals.shown_already")


def in_words(given: str) -> Verdict:
    """Some words, and not too many."""
    return (
        YES
        if given.strip() and len(given.strip()) <= LONGEST
        else not_now("appraisals.no_words", most=LONGEST)
    )


def last_day_to_contest(row: AppraisalRound) -> date | None:
    """Until when its trainers may contest, this day included; None where they may not."""
    if row.state == "hearing":
        return row.hearing_until
    if row.state == "published" and row.published_at is not None:
        return timezone.localdate(row.published_at) + timedelta(days=row.scheme.value.contest_days)
    return None


def can_contest(row: Appraisal, part: str, line: str, words: str, *, later_one: bool, today: date) -> Verdict:
    """In time, in the version in force, about something that stands there."""
    last = last_day_to_contest(row.round)
    if last is None or later_one:
        return not_now("appraisals.later_version" if later_one else "appraisals.not_shown")
    if today > last:
        return not_now("appraisals.contest_too_late", on=last)
    known = {f"{one['enrolment']}.{one['evaluation']}" for one in row.lines}
    if part not in ("", *PARTS) or (line and (line not in known or part != "progress")):
        return not_now("appraisals.contest_of_nothing")
    return in_words(words)


def can_answer(contest: AppraisalContest, remedy: str | None, answer: str) -> Verdict:
    """An open one, in words; if it is upheld, with something that it changes."""
    if contest.state != "open":
        return not_now("appraisals.contest_ended")
    if remedy is not None:
        unknown = remedy not in REMEDIES
        if (
            unknown
            or (remedy == "line_out" and not contest.line)
            or (remedy == "part_out" and not contest.part)
        ):
            return not_now("appraisals.remedy_does_not_fit")
    return in_words(answer)
