"""Who may read, write and decide what is done in a pair, and whether now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.mentoring.models import (
    LONGEST_GOAL,
    LONGEST_REASON,
    LONGEST_WORDS,
    MODES,
    MOST_DAYS,
    MOST_MINUTES,
    Goal,
    HalfwayTalk,
    Meeting,
)
from craftpath.domain.mentoring.seeds import MARKS
from craftpath.domain.pairing.rules import BOTH_WAYS, may_pair, may_pair_apprentice
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, Pair

__all__ = [
    "LONGEST_GOAL",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "MODES",
    "MOST_DAYS",
    "MOST_FILES",
    "MOST_MINUTES",
    "SILENT_DAYS",
    "in_pair",
    "may_look",
    "may_run",
]
SILENT_DAYS = 14
"""How long the other of the two may answer a meeting; then it stands unconfirmed."""
ALONE_DAYS = 7
"""How long after the first answer the answers of a halfway talk lie side by side, whoever has not answered."""
AHEAD_DAYS = 14
"""How long before it is due a halfway talk may be answered."""
SOON_DAYS = 30
"""How long before its planned end a pair may graduate."""
MOST_FILES = 5
LONGEST_ANSWER = 300
LONGEST_STEPS = 1000
LONGEST_TITLE = 120
LONGEST_AUDIENCE = 200
LONGEST_CLAUSE = 2000


def in_pair(actor: Actor, pair: Pair) -> bool:
    """Whether the actor teaches or learns in it, or did."""
    person = actor.person.pk if actor.person else None
    return person is not None and any(
        person in (bond.teacher_id, bond.learner_id) for bond in pair.bonds.all()
    )


def may_look(actor: Actor, pair: Pair) -> Verdict:
    """Those in the pair, and whoever sees it and looks after pairs; nobody else who sees that there is a pair."""
    return (
        YES if in_pair(actor, pair) or actor.may(Permission.FORM_PAIRS) else may_not("mentoring.of_the_pair")
    )


def may_run(actor: Actor, pair: Pair) -> Verdict:
    """The office that runs the pair; of apprentices also the enterprise where they work."""
    verdict = may_pair(actor, pair.organisation)
    rows = [bond.enrolment for bond in pair.bonds.all() if bond.enrolment is not None]
    if verdict or not rows:
        return verdict
    verdicts = [may_pair_apprentice(actor, row) for row in rows]
    return next((one for one in verdicts if not one), YES)


def may_take_part(actor: Actor, pair: Pair, day: date) -> Verdict:
    """Whoever teaches or learns in it on that day, or did until its end."""
    person = actor.person.pk if actor.person else None
    mine = [bond for bond in pair.bonds.all() if person in (bond.teacher_id, bond.learner_id)]
    lasting = [bond for bond in mine if bond.on(day) or bond.ends_on in (None, pair.ends_on)]
    return YES if person is not None and lasting else may_not("mentoring.not_in_it")


def may_set_goal(actor: Actor, pair: Pair, day: date) -> Verdict:
    """Either side, and the office."""
    return YES if may_take_part(actor, pair, day) else may_run(actor, pair)


def may_reach(actor: Actor, pair: Pair, learner: int, day: date) -> Verdict:
    """Whoever teaches this learner now, a deputy included."""
    person = actor.person.pk if actor.person else None
    teaches = (bond for bond in pair.bonds.all() if bond.learner_id == learner and bond.teacher_id == person)
    going = (bond for bond in teaches if bond.on(day) or bond.ends_on in (None, pair.ends_on))
    return YES if person is not None and any(going) else may_not("mentoring.teacher_says")


def teaches(actor: Actor, pair: Pair) -> bool:
    """Whether the actor teaches in it until its end, and not for somebody else."""
    person = actor.person.pk if actor.person else None
    own = [bond for bond in pair.bonds.all() if bond.teacher_id == person and bond.role != "deputy"]
    return person is not None and any(bond.ends_on in (None, pair.ends_on) for bond in own)


def may_finish(actor: Actor, pair: Pair) -> Verdict:
    """The office, or whoever teaches."""
    return YES if teaches(actor, pair) else may_run(actor, pair)


def can_write(pair: Pair, graduated: bool) -> Verdict:
    """Work goes on in a pair that holds or ended; on what has become a page nothing is written any more."""
    if graduated:
        return not_now("mentoring.graduated")
    return YES if pair.state in ("active", "ended") else not_now("mentoring.not_active")


def can_set_goal(pair: Pair, learners: Collection[int], person: int, text: str, due_on: date) -> Verdict:
    """A sentence, for somebody who learns, by a day of the pair."""
    if person not in learners:
        return not_now("mentoring.goal_for_whom")
    if not text.strip() or len(text.strip()) > LONGEST_GOAL:
        return not_now("mentoring.goal_says_nothing", most=LONGEST_GOAL)
    late = pair.ends_on is not None and due_on >= pair.ends_on
    if due_on < pair.starts_on or late:
        last = pair.ends_on - timedelta(days=1) if pair.ends_on else None
        return not_now("mentoring.goal_outside", start=pair.starts_on, end=last or "–")
    return YES


def can_say_why(because: str) -> Verdict:
    """Words that the others read."""
    given = because.strip()
    return (
        YES if given and len(given) <= LONGEST_REASON else not_now("mentoring.no_words", most=LONGEST_REASON)
    )


def can_meet(bonds: Iterable[Bond], me: int, other: int, on: date, today: date) -> Verdict:
    """Two of whom one taught the other on that day, which is not ahead."""
    if on > today:
        return not_now("mentoring.ahead", on=today)
    both = [bond for bond in bonds if {bond.teacher_id, bond.learner_id} == {me, other}]
    if not both:
        return not_now("mentoring.other_not_in_it")
    return YES if any(bond.on(on) for bond in both) else not_now("mentoring.outside_pair", on=on)


def can_say_meeting(content: Mapping[str, Any], goals: Collection[str]) -> Verdict:
    """Minutes of a day, a known way, words, and goals of this pair."""
    if not 1 <= content["minutes"] <= MOST_MINUTES:
        return not_now("mentoring.minutes", most=MOST_MINUTES)
    if content["mode"] not in MODES:
        return not_now("mentoring.mode_unknown")
    if not content["words"] or len(content["words"]) > LONGEST_WORDS:
        return not_now("mentoring.meeting_says_nothing", most=LONGEST_WORDS)
    if max(len(content["next_own"]), len(content["next_other"])) > LONGEST_GOAL:
        return not_now("mentoring.next_too_long", most=LONGEST_GOAL)
    return YES if set(content["goals"]) <= set(goals) else not_now("mentoring.goal_of_another")


def last_answer(meeting: Meeting) -> datetime:
    """Until when the other may answer this version."""
    return meeting.said_at + timedelta(days=SILENT_DAYS)


def unanswered(meeting: Meeting, at: datetime) -> bool:
    """Whether it stands unconfirmed: nobody said anything in time."""
    return meeting.state == "written" and at > last_answer(meeting)


def may_answer_meeting(actor: Actor, meeting: Meeting) -> Verdict:
    """The one of the two who did not write this version."""
    mine = actor.person is not None and actor.person.pk == meeting.asked
    return YES if mine else may_not("mentoring.other_answers")


def may_correct(actor: Actor, meeting: Meeting) -> Verdict:
    """Either of the two who met."""
    person = actor.person.pk if actor.person else None
    mine = person is not None and person in (meeting.written_by_id, meeting.other_id)
    return YES if mine else may_not("mentoring.not_in_it")


def can_confirm(meeting: Meeting, seen: int, at: datetime) -> Verdict:
    """The version that was read, while there is time."""
    if seen != meeting.version:
        return not_now("mentoring.changed_meanwhile")
    if unanswered(meeting, at):
        return not_now("mentoring.too_late", days=SILENT_DAYS)
    return YES


def can_rule(every_days: int, percent: int) -> Verdict:
    """A rhythm of at most a year, a talk somewhere inside."""
    if not 1 <= every_days <= MOST_DAYS:
        return not_now("mentoring.days_out_of_range", most=MOST_DAYS)
    return YES if 10 <= percent <= 90 else not_now("mentoring.percent_out_of_range")  # noqa: PLR2004 - inside


def can_begin(talk: HalfwayTalk, today: date) -> Verdict:
    """From two weeks before it is due on."""
    first = talk.due_on - timedelta(days=AHEAD_DAYS)
    return YES if today >= first else not_now("mentoring.talk_not_yet", on=first)


def can_answer(questions: Sequence[Mapping[str, str]], answers: Mapping[str, Mapping[str, Any]]) -> Verdict:
    """Every question once, on one of five steps, with a sentence that is not too long."""
    if set(answers) != {one["key"] for one in questions}:
        return not_now("mentoring.answer_all")
    if any(one["mark"] not in MARKS for one in answers.values()):
        return not_now("mentoring.answer_all")
    long = any(len(one["words"]) > LONGEST_ANSWER for one in answers.values())
    return not_now("mentoring.answer_too_long", most=LONGEST_ANSWER) if long else YES


def shown(talk: HalfwayTalk, answered: Sequence[bool], at: datetime) -> bool:
    """Whether the answers lie side by side: everybody answered, or a week has gone since the first did."""
    if answered and all(answered):
        return True
    first = talk.first_answer_at
    return first is not None and at >= first + timedelta(days=ALONE_DAYS)


def can_agree(steps: str) -> Verdict:
    """Next steps in words."""
    given = steps.strip()
    return YES if given and len(given) <= LONGEST_STEPS else not_now("mentoring.no_steps", most=LONGEST_STEPS)


def can_be_product(title: str, words: str) -> Verdict:
    """A title, and perhaps words."""
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        return not_now("mentoring.no_title", most=LONGEST_TITLE)
    return YES if len(words) <= LONGEST_STEPS else not_now("mentoring.words_too_long", most=LONGEST_STEPS)


def can_show(pair: Pair, on: date, audience: str, today: date) -> Verdict:
    """On a day of the pair that is not ahead, to somebody."""
    if on > today:
        return not_now("mentoring.ahead", on=today)
    if on < pair.starts_on:
        return not_now("mentoring.outside_pair", on=on)
    given = audience.strip()
    return (
        YES
        if given and len(given) <= LONGEST_AUDIENCE
        else not_now("mentoring.no_audience", most=LONGEST_AUDIENCE)
    )


def lacking(goals: Iterable[Goal], learners: Iterable[int], kind: str) -> list[int]:
    """Who has no goal in a pair that asks goals of both sides; a dropped one does not count."""
    if kind not in BOTH_WAYS:
        return []
    have = {goal.person_id for goal in goals if goal.state != "dropped"}
    return [person for person in learners if person not in have]


def ends_in_good_order(pair: Pair, today: date) -> Verdict:
    """Ended and not dissolved, or with a planned end that is near."""
    if pair.state == "ended":
        return YES
    if pair.state != "active":
        return not_now("mentoring.not_active")
    near = pair.ends_on is not None and pair.ends_on <= today + timedelta(days=SOON_DAYS)
    return YES if near else not_now("mentoring.not_ending", days=SOON_DAYS)
