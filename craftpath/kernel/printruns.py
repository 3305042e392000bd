"""Print runs: many papers at once, made by a worker, kept for some days for whoever asked, then forgotten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.files import KeptFile, drop, keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, Verdict, not_now

PRINT = Flow(
    key="kernel.print_run",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "refuse": {"asked": "refused"},
        "cancel": {"asked": "cancelled"},
        "forget": {"done": "forgotten"},
    },
)
KEPT = timedelta(days=7)
"""How long what was printed is there to be fetched."""


class PrintRun(Scoped):
    """Papers that somebody asked for, about everybody of `subject`. The job may be run twice; this row says what came.

    `wanted` is what was asked for, `key` its hash: the same wish pressed twice is one run. `left` names the papers
    that could not be printed, each with its reason. `together` holds all sheets in one PDF, where that is one.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    subject = models.CharField(max_length=80)
    wanted = models.JSONField()
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=PRINT.start, choices=PRINT.choices)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")
    made = models.PositiveIntegerField(default=0, help_text="how many papers")
    left = models.JSONField(default=list)
    archive = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    together = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PRINT.states), name="print_run_state_known"),
            models.UniqueConstraint(
                fields=["asked_by", "subject", "key"], condition=Q(state="asked"), name="print_run_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at__isnull=True)
                | (~Q(state="asked") & Q(ended_at__isnull=False)),
                name="print_run_ended_with_time",
            ),
            models.CheckConstraint(
                condition=Q(state="done", archive__isnull=False)
                | (~Q(state="done") & Q(archive__isnull=True, together__isnull=True)),
                name="print_run_done_with_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own: what is in it was made for the eyes of whoever asked."""
        return Q(asked_by_id=scope.person_id)

    @property
    def gone_at(self) -> datetime | None:
        """When what was printed is forgotten."""
        return self.ended_at + KEPT if self.ended_at is not None else None


@fact
@dataclass(frozen=True)
class PapersAsked(Fact):
    """Somebody asked for papers of many people at once: which, as what, about how many."""

    code: ClassVar[str] = "kernel.papers_asked"
    paper: str
    form: str
    people: int


def runs() -> models.QuerySet[PrintRun]:
    """The runs of the open scope, the newest first."""
    return PrintRun.objects.select_related("asked_by", "asked_in", "archive", "together").order_by(
        "-asked_at", "-pk"
    )


@action
def ask_print(subject: Ref, wanted: Mapping[str, Any], *, people: int, by: Actor, at: datetime) -> PrintRun:
    """Ask a worker to print; the same wish while it waits or is printed is the same run."""
    if by.person is None or by.organisation is None:
        raise TypeError("papers are printed for a person of an organisation")
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)  # two presses: one after the other
    key = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    standing = PrintRun.objects.filter(
        asked_by=by.person, subject=str(subject), key=key, state="asked"
    ).first()
    if standing is not None:
        return standing
    row = PrintRun(
        asked_in=by.organisation,
        asked_by=by.person,
        asked_at=at,
        subject=str(subject),
        wanted=dict(wanted),
        key=key,
    )
    row.save()
    told = PapersAsked(paper=str(wanted["paper"]), form=str(wanted["form"]), people=people)
    tell(told, by=by, at=at, organisation=by.organisation, subject=subject)
    enqueue("print", row.pk)
    return row


def still_wanted(run: PrintRun) -> bool:
    """Whether nobody has taken the wish back meanwhile; one query."""
    return PrintRun.objects.filter(pk=run.pk, state="asked").exists()


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of a run: files on the disk under the names that they are kept by, how many papers, what is left."""

    archive: tuple[Path, str]
    together: tuple[Path, str] | None
    made: int
    left: Sequence[Mapping[str, Any]]


@action
def finish_print(run: PrintRun, printed: Printed, *, by: Actor, at: datetime) -> PrintRun:
    """Keep what was printed; nothing is kept of a run that was taken back, or that another worker has finished."""
    found = _held(run)
    if found.state != "asked":
        return found
    found.state, found.ended_at = PRINT.after(found.state, "finish"), at
    found.made, found.left = printed.made, [dict(one) for one in printed.left]
    found.archive = keep_file(*printed.archive, organisation=found.asked_in, by=by, at=at)
    if printed.together is not None:
        found.together = keep_file(*printed.together, organisation=found.asked_in, by=by, at=at)
    found.save()
    return found


@action
def refuse_print(run: PrintRun, verdict: Verdict, *, by: Actor, at: datetime) -> PrintRun:
    """It could not be done, and why; whoever comes back reads it."""
    found = _held(run)
    if found.state != "asked":
        return found
    found.reason = verdict.reason
    found.facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in verdict.facts.items()
    }
    return _end(found, "refuse", at)


@action
def cancel_print(run: PrintRun, *, by: Actor, at: datetime) -> PrintRun:
    """Take the wish back, as long as it is not done."""
    return _end(_held(run), "cancel", at)


@action
def forget_prints(*, by: Actor, at: datetime) -> int:
    """Let go of what was printed some days ago; the rows stay. Returns how many."""
    old = PrintRun.objects.select_for_update(of=("self",)).filter(state="done", ended_at__lt=at - KEPT)
    rows = list(old.select_related("archive", "together"))
    for row in rows:
        kept = [file for file in (row.archive, row.together) if file is not None]
        row.state, row.archive, row.together = PRINT.after(row.state, "forget"), None, None
        row.left = []
        row.save(update_fields=["state", "archive", "together", "left"])
        for file in kept:
            drop(file)
    return len(rows)


def require_there(run: PrintRun) -> PrintRun:
    """The run, if what was printed can be fetched still; refused otherwise."""
    if run.state != "done":
        raise Refused(not_now("kernel.print_not_there"))
    return run


def _held(run: PrintRun) -> PrintRun:
    rows = PrintRun.objects.select_for_update(of=("self",)).select_related("asked_in", "asked_by")
    return rows.get(pk=run.pk)


def _end(row: PrintRun, move: str, at: datetime) -> PrintRun:
    row.state, row.ended_at = PRINT.after(row.state, move), at
    row.save(update_fields=["state", "ended_at", "reason", "facts"])
    return row
