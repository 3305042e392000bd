"""Skills to choose from: every published framework that the reader sees, by framework and domain. One for all forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.standards.queries import skills, skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Skill

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def skill_groups(
    known: Iterable[Skill] | None = None, kept: Iterable[str] = (), stored: Iterable[str] = ()
) -> Grouped:
    """(framework · domain, its skills); one query, and one more where something is `kept` that is offered no longer.

    `kept` may be what somebody typed: what no framework knows is left out. What is `stored` stays, at least by its key.
    Where there is one framework its name is left out. A skill that hangs on another one stands behind an arrow.
    """
    some = list(skills() if known is None else known)
    several = len({skill.framework_id for skill in some}) > 1
    groups: dict[str, Choices] = {}
    for skill in some:
        groups.setdefault(_group(skill, several), []).append((skill.key, _label(skill)))
    offered = {skill.key for skill in some} | {""}
    lost = [key for key in dict.fromkeys(stored) if key not in offered]
    missing = {key for key in kept if key.isascii() and "\0" not in key} - offered | set(lost)
    if missing:
        named = skills_by_key(missing)
        old = [(key, text(skill.name)) for key, skill in named.items()]
        old += [(key, key) for key in lost if key not in named]
        groups |= {_("No longer offered"): old} if old else {}
    return list(groups.items())


def skill_choices(kept: Iterable[str] = ()) -> Choices:
    """The same without groups, each name once with its framework where two would read alike."""
    some = skills()
    rows = [(skill.key, text(skill.name), text(skill.framework.name)) for skill in some]
    rows += [
        (key, text(skill.name), text(skill.framework.name))
        for key, skill in skills_by_key({key for key in kept if key} - {skill.key for skill in some}).items()
    ]
    names = [name for _key, name, _list in rows]
    return [
        (
            key,
            _("%(skill)s (%(framework)s)") % {"skill": name, "framework": of}
            if names.count(name) > 1
            else name,
        )
        for key, name, of in rows
    ]


def _group(skill: Skill, several: bool) -> str:
    domain = text(skill.domain_name) if skill.domain != skill.key else ""
    return " · ".join(
        part for part in (text(skill.framework.name) if several else "", domain) if part
    ) or text(skill.framework.name)


def _label(skill: Skill) -> str:
    return f"{'↳ ' if skill.depth > 1 else ''}{text(skill.name)}"
