"""Who hears at once that an exam preparation or a safety induction was planned or cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from craftpath.domain.apprenticeships.queries import active_with_parties
from craftpath.domain.learning.facts import SessionsCancelled, SessionsPlanned
from craftpath.domain.learning.models import Session, SessionCohort
from craftpath.domain.learning.planning import ref
from craftpath.kernel.access import system
from craftpath.kernel.alerts import alert
from craftpath.kernel.facts import Told, on
from craftpath.kernel.hooks import send_to_hooks
from craftpath.kernel.instant_kinds import INSTANTS, learn_instants
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import STEP
from craftpath.values.text import Text

AT_ONCE = {"exam_preparation": "exam", "safety_induction": "safety"}

learn_instants("learning", "craftpath.domain.learning")


@on(SessionsPlanned)
def on_sessions_planned(told: Told) -> None:
    """The apprentices of its cohorts and its teachers, of a row of sessions by the first one."""
    _tell(told, "planned")


@on(SessionsCancelled)
def on_sessions_cancelled(told: Told) -> None:
    """The same people."""
    _tell(told, "cancelled")


def _tell(told: Told, what: str) -> None:
    named = Session.objects.filter(public_id__in=told.fact.sessions, kind__in=AT_ONCE)
    rows = list(named.select_related("organisation").order_by("starts_at", "pk"))
    for kind, short in AT_ONCE.items():
        same = [row for row in rows if row.kind == kind]
        if same:
            _tell_of(told, f"learning.{short}_{what}", same)


def _tell_of(told: Told, code: str, rows: Sequence[Session]) -> None:
    by, at = system(told.entry.organisation), told.entry.at
    links = SessionCohort.objects.filter(session__in=rows)
    learners = active_with_parties().filter(cohort__in=links.values("cohort_id")).values("person_id")
    teachers = rows[0].teachers.values("person_id")
    people = Person.objects.filter(Q(pk__in=learners) | Q(pk__in=teachers))
    alert(
        people.iterator(2_000),
        code,
        subject=ref(rows[0]),
        about=rows[0].title,
        entry=told.entry,
        by=by,
        at=at,
    )
    cohorts = links.order_by("cohort").values_list("cohort__name", flat=True).distinct()
    content = {"code": code, "cohorts": [Text.of(name).as_json() for name in cohorts]}
    send_to_hooks(
        _own_and_above(rows[0].organisation),
        f"{code} {told.entry.pk}",
        content,
        INSTANTS[code].topic,
        by=by,
        at=at,
    )


def _own_and_above(organisation: Organisation) -> list[int]:
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    return list(Organisation.objects.filter(path__in=paths).values_list("pk", flat=True))
