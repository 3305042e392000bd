"""What the page of a review shows: its moment, the record beside it, parts, goals, text and signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craftpath.delivery.web.reviews import saying
from craftpath.delivery.web.reviews.beside import beside
from craftpath.delivery.web.reviews.forms import MoveForm
from craftpath.delivery.web.reviews.trail import sees_cohorts, to_board, to_reviews
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.signing.showing import Line, lines, text_of
from craftpath.domain.reviews import queries, rules, texts
from craftpath.kernel.signing import Document, may_sign
from craftpath.values.paper import Paper

if TYPE_CHECKING:
    from craftpath.domain.reviews.models import Goal, Part, Review

NEW_GOALS = 3  # empty rows on the page; more follow after keeping


@dataclass(frozen=True, slots=True)
class TypedGoal:
    """A row for a new goal as it was typed."""

    text: str = ""
    owner: str = "apprentice"
    due: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the page: what is kept already, or what was typed and refused."""

    words: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    fresh: Sequence[TypedGoal] = ()
    colour: str = ""
    because: str = ""
    on: str = ""

    @property
    def rows(self) -> list[TypedGoal]:
        """Rows for new goals, filled up with empty ones."""
        return [*self.fresh, *[TypedGoal()] * (NEW_GOALS - len(self.fresh))]


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with who does it, by when, whether that day has passed, and what is ticked for it."""

    goal: Goal
    owner: str
    late: bool
    state: str
    mark: str


def found_review(public_id: str) -> Review:
    """A review that the reader sees, with parts and excuses, or 404."""
    return get_object_or_404(queries.whole(queries.reviews()), public_id=public_id)


def part_of(row: Review, role: str) -> Part | None:
    """What one side has said so far; asks nothing."""
    return next((part for part in row.parts.all() if part.role == role), None)


def kept(row: Review, role: str, today: date) -> Typed:
    """The fields as they are kept."""
    part = part_of(row, role) if role else None
    on = row.held_on or min(row.on, today)
    return Typed(part.words if part else "", {}, (), row.colour, row.colour_because, on.isoformat())


def page_of(
    request: Request, row: Review, *, typed: Typed | None = None, said: str = "", move: MoveForm | None = None
) -> dict[str, Any]:
    """Everything that the template shows."""
    actor, role = request.actor, rules.role_in(request.actor, row)
    leads = bool(rules.may_lead(actor, row))
    fields = typed or kept(row, role, request.today)
    last, goals = queries.last_before(row), queries.goals_in(row)
    writes = bool(role) and bool(rules.can_say(row))
    badge, tone = saying.state(row, request)
    name = row.enrolment.person.name
    title = _("Review %(round)s") % {"round": row.round}
    return {
        "review": row,
        "title": title if role == "apprentice" else f"{name} · {title}",
        "when": saying.when(row),
        "mode": texts.MODES[row.mode],
        "people": [one for one in (row.enrolment.person, row.mentor, row.trainer) if one is not None],
        "badge": (badge, tone),
        "colour": (texts.COLOURS[row.colour], saying.TONES[row.colour]) if row.held_on else None,
        "role": role,
        "role_name": texts.ROLES.get(role, ""),
        "leads": leads and writes,
        "writes": writes,
        "not_yet": _not_yet(row, request) if leads and writes else "",
        "beside": beside(row, last, actor, request.today),
        "last": last,
        "last_colour": (texts.COLOURS[last.colour], saying.TONES[last.colour]) if last else None,
        "parts": [
            (texts.ROLES[part.role], part)
            for part in row.parts.all()
            if not writes or part.role != role or part.words != fields.words
        ],
        "carried": [_goal(one, fields, request.today) for one in goals.carried],
        "fresh": [_goal(one, fields, request.today) for one in goals.fresh],
        "settled": [_goal(one, fields, request.today) for one in goals.settled],
        "fields": fields,
        "colours": [
            (key, texts.COLOURS[key], texts.COLOUR_HINTS[key], saying.TONES[key]) for key in texts.COLOURS
        ],
        "owners": list(texts.ROLES.items()),
        "said": said,
        "move": move or MoveForm(row),
        "moved": move is not None,
        "may": {
            "move": leads and row.state in queries.TO_COME,
            "miss": leads and row.state == "scheduled" and bool(rules.can_miss(row, request.at)),
            "cancel": row.state in queries.TO_COME and bool(rules.may_plan(actor, row.organisation)),
            "reopen": leads and row.state == "written",
            "excuse": bool(rules.may_excuse(actor, row)) and row.state == "written",
        },
        **(_signing(request, row) if row.document is not None else {}),
        "crumbs": _crumbs(request, row, title),
    }


def _not_yet(row: Review, request: Request) -> str:
    """From when on it can be finished, in words; empty once it can."""
    verdict = rules.can_hold(row, request.at)
    return sentence(verdict) if verdict.reason == "reviews.not_yet" else ""


def _goal(goal: Goal, fields: Typed, today: date) -> GoalShown:
    late = goal.state == "open" and goal.due_on is not None and goal.due_on < today
    return GoalShown(
        goal,
        str(texts.ROLES[goal.owner]),
        late,
        str(texts.GOAL_STATES[goal.state]),
        fields.marks.get(goal.public_id, "open"),
    )


@dataclass(frozen=True, slots=True)
class Signer:
    """One side of the text: whether it has signed, is excused and why, and what the reader may do about it."""

    line: Line
    excuse: Any
    link: bool
    waits: bool


def _signing(request: Request, row: Review) -> dict[str, Any]:
    """The fixed text, who has signed, and the place to sign for whoever may."""
    document = row.document
    if document is None:
        return {}
    excused = {one.role: one for one in row.excuses.all()}
    signers = [_signer(request, row, line, excused) for line in lines(document)]
    own = [one.line.party for one in signers if one.waits and may_sign(request.actor, one.line.party)]
    return {
        "document": document,
        "paper": _in_languages(document),
        "signers": signers,
        "party": next(iter(own), None),
    }


def _signer(request: Request, row: Review, line: Line, excused: Mapping[str, Any]) -> Signer:
    waits = row.state == "written" and line.signature is None and line.party.role not in excused
    link = waits and bool(rules.may_hand_over(request.actor, row, line.party.role))
    return Signer(line, excused.get(line.party.role), link, waits)


def _in_languages(document: Document) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """(language, sections) of the text, the reader's own first: both are what is signed."""
    paper: Paper = text_of(document)
    order = ("zh", "en") if (get_language() or "zh").startswith("zh") else ("en", "zh")
    return [
        (
            "zh-hans" if language == "zh" else "en",
            [
                (section.heading.say(language), [one.say(language) for one in section.paragraphs])
                for section in paper.sections
            ],
        )
        for language in order
    ]


def _crumbs(request: Request, row: Review, title: str) -> list[dict[str, str]]:
    cohort = row.enrolment.cohort
    if sees_cohorts(request.actor) and row.trainer_id != request.user.pk:
        back = step(request, text(cohort.name), "reviews:cohort", cohort.public_id)
        return to_board(request, back, here(row.enrolment.person.name))
    return to_reviews(request, here(title))
