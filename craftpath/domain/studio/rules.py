"""Who drafts, reads, comments and decides, and what a version needs at each step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.occupations.rules import can_code
from craftpath.domain.studio.content import Content
from craftpath.domain.studio.models import LONGEST_NAME, LONGEST_WORDS, Draft, DraftVersion, Project
from craftpath.domain.studio.states import TRIED
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = ["LONGEST_NAME", "LONGEST_WORDS"]

READERS = (Permission.EDIT_FRAMEWORKS, Permission.RUN_PILOTS, Permission.DESIGN_CURRICULA)
"""Whoever charts occupations, runs pilots or designs curricula, at the office or at a member."""
MOST_MEMBERS, MOST_DUTIES, MOST_TASKS, MOST_LINES = 40, 30, 400, 40
LONGEST_LINE = 300
MOST_HOURS, MOST_PEOPLE = 20_000, 100_000_000


def may_start(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever charts occupations there."""
    return actor.may_at(Permission.EDIT_FRAMEWORKS, organisation)


def may_run(actor: Actor, draft: Draft) -> Verdict:
    """The office that began it."""
    return actor.may_at(Permission.EDIT_FRAMEWORKS, draft.organisation)


def may_read(actor: Actor) -> Verdict:
    """Drafts on their way: those who have to do with it; which drafts they see is a matter of scope."""
    verdicts = [actor.may(one) for one in READERS]
    return YES if any(verdicts) else verdicts[0]


def may_comment(actor: Actor) -> Verdict:
    """Whoever reads, as somebody."""
    return may_read(actor) if actor.person is not None else may_not("studio.nobody")


def can_name(name: Mapping[str, str]) -> Verdict:
    """A name in at least one language, not too long."""
    if not any(name.values()):
        return not_now("studio.unnamed")
    longest = max(len(one) for one in name.values())
    return YES if longest <= LONGEST_NAME else not_now("studio.name_too_long", most=LONGEST_NAME)


def can_have(members: Collection[object], known: Collection[object]) -> Verdict:
    """Members from among those who may draft along, and not too many."""
    if len(members) > MOST_MEMBERS:
        return not_now("studio.too_many_members", most=MOST_MEMBERS)
    return YES if set(members) <= set(known) else not_now("studio.member_unknown")


def can_write(version: DraftVersion) -> Verdict:
    """Only what nobody has been asked about yet."""
    return YES if version.state == "writing" else not_now("studio.not_writing")


def can_say(content: Content) -> Verdict:
    """Sizes and numbers."""
    if len(content.duties) > MOST_DUTIES:
        return not_now("studio.too_many_duties", most=MOST_DUTIES)
    if content.tasks > MOST_TASKS:
        return not_now("studio.too_many_tasks", most=MOST_TASKS)
    if not (plain := can_code((content.code_cn, content.code_isco))):
        return plain  # it becomes an occupation, which takes no other
    lines = [*content.levels, *content.new_skills, *(note.words for note in content.notes)]
    lines += [
        words for duty in content.duties for words in (duty.name, *(one.statement for one in duty.tasks))
    ]
    if any(len(one) > LONGEST_LINE for words in lines for one in words.values()):
        return not_now("studio.line_too_long", most=LONGEST_LINE)
    if any(len(one) > LONGEST_WORDS for words in (content.about, content.entry) for one in words.values()):
        return not_now("studio.words_too_long", most=LONGEST_WORDS)
    return _can_count(content)


def _can_count(content: Content) -> Verdict:
    for rows in (content.levels, content.new_skills, content.notes):
        if len(rows) > MOST_LINES:
            return not_now("studio.too_many_lines", most=MOST_LINES)
    if content.hours is not None and not 0 < content.hours <= MOST_HOURS:
        return not_now("studio.hours", most=MOST_HOURS)
    people = [one for one in (content.workers, content.vacancies) if one is not None]
    return YES if all(0 <= one <= MOST_PEOPLE for one in people) else not_now("studio.people")


def lacks(content: Content) -> list[str]:
    """What a version needs before it is proposed, as keys of `texts.LACKS`."""
    asked = [
        ("about", bool(content.about)),
        ("tasks", content.tasks > 0 and all(duty.tasks for duty in content.duties)),
        ("skills", bool(content.skills or content.new_skills or _tagged(content))),
        ("need", bool(content.notes or content.survey)),
    ]
    return [name for name, there in asked if not there]


def _tagged(content: Content) -> bool:
    return any(task.skills for duty in content.duties for task in duty.tasks)


def can_propose(content: Content) -> Verdict:
    """With everything that others need to judge it."""
    return not_now("studio.incomplete") if lacks(content) else YES


def can_try(version: DraftVersion) -> Verdict:
    """What nobody changes under the class any more."""
    return YES if version.state in TRIED else not_now("studio.not_proposed")


def can_end(starts_on: date, ends_on: date, today: date) -> Verdict:
    """Not before it began, and not in time to come."""
    return YES if starts_on <= ends_on <= today else not_now("studio.trial_days")


def can_decide(on: date, today: date, votes: Sequence[int], body: str, minutes: str) -> Verdict:
    """A day that was, a body with a name, its minutes, and votes that can be counted."""
    if not body.strip() or not minutes.strip():
        return not_now("studio.decision_unnamed")
    if len(body) > LONGEST_NAME or len(minutes) > LONGEST_WORDS:
        return not_now("studio.words_too_long", most=LONGEST_WORDS)
    if on > today:
        return not_now("studio.decision_day")
    return YES if sum(votes) and all(0 <= one <= 999 for one in votes) else not_now("studio.votes")  # noqa: PLR2004


def can_publish(licence: str, audience: Mapping[str, str]) -> Verdict:
    """For whom it is, and what others may do with it."""
    if not licence.strip() or not any(audience.values()):
        return not_now("studio.project_unnamed")
    return YES if len(licence) <= LONGEST_NAME else not_now("studio.name_too_long", most=LONGEST_NAME)


def can_take(project: Project, organisation: Organisation) -> Verdict:
    """What is shown, and not one's own."""
    if project.withdrawn_at is not None:
        return not_now("studio.project_gone")
    return not_now("studio.own_project") if project.organisation_id == organisation.pk else YES


def can_comment(words: str) -> Verdict:
    """Some words."""
    size = len(words.strip())
    return YES if 0 < size <= LONGEST_WORDS else not_now("studio.comment_size", most=LONGEST_WORDS)


def can_cost(costs: Mapping[str, str]) -> Verdict:
    """An amount in a currency, and where it is from."""
    plain = costs["amount"].replace(".", "", 1)
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 15) or not costs["source"].strip():  # noqa: PLR2004
        return not_now("studio.costs")
    return YES if len(costs["source"]) <= LONGEST_LINE else not_now("studio.line_too_long", most=LONGEST_LINE)


def can_be_carried(outcome: str, votes: Sequence[int]) -> Verdict:
    """Adopted with more votes for it than against it; rejected with no more for it."""
    carried = votes[0] > votes[1]
    return YES if carried == (outcome == "adopt") else not_now("studio.votes_say_otherwise")
