"""Cases: sent in by those who are registered, reviewed, put into the agenda, and on the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.workshops import rules
from craftpath.domain.workshops.facts import CaseMoved
from craftpath.domain.workshops.models import Case, CaseFile, Item, Registration
from craftpath.domain.workshops.states import CASE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Told:
    """What a case says."""

    title: str
    situation: str
    done: str
    result: str
    lessons: str
    for_whom: str
    licence: str = "CC BY 4.0"
    consent: bool = False
    skill: str = ""
    step: str = ""
    country: str = "CN"


@action
def send_case(
    registration: Registration,
    told: Told,
    *,
    files: Sequence[tuple[str, bytes]] = (),
    case: Case | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Send a case in, or one that was returned once more."""
    row = Registration._base_manager.select_related("workshop__organisation").get(pk=registration.pk)
    require(rules.may_touch(by, row))
    require(rules.can_send_case(row.workshop, localdate(at, row.workshop.zone)))
    if not told.consent:
        raise Refused(not_now("workshops.case_consent"))
    if not all((told.title, told.situation, told.done, told.result, told.lessons)):
        raise Refused(not_now("workshops.case_unfinished"))
    if case is None:
        made = Case(
            workshop=row.workshop, registration=row, organisation_name=row.organisation_name, kind=row.kind,
            city=row.city, sent_at=at,
        )  # fmt: skip
    else:
        made = Case._base_manager.select_for_update(of=("self",)).get(pk=case.pk, registration=row)
        made.state, made.sent_at = CASE.after(made.state, "send"), at
    for name, value in asdict(told).items():
        setattr(made, name, value)
    made.save()
    for name, content in files:
        kept = look_at(content)
        stored = keep(kept.content, name, organisation=row.workshop.organisation, by=by, at=at)
        CaseFile.objects.create(case=made, file=stored, media_type=kept.media_type)
    _told(made, by=by, at=at)
    return made


@action
def accept_case(case: Case, *, by: Actor, at: datetime) -> Case:
    """It is good as it is."""
    return _moved(case, "accept", by=by, at=at)


@action
def return_case(case: Case, *, remark: str, by: Actor, at: datetime) -> Case:
    """Something is missing: the remark says what."""
    if not remark.strip():
        raise Refused(not_now("workshops.because_missing"))
    return _moved(case, "return", remark=remark.strip(), by=by, at=at)


@action
def publish_case(case: Case, *, shelf: str = "case", by: Actor, at: datetime) -> Case:
    """Put it on the shelf, where everybody reads it."""
    return _moved(case, "publish", shelf=shelf, by=by, at=at)


@action
def retire_case(case: Case, *, by: Actor, at: datetime) -> Case:
    """Take it off the shelf."""
    return _moved(case, "retire", by=by, at=at)


@action
def present_case(case: Case, item: Item | None, *, by: Actor, at: datetime) -> Case:
    """Say in which item of the agenda it is presented."""
    row = _held(case, by)
    row.item = item
    row.save(update_fields=["item"])
    return row


def _moved(case: Case, move: str, *, by: Actor, at: datetime, remark: str = "", shelf: str = "") -> Case:
    row = _held(case, by)
    row.state, row.remark, row.reviewed_by = CASE.after(row.state, move), remark, by.person
    row.shelf = shelf or row.shelf
    row.save(update_fields=["state", "remark", "reviewed_by", "shelf"])
    _told(row, by=by, at=at)
    return row


def _held(case: Case, by: Actor) -> Case:
    rows = Case._base_manager.select_for_update(of=("self",)).select_related("workshop__organisation")
    row = rows.get(pk=case.pk)
    require(rules.may_run(by, row.workshop))
    return row


def _told(row: Case, *, by: Actor, at: datetime) -> None:
    told = CaseMoved(row.public_id, row.state, row.remark)
    tell(told, by=by, at=at, organisation=row.workshop.organisation, subject=row.workshop.ref)
