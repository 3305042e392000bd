"""Who edits which framework, and what a framework must be like at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.domain.standards.models import FIRST, Framework, Skill
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.standards.content import Node
    from craftpath.kernel.organisations import Organisation


def may_write(actor: Actor, organisation: Organisation | None) -> Verdict:
    """Lists of an organisation: whoever edits frameworks there. Shared ones: the same where the site was opened."""
    if organisation is not None:
        return actor.may_at(Permission.EDIT_FRAMEWORKS, organisation)
    verdict = actor.may(Permission.EDIT_FRAMEWORKS)
    if not verdict or (actor.kind is ActorKind.SYSTEM and actor.organisation is None):
        return verdict
    first = actor.organisation is not None and actor.organisation.path == FIRST
    return YES if first else may_not("standards.shared_by_the_top")


def may_edit(actor: Actor, framework: Framework) -> Verdict:
    """The same of a framework that is there."""
    return may_write(actor, framework.organisation)


def can_edit(framework: Framework) -> Verdict:
    """Only a draft is changed: what is published is what people were judged by."""
    return YES if framework.state == "draft" else not_now("standards.not_a_draft")


def can_publish(nodes: Iterable[Node]) -> Verdict:
    """With a skill in it."""
    return YES if any(node.kind == "skill" for node in nodes) else not_now("standards.nothing_in_it")


def belongs(framework: Framework, key: str) -> bool:
    """Whether a key may stand in this framework: it begins with its prefix, or with none where it has none."""
    return key.startswith(f"{framework.prefix}-") if framework.prefix else "-" not in key


def strangers(framework: Framework, keys: Iterable[str]) -> dict[str, str]:
    """Keys that say a skill of another framework on this site → that framework's key; one query."""
    rows = Skill.objects.filter(key__in=set(keys)).exclude(framework__key=framework.key)
    return dict(rows.values_list("key", "framework__key"))
