"""Which papers of a file the house has made itself: the file asks, the record of the other rooms answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.domain.agreements.queries import in_force_for
from craftpath.domain.evaluation.queries import results
from craftpath.domain.learning.queries import sessions
from craftpath.domain.partnership.queries import in_force
from craftpath.domain.subsidies.papering import CLASS
from craftpath.domain.training.queries import minutes_by_bucket, plan_of

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson, SubsidyFile

Known = dict[tuple[str, str], str]
"""(paper, subject) → what the record has, in words."""
_MINUTES = 60


def in_record(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> Known:
    """What the reader's scope shows of the papers of a file; at most seven queries, however many people."""
    counted = [row for row in people if not row.excluded]
    found: Known = {}
    for paper, look in _CLASS.items():
        said = look(file, counted, today)
        if said:
            found[paper, CLASS] = said
    signed = in_force_for(row.enrolment_id for row in counted)
    for row in counted:
        if row.enrolment_id in signed:
            found["training_agreement", row.public_id] = _("signed and in force")
    return found


def _plan(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    return _("the plan of the cohort") if plan_of(file.cohort_id) is not None else ""


def _cooperation(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    there = in_force(file.organisation, file.cohort.organisation, today)
    return _("signed and in force") if there else ""


def _roster(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    return _("%(count)s people of the cohort") % {"count": len(people)} if people else ""


def _passed(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    done = sum(row.outcome in ("certified", "uncertified") for row in people)
    return _("%(count)s people of this file") % {"count": done} if done else ""


def _attendance(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    rows = sessions().filter(cohorts__cohort=file.cohort_id, state__in=("held", "closed"))
    count = rows.order_by().count()
    return _("rolls of %(count)s sessions") % {"count": count} if count else ""


def _hours(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    buckets = minutes_by_bucket(row.enrolment_id for row in people)
    minutes = sum(sum(some.values()) for some in buckets.values())
    return _("%(hours)s hours in the ledger") % {"hours": f"{minutes // _MINUTES:,}"} if minutes else ""


def _results(file: SubsidyFile, people: Sequence[FilePerson], today: date) -> str:
    rows = results().filter(enrolment__in=[row.enrolment_id for row in people], decided__isnull=False)
    count = rows.order_by().values("enrolment_id").distinct().count()
    return _("decided results of %(count)s people") % {"count": count} if count else ""


_CLASS: Mapping[str, Callable[[SubsidyFile, Sequence[FilePerson], date], str]] = {
    "training_plan": _plan,
    "cooperation_agreement": _cooperation,
    "roster": _roster,
    "roster_passed": _passed,
    "attendance": _attendance,
    "class_hours": _hours,
    "results": _results,
}
