"""Long work on a sheet: asked for at a page, done by a worker, and its outcome kept until somebody comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import SHEET, SheetImport
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.flow import Flow
from craftpath.values.verdict import Verdict

WORK = Flow(
    key="kernel.sheet_work",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "refuse": {"asked": "refused"},
        "cancel": {"asked": "cancelled"},
        "ask": {"done": "asked", "refused": "asked", "cancelled": "asked"},
    },
)
TASKS = ("check", "commit")


class SheetWork(Scoped):
    """What a worker does, or did last, with one import. The job may be run twice; this row says whether it is done."""

    sheet = models.OneToOneField(SheetImport, on_delete=models.CASCADE, related_name="work")
    task = models.CharField(max_length=10, choices=[(task, task) for task in TASKS])
    state = models.CharField(max_length=10, default=WORK.start, choices=WORK.choices)
    seen = models.CharField(max_length=16, blank=True, help_text="the check that was confirmed: its token")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WORK.states), name="work_state_known"),
            models.CheckConstraint(condition=Q(task__in=TASKS), name="work_task_known"),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at__isnull=True)
                | (~Q(state="asked") & Q(ended_at__isnull=False)),
                name="work_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} of {self.sheet_id}: {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """That on the imports of one's organisations."""
        return below(scope, "sheet__organisation") | Q(asked_by_id=scope.person_id)


def work_on(sheets: Iterable[SheetImport]) -> dict[int, SheetWork]:
    """import id → the work on it, if there was any; one query."""
    return {row.sheet_id: row for row in SheetWork.objects.filter(sheet__in=[one.pk for one in sheets])}


def work() -> models.QuerySet[SheetWork]:
    """All work of the open scope, with its import."""
    return SheetWork.objects.select_related("sheet__file", "sheet__organisation", "asked_by", "asked_in")


@dataclass(frozen=True, slots=True)
class DeskSheets:
    """Imports on their way, newest first, and those with which a worker came to an end, the last one first.

    Each has its file, its `made_by` and, where there was any, its `work`.
    """

    on_their_way: list[SheetImport]
    come_in: list[SheetImport]


def sheets_on_desk(
    organisation: Organisation, *, since: datetime, only: Person | None = None, most: int
) -> DeskSheets:
    """The imports of an organisation and below, `most` of either kind, of everybody or of one person; one query."""
    waiting = SheetImport.objects.filter(state=SHEET.start, organisation__in=organisation.below())
    ended = SheetWork.objects.filter(
        Q(task="commit", state="done") | Q(state="refused", sheet__state="discarded"),
        ended_at__gte=since,
        sheet__organisation__in=organisation.below(),
    )
    if only is not None:
        waiting, ended = waiting.filter(made_by=only), ended.filter(asked_by=only)
    first = waiting.order_by("-made_at", "-pk").values("pk")[:most]
    last = ended.order_by("-ended_at").values("sheet_id")[:most]
    rows = (
        SheetImport.objects.filter(Q(pk__in=first) | Q(pk__in=last))
        .select_related("file", "made_by", "work")
        .only(*_ON_DESK)
    )
    found = sorted(rows, key=lambda row: (row.made_at, row.pk), reverse=True)
    come_in = [row for row in found if row.state != SHEET.start]
    come_in.sort(key=lambda row: row.work.ended_at or since, reverse=True)
    return DeskSheets([row for row in found if row.state == SHEET.start], come_in)


_ON_DESK = (
    *("public_id", "kind", "state", "outcome", "made_at", "file__name", "made_by__name"),
    *("work__task", "work__state", "work__ended_at"),
)


@action
def ask_work(sheet: SheetImport, task: str, *, seen: str = "", by: Actor, at: datetime) -> SheetWork:
    """Ask a worker to check or to commit what was `seen`; asked twice, it is done once."""
    SheetImport.objects.select_for_update(of=("self",)).get(
        pk=sheet.pk
    )  # two people at once: one after the other
    row = SheetWork.objects.filter(sheet=sheet).first()
    if row is not None and row.state == "asked":
        return row
    if row is None:
        row = SheetWork(sheet=sheet)
    else:
        row.state = WORK.after(row.state, "ask")
    row.task, row.seen, row.asked_at = task, seen[:16], at
    row.asked_by, row.asked_in = by.person, by.organisation
    row.ended_at, row.reason, row.facts = None, "", {}
    row.save()
    enqueue("sheet", row.pk)
    return row


def held(row: SheetWork, task: str) -> SheetWork | None:
    """The work, locked until the transaction ends; None if it was cancelled, done or asked anew as another task."""
    found = SheetWork.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return found if (found.state, found.task) == ("asked", task) else None


@action
def finish_work(row: SheetWork, *, by: Actor, at: datetime) -> SheetWork:
    """The worker is through; called in the transaction of what it did."""
    return _end(row, "finish", at)


@action
def refuse_work(row: SheetWork, verdict: Verdict, *, by: Actor, at: datetime) -> SheetWork:
    """It could not be done, and why; whoever comes back reads it."""
    row.reason = verdict.reason
    row.facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in verdict.facts.items()
    }
    return _end(row, "refuse", at)


@action
def cancel_work(row: SheetWork, *, by: Actor, at: datetime) -> SheetWork:
    """Take the wish back, as long as nothing was written."""
    return _end(SheetWork.objects.select_for_update(of=("self",)).get(pk=row.pk), "cancel", at)


def _end(row: SheetWork, move: str, at: datetime) -> SheetWork:
    row.state, row.ended_at = WORK.after(row.state, move), at
    row.save(update_fields=["state", "ended_at", "reason", "facts"])
    return row
