"""Sheets taken in: which file, read how, with what outcome. The rows themselves become other nouns' rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, not_now, require

SHEET = Flow(
    key="kernel.sheet",
    start="uploaded",
    moves={
        "commit": {"uploaded": "committed"},
        "discard": {"uploaded": "discarded"},
        "undo": {"committed": "undone"},
    },
)
UNDO_WITHIN = timedelta(hours=24)


class SheetImport(Scoped):
    """One upload on its way in. `reading` holds the choices made: sheet, header row, columns, words."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=20, help_text="roster or marks")
    target = models.CharField(max_length=120, help_text="a Ref as text: where the rows go")
    state = models.CharField(max_length=20, default=SHEET.start, choices=SHEET.choices)
    reading = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict, help_text="counts: added, changed, unchanged")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    trace = models.JSONField(
        default=dict, help_text="what a roster wrote, so that it can be undone; for a day"
    )
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SHEET.states), name="sheet_state_known"),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="sheet_undone_with_time",
            ),
            models.CheckConstraint(
                condition=Q(state=SHEET.start, ended_at__isnull=True)
                | (~Q(state=SHEET.start) & Q(ended_at__isnull=False)),
                name="sheet_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Imports of one's organisations; people without a wide role have none."""
        return below(scope, "organisation") | Q(made_by_id=scope.person_id)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("kernel", "sheet", self.public_id)


class SheetMemory(Scoped):
    """What an office's own word meant when it last committed a sheet: a column's head, or a word among marks."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, help_text="roster or marks")
    what = models.CharField(max_length=10, choices=[("column", "column"), ("word", "word")])
    name = models.CharField(max_length=120, help_text="the head or word in its plain spelling")
    means = models.CharField(max_length=120, blank=True, help_text="what it was taken for")
    kept_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "what", "name"], name="memory_once_a_name"
            ),
            models.CheckConstraint(condition=Q(what__in=["column", "word"]), name="memory_of_known_things"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.name}: {self.means}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """That of one's organisations."""
        return below(scope, "organisation")


@fact
@dataclass(frozen=True)
class SheetCommitted(Fact):
    """A sheet's rows were taken in."""

    code: ClassVar[str] = "kernel.sheet_committed"
    sheet: str
    kind: str
    file: str
    counts: dict[str, int]


@fact
@dataclass(frozen=True)
class SheetUndone(Fact):
    """What a sheet had brought was taken back; `counts` says how much went back and how much stays."""

    code: ClassVar[str] = "kernel.sheet_undone"
    sheet: str
    kind: str
    file: str
    counts: dict[str, int]


def can_undo(sheet: SheetImport, at: datetime) -> Verdict:
    """Whether a committed import is young enough to be taken back."""
    if sheet.state != "committed" or sheet.ended_at is None:
        return not_now("kernel.sheet_not_committed", state=sheet.state)
    late = at >= sheet.ended_at + UNDO_WITHIN
    hours = UNDO_WITHIN // timedelta(hours=1)
    return not_now("kernel.sheet_undo_too_late", hours=hours) if late else YES


def can_change(sheet: SheetImport) -> Verdict:
    """Whether the import is still on its way."""
    return YES if sheet.state == SHEET.start else not_now("kernel.sheet_ended", state=sheet.state)


def imports() -> models.QuerySet[SheetImport]:
    """The imports of the open scope, newest first."""
    rows = SheetImport.objects.select_related("file", "made_by", "ended_by", "undone_by", "organisation")
    return rows.defer("trace").order_by("-made_at", "-pk")


@action
def take_sheet(
    *,
    content: bytes,
    name: str,
    kind: str,
    target: Ref,
    reading: dict[str, Any],
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> SheetImport:
    """Keep an uploaded file and open its import; nothing else changes yet."""
    row = SheetImport(
        organisation=organisation,
        file=keep(content, name, organisation=organisation, by=by, at=at),
        kind=kind,
        target=str(target),
        reading=reading,
        made_by=by.person,
        made_at=at,
    )
    row.save()
    return row


@action
def read_sheet_as(sheet: SheetImport, *, reading: dict[str, Any], by: Actor, at: datetime) -> SheetImport:
    """Change how the sheet is read: its columns, words, header row."""
    sheet = _locked(sheet)
    require(can_change(sheet))
    sheet.reading = reading
    sheet.save(update_fields=["reading"])
    return sheet


@action
def commit_sheet(
    sheet: SheetImport,
    *,
    outcome: dict[str, int],
    trace: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> SheetImport:
    """End the import as taken in; called in the transaction that writes its rows."""
    sheet = _end(sheet, "commit", outcome, by=by, at=at)
    if trace:
        SheetImport.objects.filter(pk=sheet.pk).update(trace=trace)
    tell(
        SheetCommitted(sheet=sheet.public_id, kind=sheet.kind, file=sheet.file.name, counts=outcome),
        by=by,
        at=at,
        organisation=sheet.organisation,
        subject=sheet.ref,
    )
    return sheet


@action
def discard_sheet(sheet: SheetImport, *, by: Actor, at: datetime) -> SheetImport:
    """End the import without effect; the file stays for the record."""
    return _end(sheet, "discard", {}, by=by, at=at)


@action
def undo_sheet(sheet: SheetImport, *, counts: dict[str, int], by: Actor, at: datetime) -> SheetImport:
    """Mark the import as taken back; called in the transaction that takes its rows back."""
    sheet = _locked(sheet)
    after = SHEET.after(sheet.state, "undo")
    require(can_undo(sheet, at))
    sheet.state, sheet.undone_by, sheet.undone_at = after, by.person, at
    sheet.outcome, sheet.trace = sheet.outcome | counts, {}
    sheet.save(update_fields=["state", "undone_by", "undone_at", "outcome", "trace"])
    tell(
        SheetUndone(sheet=sheet.public_id, kind=sheet.kind, file=sheet.file.name, counts=counts),
        by=by,
        at=at,
        organisation=sheet.organisation,
        subject=sheet.ref,
    )
    return sheet


def remembered(organisation: Organisation, kind: str, names: Iterable[str]) -> list[SheetMemory]:
    """What is remembered of these heads, and of all words; one query."""
    rows = SheetMemory.objects.filter(organisation=organisation, kind=kind)
    return list(rows.filter(Q(what="word") | Q(what="column", name__in=list(names))))


@action
def remember(
    organisation: Organisation,
    kind: str,
    meanings: Mapping[tuple[str, str], str],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Keep what heads and words meant, (what, name) → meaning; the latest commit is what counts."""
    rows = [
        SheetMemory(organisation=organisation, kind=kind, what=what, name=name, means=means, kept_at=at)
        for (what, name), means in sorted(meanings.items())
    ]
    SheetMemory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "kind", "what", "name"],
        update_fields=["means", "kept_at"],
    )
    return len(rows)


@action
def forget_traces(*, by: Actor, at: datetime) -> int:
    """Empty what was kept for an undo that is no longer possible: it holds names and addresses of before."""
    old = SheetImport.objects.filter(ended_at__lt=at - UNDO_WITHIN).exclude(trace={})
    return old.update(trace={})


def _locked(sheet: SheetImport) -> SheetImport:
    return SheetImport.objects.select_for_update(of=("self",)).defer("trace").get(pk=sheet.pk)


def _end(sheet: SheetImport, move: str, outcome: dict[str, int], *, by: Actor, at: datetime) -> SheetImport:
    sheet = _locked(sheet)
    sheet.state = SHEET.after(sheet.state, move)
    sheet.outcome, sheet.ended_by, sheet.ended_at = outcome, by.person, at
    sheet.save(update_fields=["state", "outcome", "ended_by", "ended_at"])
    return sheet
