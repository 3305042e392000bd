"""How a draft is changed: locked, by one of its designers, and refused where it has changed since it was read."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.facts import VersionChanged
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

Values = dict[str, object]


def held(version: CurriculumVersion) -> CurriculumVersion:
    """Read it anew, kept from others until the open transaction ends."""
    rows = CurriculumVersion._base_manager.select_for_update(of=("self",))
    return rows.select_related("curriculum__organisation", "curriculum__programme", "scheme").get(
        pk=version.pk
    )


def held_curriculum(version: CurriculumVersion) -> Curriculum:
    """The curriculum of a version, kept from others until the open transaction ends: before any version of it."""
    rows = Curriculum._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=version.curriculum_id)


def held_draft(version: CurriculumVersion, *, by: Actor) -> CurriculumVersion:
    """The same, for those who design it, while it is a draft."""
    version = held(version)
    require(rules.may_design(by, version.curriculum.organisation))
    require(rules.can_edit(version))
    return version


def require_revision(version: CurriculumVersion, revision: int) -> None:
    """Refused where somebody else has changed the draft since `revision` was read."""
    if version.revision != revision:
        who = version.changed_by.name if version.changed_by else ""
        raise Refused(not_now("curricula.changed_meanwhile", who=who))


def changed(
    version: CurriculumVersion,
    what: str,
    key: str = "",
    *,
    before: Values | None = None,
    after: Values | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Count a change of the draft, keep who made it, and tell it."""
    version.revision, version.changed_by, version.changed_at = version.revision + 1, by.person, at
    version.save(update_fields=["revision", "changed_by", "changed_at"])
    told = VersionChanged(version.number, version.revision, what, key, before or {}, after or {})
    tell(told, by=by, at=at, organisation=version.curriculum.organisation, subject=version.ref)
