"""Questions and answers as a reader sees them: who is named, what stands there, what can be pressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.questions import rules
from craftpath.domain.questions.queries import Pace, Thread
from craftpath.domain.questions.texts import HIDING_STATES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.questions.models import Answer, Attachment, Hiding, Question, Wording
    from craftpath.kernel.access import Actor
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Who:
    """Whose words these are, for one reader; without `name` nobody is told."""

    name: str
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A question in a list."""

    row: Question
    url: str
    title: str
    who: Who
    skill: str
    badge: tuple[str, str]
    count: str
    late: bool = False


@dataclass(slots=True)
class Post:
    """A question or an answer with what its reader may do to it."""

    row: Any
    kind: str
    who: Who
    at: datetime
    text: str
    gone: str
    files: list[tuple[Attachment, str]]
    before: Sequence[Wording]
    do: str
    own: bool = False
    can: frozenset[str] = frozenset()
    hiding: Hiding | None = None
    hiding_state: str = ""
    endorsed_by: list[str] = field(default_factory=list)
    accepted: bool = False
    thanks: int = 0


def name_of(person: Person) -> str:
    """A name, or that somebody has left: then the words stay and the person is gone."""
    return person.name or _("Somebody who has left")


def asker(actor: Actor, row: Question) -> Who:
    """Who asks, as far as this reader may know."""
    if rules.asks(actor, row):
        seen = {
            "everybody": "",
            "staff": _("other apprentices do not see your name"),
            "nobody": _("nobody sees your name"),
        }
        return Who(pgettext("who wrote it", "You"), seen[row.name_to])
    if not rules.may_know(actor, row):
        return Who(_("Name hidden"), hidden=True)
    note = _("apprentices do not see the name") if row.name_to == "staff" else ""
    return Who(name_of(row.asker), note)


def answerer(actor: Actor, answer: Answer, row: Question) -> Who:
    """Who answers; whoever asked stands under the same name as with the question."""
    if rules.is_askers(answer, row):
        who = asker(actor, row)
        return Who(who.name, _("asked the question"), who.hidden)
    if rules.wrote(actor, answer):
        return Who(pgettext("who wrote it", "You"), role_name(answer.role))
    return Who(name_of(answer.person), role_name(answer.role))


def role_name(code: str) -> str:
    """What a role is called; nothing for none."""
    return str(ROLE_NAMES[Role(code)]) if code else ""


def lines(request: Request, rows: Iterable[Question]) -> list[Line]:
    """Questions for a list; one query for the names of skills."""
    rows = list(rows)
    known = skills_by_key({row.skill for row in rows})
    return [_line(request, row, text(known[row.skill].name) if row.skill in known else "") for row in rows]


def _line(request: Request, row: Question, skill: str) -> Line:
    waits = row.state == "open" and row.answered_at is None
    count = ngettext("%(count)s answer", "%(count)s answers", row.answers) % {"count": row.answers}
    return Line(
        row, reverse("questions:question", args=[request.organisation.key, row.public_id]),
        row.title or _("A photo without words"), asker(request.actor, row), skill, badge(row),
        "" if waits else count, waits and row.due_on < request.today,
    )  # fmt: skip


def badge(row: Question) -> tuple[str, str]:
    """(tone, words) of how far a question is."""
    if row.state != "open":
        withdrawn = row.state == "withdrawn"
        return "plain", pgettext("a question", "withdrawn") if withdrawn else pgettext("a question", "hidden")
    if row.standing == 3:
        return "good", _("helped")
    if row.standing == 2:
        return "info", _("endorsed")
    return ("plain", "") if row.answered_at else ("attention", _("waits"))


def pace_words(found: Pace) -> str:
    """The promise, and how long it usually takes."""
    promise = ngettext(
        "Answers are promised within %(days)s workday.",
        "Answers are promised within %(days)s workdays.",
        found.promised,
    ) % {"days": found.promised}
    if found.usual is None:
        return promise
    if found.usual == 0:
        return _("%(promise)s Usually somebody answers on the same day.") % {"promise": promise}
    usual = ngettext(
        "%(promise)s Usually somebody answers within %(days)s workday.",
        "%(promise)s Usually somebody answers within %(days)s workdays.",
        found.usual,
    )
    return usual % {"promise": promise, "days": found.usual}


def posts(request: Request, thread: Thread, wordings: dict[int, list[Wording]]) -> tuple[Post, list[Post]]:
    """The question and its answers for this reader."""
    row, actor = thread.question, request.actor
    tends = bool(rules.may_tend(actor, row.organisation))
    first = _post(request, row, row, thread, wordings, tends)
    first.who = asker(actor, row)
    rest = []
    for answer in thread.answers:
        post = _post(request, answer, row, thread, wordings, tends)
        post.who = answerer(actor, answer, row)
        post.endorsed_by = [
            pgettext("who vouches", "%(name)s (%(role)s)")
            % {"name": name_of(one.person), "role": role_name(one.role)}
            for one in thread.endorsements[answer.pk]
        ]
        post.accepted = row.accepted_id == answer.pk
        post.thanks = thread.thanks.get(answer.pk, 0)
        rest.append(post)
    return first, rest


def _post(
    request: Request, one: Any, row: Question, thread: Thread, wordings: dict[int, list[Wording]], tends: bool
) -> Post:
    is_question = one is row
    key = 0 if is_question else one.pk
    own = rules.wrote(request.actor, one)
    reads = one.state == "open" or tends or (own and one.state == "hidden")
    shown = thread.files.get(key, []) if reads else []
    place = request.organisation.key
    files = [(file, reverse("questions:file", args=[place, file.public_id])) for file in shown]
    gone = {"withdrawn": _("Withdrawn by its writer."), "hidden": _("Hidden by the office.")}.get(
        one.state, ""
    )
    hiding = thread.hidings.get(key) if one.state == "hidden" or own else None
    page = "questions:do" if is_question else "questions:answer_do"
    return Post(
        one, "question" if is_question else "answer", Who(""), row.asked_at if is_question else one.made_at,
        one.text if reads else "", gone, files, wordings.get(key, []) if reads else [],
        reverse(page, args=[place, one.public_id, "x"])[: -len("x/")], own,
        _can(request, one, row, thread, tends), hiding if own or tends else None,
        str(HIDING_STATES[hiding.state]) if hiding else "",
    )  # fmt: skip


def _can(request: Request, one: Any, row: Question, thread: Thread, tends: bool) -> frozenset[str]:
    actor, own = request.actor, rules.wrote(request.actor, one)
    can = set()
    if one.state == "open":
        can |= {"change", "withdraw"} if own else {"report"}
        can |= {"hide"} if tends else set()
    if one is not row and one.state == "open":
        if not own:
            can.add("unthank" if one.pk in thread.thanked else "thank")
        if row.accepted_id != one.pk and rules.may_accept(actor, row) and row.state == "open":
            can.add("accept")
        if rules.may_endorse(actor, one):
            mine = any(each.person == actor.person for each in thread.endorsements[one.pk])
            can.add("unendorse" if mine else "endorse")
    return frozenset(can)
