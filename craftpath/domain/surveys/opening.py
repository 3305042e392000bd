"""Opening a survey: who is asked is fixed, and with them the groups that can be kept without singling anybody out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from craftpath.domain.surveys import rules
from craftpath.domain.surveys.coarsening import Cell, Sampling, coarsen, drawn
from craftpath.domain.surveys.facts import SurveyOpened
from craftpath.domain.surveys.faults import faults
from craftpath.domain.surveys.models import OTHER, Asked, Survey, new_door
from craftpath.domain.surveys.states import SURVEY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.rows import insert_rows
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be asked: a person, or a name with a contact; as what, and with which groups as they are."""

    role: str
    person: Person | None = None
    name: str = ""
    contact: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """By what a draw knows them."""
        return self.person.public_id if self.person is not None else f"{self.name} {self.contact}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who would be asked now, and what would be kept of each: the cells with those drawn and all that there are."""

    chosen: Sequence[tuple[Candidate, dict[str, str]]]
    cells: list[dict[str, Any]]


def chosen(survey: Survey, candidates: Sequence[Candidate]) -> Choice:
    """Make groups coarse over everybody there is, then draw; a person who is in it twice is asked once."""
    people = list({one.key: one for one in candidates}.values())
    rows: list[Cell] = [tuple(one.groups.get(name) or OTHER for name in survey.groups) for one in people]
    cells = coarsen(rows) if survey.anonymous else rows
    sampling = Sampling(**survey.sampling) if survey.sampling else None
    places = drawn(cells, [one.key for one in people], sampling)
    invited = Counter(cells[at] for at in places)
    population = Counter(cells)
    told = [
        {"at": list(cell), "invited": invited[cell], "population": population[cell]}
        for cell in sorted(population)
    ]
    named = [(people[at], dict(zip(survey.groups, cells[at], strict=True))) for at in places]
    return Choice(named, told)


@action
def open_survey(
    survey: Survey,
    candidates: Sequence[Candidate],
    *,
    opens_on: date,
    closes_on: date,
    link: bool = False,
    group_names: Mapping[str, Mapping[str, Any]] | None = None,
    by: Actor,
    at: datetime,
) -> Survey:
    """Ask: fix questions, people, groups and promise. Once more changes nothing.

    Names of outsiders go from the audience of the draft to those who are asked, where `personal.py` lists them.
    """
    require(rules.may_run(by, survey.organisation))
    rows = Survey._base_manager.select_for_update(of=("self",)).select_related("organisation")
    survey = rows.get(pk=survey.pk)
    if survey.state == "open":
        return survey
    survey.state = SURVEY.after(survey.state, "open")
    for fault in faults(survey.asked_for, survey.points):
        raise Refused(fault.verdict)
    choice = chosen(survey, candidates)
    roles = [one.role for one, _groups in choice.chosen]
    require(
        rules.can_open(survey, roles, link=link, opens_on=opens_on, closes_on=closes_on, today=localdate(at))
    )
    survey.opens_on, survey.closes_on, survey.opened_at = opens_on, closes_on, at
    survey.audience = {name: told for name, told in survey.audience.items() if name != "outsiders"}
    survey.cells, survey.door = choice.cells, new_door() if link else None
    survey.group_names = _used(survey, group_names or {})
    survey.save()
    _ask(survey, choice)
    told = SurveyOpened(len(choice.chosen), link, survey.anonymous, closes_on.isoformat())
    tell(told, by=by, at=at, organisation=survey.organisation, subject=survey.ref)
    return survey


def _ask(survey: Survey, choice: Choice) -> None:
    rows = [
        (new_public_id(), one.person.pk if one.person else None, "" if one.person else one.name[:LONGEST_NAME],
         one.contact[:LONGEST_NAME], one.role, groups)
        for one, groups in choice.chosen
    ]  # fmt: skip
    columns = ["public_id", "person", "name", "contact", "role", "groups"]
    insert_rows(Asked, columns, rows, {"survey": survey.pk, "answered": False})


def _used(survey: Survey, names: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The words of those values that are kept, and of no others: a name that was given up would tell of it."""
    kept = {
        name: {cell["at"][at] for cell in survey.cells} - {OTHER} for at, name in enumerate(survey.groups)
    }
    return {
        name: {value: names[name][value] for value in sorted(values) if value in names.get(name, {})}
        for name, values in kept.items()
        if name in names
    }
