"""Versions of frameworks: begun, copied, published, retired, put away, and filled from a file."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from craftpath.domain.standards import rules
from craftpath.domain.standards.checking import check
from craftpath.domain.standards.comparing import compare
from craftpath.domain.standards.content import Content, Node, stamped
from craftpath.domain.standards.crosswalks import keep_pairs
from craftpath.domain.standards.facts import (
    FrameworkChanged,
    FrameworkDrafted,
    FrameworkMoved,
    FrameworkTaken,
)
from craftpath.domain.standards.fitting import fit, whole
from craftpath.domain.standards.models import Framework
from craftpath.domain.standards.rows import about_columns, content_of, lay, nodes_of
from craftpath.domain.standards.states import FRAMEWORK
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

LONGEST_KEY, LONGEST_PREFIX = 40, 16
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PREFIX = re.compile(r"[a-z0-9_]{1,20}")


@action
def draft_framework(
    *,
    organisation: Organisation | None,
    name: Mapping[str, str],
    about: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Framework:
    """Begin a framework of an organisation, or a shared one; an empty draft of that name is used again."""
    require(rules.may_write(by, organisation))
    if not any(name.values()):
        raise Refused(not_now("standards.no_name"))
    _hold(organisation)
    drafts = Framework._base_manager.filter(organisation=organisation, state="draft", name=dict(name))
    same = drafts.filter(skills__isnull=True).first()
    if same is not None:
        return same
    return _begin(organisation, name, about, by=by, at=at)


def _begin(
    organisation: Organisation | None,
    name: Mapping[str, str],
    about: Mapping[str, Any],
    *,
    like: Content | None = None,
    by: Actor,
    at: datetime,
) -> Framework:
    key, prefix, version = _called(organisation, name, like)
    row = Framework(
        organisation=organisation, key=key, version=version, prefix=prefix, name=dict(name),
        identifier=str(uuid.uuid4()), stamp=stamped(at), **about,
    )  # fmt: skip
    row.save()
    told = FrameworkDrafted(key=key, version=version)
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _called(
    organisation: Organisation | None, name: Mapping[str, str], like: Content | None
) -> tuple[str, str, int]:
    """(key, prefix, version): as the file calls itself where nobody here is called so, else new ones."""
    if like is not None and _KEY.fullmatch(like.key) and _PREFIX.fullmatch(like.prefix):
        taken = Framework._base_manager.filter(Q(key=like.key) | Q(prefix=like.prefix))
        if not taken.exists():
            return like.key, like.prefix, like.version
    key = _free_key(organisation, name)
    return key, _free_prefix(key), 1


def _hold(organisation: Organisation | None) -> None:
    """One at a time gets a new key."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True).order_by("path")
    row = rows.filter(pk=organisation.pk) if organisation is not None else rows[:1]
    list(row)


def _free_key(organisation: Organisation | None, name: Mapping[str, str]) -> str:
    """From the Latin name where there is one, behind the organisation's; with a number if it is taken."""
    parts = [organisation.key if organisation else "", slugify(Text.of(name).en) or "skills"]
    wanted = slugify("-".join(part for part in parts if part))[:LONGEST_KEY].strip("-")
    taken = set(Framework._base_manager.filter(key__startswith=wanted).values_list("key", flat=True))
    return _numbered(wanted, taken)


def _free_prefix(key: str) -> str:
    wanted = key.replace("-", "").replace("_", "")[:LONGEST_PREFIX] or "list"
    taken = set(Framework._base_manager.filter(prefix__startswith=wanted).values_list("prefix", flat=True))
    return _numbered(wanted, taken)


def _numbered(wanted: str, taken: set[str]) -> str:
    found, n = wanted, 1
    while found in taken:
        n += 1
        found = f"{wanted}{n}"
    return found


@action
def draft_version(framework: Framework, *, by: Actor, at: datetime) -> Framework:
    """Begin the next version with everything that this one says; a draft that is there already is the answer."""
    require(rules.may_edit(by, framework))
    _hold(framework.organisation)
    versions = Framework._base_manager.filter(key=framework.key)
    draft = versions.filter(state="draft").first()
    if draft is not None:
        return draft
    last = versions.order_by("-version")[0]
    content = content_of(framework)
    row = Framework(
        organisation=framework.organisation, key=framework.key, version=last.version + 1, prefix=framework.prefix,
        audience=framework.audience, identifier=str(uuid.uuid4()), stamp=stamped(at),
        carried=_of_no_version(framework.carried), **about_columns(content),
    )  # fmt: skip
    row.save()
    lay(row, content.nodes, at=at)
    told = FrameworkDrafted(key=row.key, version=row.version)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def describe_framework(framework: Framework, *, by: Actor, at: datetime, **about: Any) -> Framework:
    """Change what a draft says of itself: names, source, licence, who reads it."""
    row = held(framework, by)
    if not any(about.get("name", row.name).values()):
        raise Refused(not_now("standards.no_name"))
    if all(getattr(row, name) == value for name, value in about.items()):
        return row
    for name, value in about.items():
        setattr(row, name, value)
    row.stamp = stamped(at)
    row.save()
    told = FrameworkChanged(key=row.key, version=row.version, what="")
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def publish_framework(framework: Framework, *, by: Actor, at: datetime) -> Framework:
    """Let everybody whom it is for read and use a version; the one that was published before is retired."""
    row = locked(framework, by)
    if row.state == "published":
        return row
    after = FRAMEWORK.after(row.state, "publish")
    require(rules.can_publish(nodes_of(row)))
    others = Framework._base_manager.filter(key=row.key, state="published")
    for other in others:
        retire_framework(other, by=by, at=at)
    return _move(row, after, by=by, at=at)


@action
def retire_framework(framework: Framework, *, by: Actor, at: datetime) -> Framework:
    """Offer a version no longer; what was tagged with its skills keeps them."""
    row = locked(framework, by)
    return row if row.state == "retired" else _move(row, FRAMEWORK.after(row.state, "retire"), by=by, at=at)


@action
def discard_framework(framework: Framework, *, by: Actor, at: datetime) -> Framework:
    """Put a draft away; nobody sees it in a list any more."""
    row = locked(framework, by)
    return (
        row if row.state == "discarded" else _move(row, FRAMEWORK.after(row.state, "discard"), by=by, at=at)
    )


def _move(row: Framework, state: str, *, by: Actor, at: datetime) -> Framework:
    row.state, row.stamp, row.carried = state, stamped(at), _of_no_version(row.carried)
    row.save(update_fields=["state", "stamp", "carried"])
    told = FrameworkMoved(key=row.key, version=row.version, state=state)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _of_no_version(carried: Mapping[str, Any]) -> dict[str, Any]:
    """What was carried along, without what its publisher said of that one version."""
    return {name: value for name, value in carried.items() if name not in ("version", "adoptionStatus")}


def locked(framework: Framework, by: Actor) -> Framework:
    """The row as it is now, for whoever may edit it; nobody else writes to it meanwhile."""
    row = (
        Framework._base_manager.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=framework.pk)
    )
    require(rules.may_edit(by, row))
    return row


def held(framework: Framework, by: Actor) -> Framework:
    """The same of a draft."""
    row = locked(framework, by)
    require(rules.can_edit(row))
    return row


@action
def take_content(
    content: Content, *, framework: Framework | None, organisation: Organisation | None, remove: bool = False,
    by: Actor, at: datetime,
) -> Framework:  # fmt: skip
    """Take what a file says into a draft: of `framework`, of its next version, or of a new one if it is None.

    Nodes and levels that the file does not mention stay unless `remove`. Refused whole with the first fault; a file
    that says what is there already changes nothing.
    """
    if framework is None:
        require(rules.may_write(by, organisation))
        _hold(organisation)
        row = _begin(organisation, content.name, {}, like=content, by=by, at=at)
    elif framework.state == "draft":
        row = held(framework, by)
    else:
        row = held(draft_version(framework, by=by, at=at), by)
    before = content_of(row)
    content = fit(content, before, remove=remove)
    after = whole(content, before, remove=remove)
    faults = check(after)
    if faults:
        first = faults[0]
        raise Refused(not_now(first.code, place=first.place, given=first.given, **first.facts))
    _require_own(row, content.nodes)
    if framework is None:
        _own(row, content)
    for name, value in about_columns(content).items():
        setattr(row, name, value)
    row.stamp = content.stamp or row.stamp
    row.carried = dict(content.carried)
    row.save()
    lay(row, after.nodes, at=at)
    keep_pairs(row, content.pairs, at=at)
    counts = dict(compare(before, content).counts)
    told = FrameworkTaken(key=row.key, version=row.version, counts=counts)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _require_own(row: Framework, nodes: tuple[Node, ...]) -> None:
    others = rules.strangers(row, (node.key for node in nodes))
    for node in nodes:
        if node.key in others or not rules.belongs(row, node.key):
            facts = {"prefix": f"{row.prefix}-", "place": node.place, "given": node.key}
            raise Refused(not_now("standards.key_of_another", **facts))


def _own(row: Framework, content: Content) -> None:
    """A new framework keeps the identifier of its file, unless somebody has it on this site already."""
    if content.identifier and not Framework._base_manager.filter(identifier=content.identifier).exists():
        row.identifier, row.uri = content.identifier, content.uri
