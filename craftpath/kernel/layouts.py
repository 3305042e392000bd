"""An office's own layouts: workbooks with placeholders, tried first, then kept under a name, and filled on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.files import KeptFile, keep
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import STEP, Scope, Scoped, above, below
from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

LAYOUT = Flow(
    key="kernel.layout",
    start="tried",
    moves={"keep": {"tried": "kept"}, "remove": {"kept": "removed"}},
)
NAME_LENGTH = 80


class Layout(Scoped):
    """One workbook as the office gave it. `name` is empty until it is kept; a removed one stays, with its file."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    state = models.CharField(max_length=20, default=LAYOUT.start, choices=LAYOUT.choices)
    tried_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    tried_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LAYOUT.states), name="layout_state_known"),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(state="kept"), name="layout_name_once"
            ),
            models.CheckConstraint(
                condition=Q(state="tried", kept_at__isnull=True)
                | (~Q(state="tried") & Q(kept_at__isnull=False) & ~Q(name="")),
                name="layout_kept_with_name_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state="removed", removed_at__isnull=False)
                | (~Q(state="removed") & Q(removed_at__isnull=True)),
                name="layout_removed_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and of the organisations above, whose layouts serve one's own too."""
        return below(scope, "organisation") | above(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "layout", self.public_id)


@fact
@dataclass(frozen=True)
class LayoutKept(Fact):
    """A layout is there to be filled from now on; `replaced` is the id of the one whose place it took."""

    code: ClassVar[str] = "kernel.layout_kept"
    name: str
    file: str
    replaced: str = ""


@fact
@dataclass(frozen=True)
class LayoutRenamed(Fact):
    """A layout has another name."""

    code: ClassVar[str] = "kernel.layout_renamed"
    name: str
    before: str


@fact
@dataclass(frozen=True)
class LayoutRemoved(Fact):
    """A layout is not offered any more; its file stays."""

    code: ClassVar[str] = "kernel.layout_removed"
    name: str
    file: str


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Who runs the cohorts of an organisation says how its sheets look."""
    return actor.may_at(Permission.MANAGE_COHORTS, organisation)


def can_fill(layout: Layout) -> Verdict:
    """Whether the layout is still offered: somebody may have removed it while another was looking."""
    return YES if layout.state == "kept" else not_now("kernel.layout_not_offered", name=layout.name)


def layouts() -> models.QuerySet[Layout]:
    """All layouts of the open scope, by name."""
    rows = Layout.objects.select_related("organisation", "file", "tried_by", "kept_by")
    return rows.order_by("name", "pk")


def layouts_for(organisation: Organisation) -> models.QuerySet[Layout]:
    """The kept layouts that serve an organisation: its own, and those of the organisations above it."""
    return layouts().filter(state="kept", organisation__path__in=_paths(organisation))


def serves(layout: Layout, organisation: Organisation) -> bool:
    """Whether the layout is of this organisation or of one above it."""
    return layout.organisation.path in _paths(organisation)


def _paths(organisation: Organisation) -> list[str]:
    return [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]


@action
def try_layout(
    *, content: bytes, filename: str, organisation: Organisation, by: Actor, at: datetime
) -> Layout:
    """Keep an uploaded workbook so that it can be looked at filled; nobody is offered it yet."""
    require(may_keep(by, organisation))
    row = Layout(
        organisation=organisation,
        file=keep(content, filename, organisation=organisation, by=by, at=at),
        tried_by=by.person,
        tried_at=at,
    )
    row.save()
    return row


@action
def keep_layout(layout: Layout, *, name: str, replace: bool = False, by: Actor, at: datetime) -> Layout:
    """Offer it under this name. Pressed twice, or the same bytes under the same name again: one layout."""
    require(may_keep(by, layout.organisation))
    _hold(layout.organisation)
    layout = _locked(layout)
    name = _said(name)
    standing = _named(layout.organisation, name)
    if standing is not None and standing.file.sha256 == layout.file.sha256:
        return standing
    after = LAYOUT.after(layout.state, "keep")
    if standing is not None:
        if not replace:
            raise Refused(not_now("kernel.layout_name_taken", name=name))
        _end(standing, by=by, at=at)
    layout.state, layout.name, layout.kept_by, layout.kept_at = after, name, by.person, at
    layout.save(update_fields=["state", "name", "kept_by", "kept_at"])
    replaced = standing.public_id if standing is not None else ""
    _tell(LayoutKept(name=name, file=layout.file.name, replaced=replaced), layout, by=by, at=at)
    return layout


@action
def rename_layout(layout: Layout, *, name: str, by: Actor, at: datetime) -> Layout:
    """Give a kept layout another name; its own name again changes nothing."""
    require(may_keep(by, layout.organisation))
    _hold(layout.organisation)
    layout = _locked(layout)
    require(can_fill(layout))
    name, before = _said(name), layout.name
    if name == before:
        return layout
    if _named(layout.organisation, name) is not None:
        raise Refused(not_now("kernel.layout_name_taken", name=name))
    layout.name = name
    layout.save(update_fields=["name"])
    _tell(LayoutRenamed(name=name, before=before), layout, by=by, at=at)
    return layout


@action
def remove_layout(layout: Layout, *, by: Actor, at: datetime) -> Layout:
    """Offer it no more; the row and its file stay for the record."""
    require(may_keep(by, layout.organisation))
    layout = _locked(layout)
    if layout.state == "removed":
        return layout
    layout = _end(layout, by=by, at=at)
    _tell(LayoutRemoved(name=layout.name, file=layout.file.name), layout, by=by, at=at)
    return layout


def _said(name: str) -> str:
    """The name on one line; refused if nothing is left of it, or too much."""
    said = " ".join(name.replace("\0", "").split())
    if not said:
        raise Refused(not_now("kernel.layout_without_name"))
    if len(said) > NAME_LENGTH:
        raise Refused(not_now("kernel.layout_name_too_long", most=NAME_LENGTH))
    return said


def _hold(organisation: Organisation) -> None:
    """Two people who give the same name at once come one after the other."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _locked(layout: Layout) -> Layout:
    rows = Layout.objects.select_for_update(of=("self",)).select_related("organisation", "file")
    return rows.get(pk=layout.pk)


def _named(organisation: Organisation, name: str) -> Layout | None:
    return layouts().filter(organisation=organisation, state="kept", name=name).first()


def _end(layout: Layout, *, by: Actor, at: datetime) -> Layout:
    layout.state = LAYOUT.after(layout.state, "remove")
    layout.removed_by, layout.removed_at = by.person, at
    layout.save(update_fields=["state", "removed_by", "removed_at"])
    return layout


def _tell(told: Fact, layout: Layout, *, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=layout.organisation, subject=layout.ref)
