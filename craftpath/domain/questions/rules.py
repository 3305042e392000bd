"""Who asks, answers, vouches and minds; who may know a name; what may be said."""

from __future__ import annotations

from craftpath.domain.questions.models import (
    AUDIENCES,
    LONGEST,
    LONGEST_WORDS,
    REASONS,
    Answer,
    Hiding,
    Question,
    places_seen,
)
from craftpath.domain.questions.models.asking import MOST_WORKDAYS
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["AUDIENCES", "LONGEST", "LONGEST_WORDS", "REASONS", "places_seen"]  # for the nouns above

FEWEST = 5
"""People of a class from whom one who asks without a name is not told by the class alone."""
MOST_AN_HOUR = 10
MOST_A_DAY = 30
VOUCHES = (Role.MENTOR, Role.TRAINER, Role.COORDINATOR, Role.ASSESSOR)
Post = Question | Answer


def may_ask(actor: Actor) -> Verdict:
    """Whoever learns, teaches or runs cohorts."""
    if actor.person is None:
        return may_not("kernel.role_lacks", permission=Permission.ASK_QUESTIONS)
    return actor.may(Permission.ASK_QUESTIONS)


def may_tend(actor: Actor, organisation: Organisation) -> Verdict:
    """The office of the organisation whose question it is."""
    return actor.may_at(Permission.TEND_TALK, organisation)


def asks(actor: Actor, question: Question) -> bool:
    """Whether it is one's own question."""
    return actor.person is not None and question.asker_id == actor.person.pk


def wrote(actor: Actor, post: Post) -> bool:
    """Whether a question or an answer is one's own."""
    return actor.person is not None and writer_id(post) == actor.person.pk


def writer_id(post: Post) -> int:
    """Who wrote it."""
    return post.asker_id if isinstance(post, Question) else post.person_id


def is_askers(answer: Answer, question: Question) -> bool:
    """Whether an answer is by whoever asked: it stands under the same name, or under none."""
    return answer.person_id == question.asker_id


def may_know(actor: Actor, question: Question) -> bool:
    """Whether somebody may be told who asks. Nobody but the person is, where it was asked without a name."""
    if asks(actor, question) or question.name_to == "everybody":
        return True
    teaches = Permission.SEE_RESULTS in actor.permissions and not actor.sees_only_own
    return question.name_to == "staff" and teaches


def may_accept(actor: Actor, question: Question) -> Verdict:
    """Whoever asked, or the office."""
    return YES if asks(actor, question) else may_tend(actor, question.organisation)


def may_endorse(actor: Actor, answer: Answer) -> Verdict:
    """Masters, trainers and who runs cohorts; nobody vouches for an own answer."""
    if standing_as(actor) not in {role.value for role in VOUCHES}:
        return may_not("questions.not_a_master")
    return may_not("questions.own_answer") if wrote(actor, answer) else may_ask(actor)


def standing_as(actor: Actor) -> str:
    """As what somebody answers or vouches: the first of these roles, else the role that there is."""
    for role in (*VOUCHES, Role.APPRENTICE):
        if role in actor.roles:
            return role.value
    return min((role.value for role in actor.roles), default="")


def may_change(actor: Actor, post: Post) -> Verdict:
    """Whoever wrote it."""
    return YES if wrote(actor, post) else may_not("questions.not_own")


def can_answer(question: Question) -> Verdict:
    """While the question stands."""
    return YES if question.state == "open" else not_now("questions.closed")


def can_hold(text: str, files: int) -> Verdict:
    """Words or a photo, and not too many words."""
    if len(text) > LONGEST:
        return not_now("questions.too_long", most=LONGEST)
    return YES if text or files else not_now("questions.empty")


def can_reason(because: str) -> Verdict:
    """Why, in a sentence or two."""
    given = because.strip()
    return (
        YES if given and len(given) <= LONGEST_WORDS else not_now("questions.no_reason", most=LONGEST_WORDS)
    )


def can_promise(workdays: int) -> Verdict:
    """Between one workday and two weeks."""
    fits = 1 <= workdays <= MOST_WORKDAYS
    return YES if fits else not_now("questions.promise_out_of_range", most=MOST_WORKDAYS)


def may_appeal(actor: Actor, hiding: Hiding) -> Verdict:
    """Whoever wrote what was hidden."""
    own = actor.person is not None and hiding.writer_id == actor.person.pk
    return YES if own else may_not("questions.not_own")
