"""Who writes courses, lets others follow them and looks at their work; what a course needs to be published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from craftpath.domain.courses import content as reading
from craftpath.domain.courses.models import LONGEST_LINK, LONGEST_NAME, Activity, Course, Run, Unit
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["LONGEST_LINK", "LONGEST_NAME"]

MOST_SKILLS = 12
MOST_UNITS = 120
MOST_ACTIVITIES = 40
"""Of one unit."""
MOST_MINUTES = 6_000
LONGEST_WORDS = 20_000
LONGEST_ANSWER = 1_000
MEGABYTE = 2**20
MOST_BYTES = {
    "picture": 12 * MEGABYTE, "video": 500 * MEGABYTE, "audio": 100 * MEGABYTE, "file": 12 * MEGABYTE,
}  # fmt: skip
CAPTION_BYTES = MEGABYTE
LARGEST = max(MOST_BYTES.values())


def may_write(actor: Actor, organisation: Organisation) -> Verdict:
    """Trainers and offices, at their own place and below it."""
    return actor.may_at(Permission.WRITE_COURSES, organisation)


def may_look_after(actor: Actor, run: Run) -> Verdict:
    """Whoever writes courses where the run is held."""
    return may_write(actor, run.organisation)


def can_write(course: Course) -> Verdict:
    """Unless it was put away."""
    return YES if course.state != "archived" else not_now("courses.archived")


def can_name(title: Text) -> Verdict:
    """A title in one language at least."""
    if not title.zh.strip() and not title.en.strip():
        return not_now("courses.unnamed")
    if max(len(title.zh), len(title.en)) > LONGEST_NAME:
        return not_now("courses.name_too_long", most=LONGEST_NAME)
    return YES


def can_tag(skills: Collection[str], known: Collection[str]) -> Verdict:
    """A few skills that a list of the reader's knows."""
    if len(skills) > MOST_SKILLS:
        return not_now("courses.too_many_skills", most=MOST_SKILLS)
    return YES if set(skills) <= set(known) else not_now("courses.skill_unknown")


def can_hold(content: reading.Content) -> Verdict:
    """What is kept, whole or not, has its bounds."""
    if any(
        len(one) > reading.LONGEST_TEXT
        for one in (*content.texts, content.transcript.zh, content.transcript.en)
    ):
        return not_now("courses.text_too_long", most=reading.LONGEST_TEXT)
    if len(content.points) > reading.MOST_POINTS or any(
        len(side) > reading.LONGEST_POINT for one in content.points for side in (one.words.zh, one.words.en)
    ):
        return not_now("courses.too_many_points", most=reading.MOST_POINTS, longest=reading.LONGEST_POINT)
    if (
        len(content.items) > reading.MOST_ITEMS
        or sum(one.count for one in content.draws) > reading.MOST_DRAWN
    ):
        return not_now("courses.too_many_questions", most=reading.MOST_DRAWN)
    return YES if 0 <= content.passes <= 100 else not_now("courses.pass_unclear")


def can_publish(units: Iterable[Unit]) -> Verdict:
    """Every unit has something to do, and nothing lacks a part without which it cannot be done."""
    rows = list(units)
    if not rows:
        return not_now("courses.empty")
    for unit in rows:
        activities = list(unit.activities.all())
        if not activities:
            return not_now("courses.unit_empty", name=Text.of(unit.title).both())
        for one in activities:
            if reading.lacks(reading.read(one.kind, one.content)):
                return not_now("courses.activity_incomplete", name=Text.of(one.title).both())
    return YES


def can_start(course: Course, starts_on: date, ends_on: date | None) -> Verdict:
    """A published course, between two days in order."""
    if course.state != "published":
        return not_now("courses.not_published")
    return YES if ends_on is None or ends_on >= starts_on else not_now("courses.ends_before")


def can_follow(run: Run, today: date) -> Verdict:
    """While it runs."""
    if run.state != "running" or (run.ends_on is not None and today > run.ends_on):
        return not_now("courses.run_ended")
    return YES if run.starts_on <= today else not_now("courses.run_not_begun", on=run.starts_on)


def can_hand_in(words: str, has_photo: bool) -> Verdict:
    """Words, a photo, or both."""
    if not words.strip() and not has_photo:
        return not_now("courses.nothing_handed_in")
    return YES if len(words) <= LONGEST_WORDS else not_now("courses.too_many_words", most=LONGEST_WORDS)


def can_answer(answer: str, again: bool) -> Verdict:
    """Whoever asks for it again says why."""
    if again and not answer.strip():
        return not_now("courses.say_why_again")
    return YES if len(answer) <= LONGEST_ANSWER else not_now("courses.too_many_words", most=LONGEST_ANSWER)


def can_meet(link: str, minutes: int) -> Verdict:
    """A web address, and some time."""
    good = (
        link.startswith(("https://", "http://"))
        and len(link) <= LONGEST_LINK
        and not any(c.isspace() for c in link)
    )
    return YES if good and 1 <= minutes <= 600 else not_now("courses.session_unclear")


def may_confirm(enrolment: int | None, mine: Collection[int]) -> Verdict:
    """Whoever is mentor or trainer of the apprentice today."""
    return YES if enrolment in mine else may_not("courses.not_your_apprentice")


def of_kind(activity: Activity, *kinds: str) -> Verdict:
    """Only what this kind is done by."""
    return YES if activity.kind in kinds else not_now("courses.done_otherwise")
