"""An adopted version becomes an occupation, a list of new skills, a chart, a curriculum and a training project."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.curricula.actions import start_curriculum
from craftpath.domain.occupations.actions import begin_chart, keep_occupation, take_sheet
from craftpath.domain.occupations.queries import open_chart
from craftpath.domain.occupations.taking import Line
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.standards.actions import Node, add_node, draft_framework, publish_framework
from craftpath.domain.standards.content import named
from craftpath.domain.studio import rules
from craftpath.domain.studio.content import Content, tidy
from craftpath.domain.studio.facts import ProjectMoved
from craftpath.domain.studio.holding import held, held_version, moved, told
from craftpath.domain.studio.models import Draft, DraftVersion, Project, members_of
from craftpath.domain.studio.writing import start_draft
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Curriculum
    from craftpath.domain.occupations.models import Occupation
    from craftpath.domain.programmes.models import Programme
    from craftpath.domain.standards.models import Framework
    from craftpath.kernel.organisations import Organisation


@action
def publish_project(
    version: DraftVersion,
    *,
    audience: Mapping[str, str],
    licence: str,
    programme: Programme | None = None,
    by: Actor,
    at: datetime,
) -> Project:
    """Let everybody read it and take it over. With a `programme` a curriculum is begun from it besides."""
    row = held_version(version, by)
    known = Project._base_manager.filter(version=row).first()
    if known is not None:
        return known
    if row.state != "adopted":
        raise Refused(not_now("studio.not_adopted"))
    kept = tidy(audience)
    require(rules.can_publish(licence, kept))
    draft, content = row.draft, Content.of(row.content)
    occupation = _occupation(draft, content, by, at)
    _chart(occupation, draft, row, content, by, at)
    project = Project.objects.create(
        organisation=draft.organisation, version=row, name=draft.name, audience=kept, licence=licence.strip(),
        makers=[dict(one.name) for one in (draft.organisation, *members_of(draft))],
        stages=[dict(one.name) for one in stages_of(programme.pk)] if programme else [],
        occupation=occupation, framework=_framework(draft, content, by, at),
        curriculum=_curriculum(draft, programme, by, at) if programme else None, made_by=by.person, made_at=at,
    )  # fmt: skip
    moved(row, "publish", by=by, at=at)
    told(ProjectMoved(shown=True), draft, project.ref, by=by, at=at)
    return project


def _occupation(draft: Draft, content: Content, by: Actor, at: datetime) -> Occupation:
    codes = {"code_cn": content.code_cn, "code_isco": content.code_isco, "code_other": ""}
    return keep_occupation(draft.organisation, name=draft.name, codes=codes, by=by, at=at)


def _chart(
    occupation: Occupation, draft: Draft, row: DraftVersion, content: Content, by: Actor, at: datetime
) -> None:
    """A chart to be verified by more workers; where one is on its way already, that one stays as it is."""
    if open_chart(occupation, draft.organisation) is not None:
        return
    chart = begin_chart(occupation, draft.organisation, by=by, at=at)
    lines = []
    for duty in content.duties:
        lines.append(Line(duty.key, duty.name))
        lines += [Line(task.key, task.statement, duty.key, task.skills) for task in duty.tasks]
    take_sheet(chart, lines, sha256=row.sha256, by=by, at=at)


def _framework(draft: Draft, content: Content, by: Actor, at: datetime) -> Framework | None:
    """The skills that no list had, as a list of the office."""
    if not content.new_skills:
        return None
    name = {
        "zh": f"{draft.title.zh or draft.title.en}：新技能",
        "en": f"{draft.title.en or draft.title.zh}: new skills",
    }
    row = draft_framework(organisation=draft.organisation, name=name, about={}, by=by, at=at)
    for words in content.new_skills:
        identifier = named("studio", draft.public_id, *sorted(words.values()))
        add_node(row, Node(key="", name=words, identifier=identifier), by=by, at=at)
    return publish_framework(row, by=by, at=at)


def _curriculum(draft: Draft, programme: Programme, by: Actor, at: datetime) -> Curriculum:
    return start_curriculum(
        draft.organisation, programme=programme, key=f"studio-{draft.public_id.lower()}", name=draft.name,
        occupation=draft.name, by=by, at=at,
    )  # fmt: skip


@action
def withdraw_project(project: Project, *, by: Actor, at: datetime) -> Project:
    """Show it no more; whoever took it over keeps what they have."""
    draft = held(project.version.draft, by)
    row = Project._base_manager.select_for_update(of=("self",)).get(pk=project.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        told(ProjectMoved(shown=False), draft, row.ref, by=by, at=at)
    return row


@action
def take_over(
    project: Project, organisation: Organisation, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> Draft:
    """A draft of one's own from another place's project, which says where it is from and under which licence."""
    row = Project._base_manager.select_related("organisation", "version").get(pk=project.pk)
    require(rules.can_take(row, organisation))
    origin = {
        "kind": "project", "name": row.name, "place": row.organisation.name, "version": row.version.number,
        "licence": row.licence, "ref": str(row.ref), "sha256": row.version.sha256,
    }  # fmt: skip
    draft = start_draft(
        organisation, made_id=made_id, name=row.name, content=Content.of(row.version.content), origin=origin,
        by=by, at=at,
    )  # fmt: skip
    if draft.taken_from_id is None:
        draft.taken_from = row
        draft.save(update_fields=["taken_from"])
    return draft
