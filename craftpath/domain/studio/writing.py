"""Draft occupations begun, and their versions written part by part."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.occupations.queries import DutyRow, board_of
from craftpath.domain.studio import rules
from craftpath.domain.studio.comparing import board_of_list
from craftpath.domain.studio.content import PARTS, Content, DutySaid, Note, TaskSaid, duties_from, tidy
from craftpath.domain.studio.facts import DraftBegun, MembersSet, VersionBegun, VersionWritten
from craftpath.domain.studio.finding import who_may_join
from craftpath.domain.studio.holding import held, held_version, told
from craftpath.domain.studio.matching import match
from craftpath.domain.studio.models import Draft, DraftMember, DraftVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart
    from craftpath.domain.standards.models import Framework


def grown_from_chart(chart: Chart) -> tuple[Content, dict[str, Any]]:
    """What a chart gives to a draft, and where it is from. The caller has seen to it that it may be read."""
    board, occupation = board_of(chart), chart.occupation
    skills = tuple(dict.fromkeys(skill for duty in board for task in duty.tasks for skill in task.skills))
    content = Content(
        duties=duties_from(board), skills=skills, code_isco=occupation.code_isco, code_cn=occupation.code_cn
    )
    return content, _origin("chart", occupation.name, chart.organisation, chart.version, str(chart.ref))


def grown_from_list(framework: Framework) -> tuple[Content, dict[str, Any]]:
    """What a list of skills gives: its domains as duties, to be worded as tasks, and its skills."""
    board = board_of_list(framework)
    skills = tuple(task.public_id for duty in board for task in duty.tasks)
    origin = _origin("list", framework.name, framework.organisation, framework.version, str(framework.ref))
    return Content(duties=_own_keys(board), skills=skills), origin


def _own_keys(board: Sequence[DutyRow]) -> tuple[DutySaid, ...]:
    return tuple(
        DutySaid(
            new_public_id(), duty.name.as_json(),
            tuple(TaskSaid(new_public_id(), one.statement.as_json(), one.skills) for one in duty.tasks),
        )
        for duty in board
    )  # fmt: skip


def _origin(
    kind: str, name: Mapping[str, str], place: Organisation | None, version: int, ref: str
) -> dict[str, Any]:
    return {
        "kind": kind, "name": dict(name), "place": dict(place.name) if place else {}, "version": version, "ref": ref,
    }  # fmt: skip


@action
def start_draft(
    organisation: Organisation,
    *,
    made_id: uuid.UUID,
    name: Mapping[str, str],
    members: Sequence[Organisation] = (),
    content: Content | None = None,
    origin: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Draft:
    """Begin a draft occupation with its first version. The same `made_id` again is the same draft."""
    require(rules.may_start(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    known = Draft._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.organisation_id != organisation.pk:
            raise Refused(not_now("studio.form_used"))
        return known
    kept = tidy(name)
    require(rules.can_name(kept))
    able = who_may_join(organisation)
    require(rules.can_have([one.pk for one in members], [one.pk for one in able]))
    first = content or Content()
    require(rules.can_say(first))
    draft = Draft.objects.create(
        organisation=organisation, made_id=made_id, name=kept, origin=dict(origin or {}), made_by=by.person, made_at=at,
    )  # fmt: skip
    _join(draft, members, at)
    DraftVersion.objects.create(draft=draft, number=1, content=first.as_json(), made_by=by.person, made_at=at)
    told(DraftBegun((origin or {}).get("kind", ""), len(members)), draft, by=by, at=at)
    return draft


def _join(draft: Draft, members: Sequence[Organisation], at: datetime) -> None:
    there = set(draft.members.values_list("organisation_id", flat=True))
    new = {one.pk: one for one in members if one.pk not in there}
    DraftMember.objects.bulk_create(
        DraftMember(draft=draft, organisation=one, since=at) for one in new.values()
    )


@action
def set_draft(
    draft: Draft, *, name: Mapping[str, str], members: Sequence[Organisation], by: Actor, at: datetime
) -> Draft:
    """Another name, other members; whoever leaves keeps nothing of what is still being written."""
    row = held(draft, by)
    kept = tidy(name)
    require(rules.can_name(kept))
    able = who_may_join(row.organisation, row)
    require(rules.can_have([one.pk for one in members], [one.pk for one in able]))
    row.name = kept
    row.save(update_fields=["name"])
    wanted = {one.pk for one in members}
    before = set(row.members.values_list("organisation_id", flat=True))
    row.members.exclude(organisation__in=wanted).delete()
    _join(row, members, at)
    if wanted != before:
        told(MembersSet(len(wanted)), row, by=by, at=at)
    return row


@action
def begin_version(source: DraftVersion, *, why: str, by: Actor, at: datetime) -> DraftVersion:
    """The next version with everything that this one says; one that is being written already is the answer."""
    draft = held(source.draft, by)
    writing = draft.versions.filter(state="writing").first()
    if writing is not None:
        return writing
    if len(why) > rules.LONGEST_WORDS:
        raise Refused(not_now("studio.words_too_long", most=rules.LONGEST_WORDS))
    number = draft.versions.order_by("-number").values_list("number", flat=True)[0] + 1
    row = DraftVersion.objects.create(
        draft=draft, number=number, follows=source, content=source.content, why=why.strip(),
        made_by=by.person, made_at=at,
    )  # fmt: skip
    told(VersionBegun(number), draft, row.ref, by=by, at=at)
    return row


@action
def write_part(
    version: DraftVersion, part: str, *, revision: int, by: Actor, at: datetime, **fields: Any
) -> DraftVersion:
    """Write the fields of one part of `content.PARTS`; refused where somebody else wrote since `revision`."""
    row = held_version(version, by)
    require(rules.can_write(row))
    if set(fields) != set(PARTS[part]):
        raise TypeError(f"{part} has {PARTS[part]}")
    before = Content.of(row.content)
    after = replace(before, **fields)
    require(rules.can_say(after))
    if after == before:
        return row
    if revision != row.revision:
        raise Refused(not_now("studio.written_meanwhile"))
    row.content, row.revision = after.as_json(), row.revision + 1
    row.save(update_fields=["content", "revision"])
    told(VersionWritten(row.number, part), row.draft, row.ref, by=by, at=at)
    return row


def reworded(before: Sequence[DutySaid], typed: Sequence[tuple[Mapping[str, str], Sequence[Mapping[str, str]]]]
             ) -> tuple[DutySaid, ...]:  # fmt: skip
    """What was typed as a list of duties with tasks, with the cards that were there: by their words, else the closest.

    So a task that is worded anew or moved under another duty stays the same task, with its skills.
    """
    duties = {duty.key: Text.of(duty.name) for duty in before}
    tasks = {task.key: task for duty in before for task in duty.tasks}
    new_duties = [(f"d{at}", Text.of(dict(name))) for at, (name, _tasks) in enumerate(typed)]
    new_tasks = [
        (f"{at}.{n}", Text.of(dict(words)))
        for at, (_name, rows) in enumerate(typed)
        for n, words in enumerate(rows)
    ]
    was = {pair.other: pair.one for pair in match(list(duties.items()), new_duties)}
    said = [(key, Text.of(task.statement)) for key, task in tasks.items()]
    stood = {pair.other: tasks[pair.one] for pair in match(said, new_tasks)}
    found = []
    for at, (name, rows) in enumerate(typed):
        kept = [
            TaskSaid(old.key, dict(words), old.skills)
            if (old := stood.get(f"{at}.{n}")) is not None
            else TaskSaid(new_public_id(), dict(words))
            for n, words in enumerate(rows)
        ]
        found.append(DutySaid(was.get(f"d{at}", "") or new_public_id(), dict(name), tuple(kept)))
    return tuple(found)


def noted(words: Mapping[str, str], source: str) -> Note:
    """A note as it is kept."""
    return Note(tidy(words), source.strip())
