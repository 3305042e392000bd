"""A kept file becomes a draft of a framework: tried once more under a lock, and taken in whole or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.frameworks.trial import Trial, read_file, try_out
from craftpath.domain.standards.actions import take_content
from craftpath.domain.standards.queries import frameworks
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.sheets import SHEET, SheetImport, commit_sheet, imports, take_sheet
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework

KIND = "framework"
NEW = "new"
"""Stands for a list that is still to be made."""


@action
def keep_file(
    *, content: bytes, name: str, into: str, organisation: Organisation, by: Actor, at: datetime
) -> SheetImport:
    """Keep an uploaded file, whatever it is: what is refused is there to be looked at, and nothing is lost."""
    return take_sheet(
        content=content, name=name, kind=KIND, target=Ref("standards", "framework", into),
        reading={"into": into, "remove": False}, organisation=organisation, by=by, at=at,
    )  # fmt: skip


def target_of(sheet: SheetImport) -> Framework | None:
    """The version that a file goes into, the draft of its list if there is one; None for a new list, or one that is
    not there any more."""
    row = frameworks().filter(public_id=sheet.reading.get("into", NEW)).first()
    draft = row and frameworks().filter(key=row.key, state="draft").first()
    return draft or row


def can_take(sheet: SheetImport) -> Verdict:
    """As long as the list that was chosen is there."""
    gone = sheet.reading.get("into", NEW) != NEW and target_of(sheet) is None
    return not_now("framework.list_gone") if gone else YES


def trial_of(sheet: SheetImport) -> Trial:
    """What taking it in would do now."""
    read = read_file(sheet.file.bytes(), sheet.file.name)
    return try_out(read, target_of(sheet), remove=bool(sheet.reading.get("remove")))


@action
def take_file(sheet: SheetImport, *, by: Actor, at: datetime) -> Framework:
    """Take a kept file in; refused with the number of its faults. A second press finds it taken in already."""
    row = imports().select_for_update(of=("self",)).get(pk=sheet.pk)
    SHEET.after(row.state, "commit")
    require(can_take(row))
    trial = trial_of(row)
    if trial.faults:
        raise Refused(not_now("framework.has_faults", count=len(trial.faults) + trial.more_faults))
    made = take_content(
        trial.content, framework=target_of(row), organisation=row.organisation,
        remove=bool(row.reading.get("remove")), by=by, at=at,
    )  # fmt: skip
    counts = trial.comparison.counts
    outcome = {"added": counts["new"], "changed": counts["changed"], "unchanged": counts["same"]}
    SheetImport.objects.filter(pk=row.pk).update(target=str(made.ref))
    commit_sheet(row, outcome=outcome, by=by, at=at)
    return made
