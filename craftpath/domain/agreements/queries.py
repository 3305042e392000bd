"""Reading agreements: lists, what is missing, what an agreement is judged by, and what a new one starts from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.agreements.by_day import as_of, due_on, leavings, put_on, signed_amendments
from craftpath.domain.agreements.calendar import ONE_DAY, add_months, months_from
from craftpath.domain.agreements.checking import Case, Finding, blocking, check, is_minor
from craftpath.domain.agreements.gathering import Asked, cases_for, figures
from craftpath.domain.agreements.law import law_of, probation_months
from craftpath.domain.agreements.leave_books import leave_books
from craftpath.domain.agreements.models import (
    Absence,
    Agreement,
    Amendment,
    Application,
    EarlyLeaving,
    Pause,
    WageFloor,
    Waiver,
)
from craftpath.domain.agreements.terms import Terms, WageStep
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.programmes.queries import provisions_of
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

__all__ = [
    "absences",
    "agreements",
    "amendments",
    "amendments_of",
    "applications",
    "as_of",
    "blocking",
    "case_of",
    "day_of_effect",
    "due_on",
    "findings_of",
    "holding_up",
    "holding_up_each",
    "leave_books",
    "leaving_days",
    "leavings",
    "leavings_of",
    "needs_guardian",
    "pauses_of",
    "previous",
    "put_on",
    "signed_amendments",
    "suggested",
    "wage_floors",
    "waiting_amendment",
    "waivers_of",
    "without_agreement",
]


def agreements() -> models.QuerySet[Agreement]:
    """Those of the open scope with person, cohort and both sides; what changed last comes first."""
    return Agreement.objects.select_related(
        "enrolment__person",
        "enrolment__enterprise",
        "enrolment__cohort__programme",
        "enrolment__cohort__organisation",
        "enterprise",
        "organisation",
        "mentor",
        "document",
        "made_by",
    ).order_by("-made_at", "-pk")


def without_agreement() -> models.QuerySet[Enrolment]:
    """Apprentices of the open scope who learn, or have a place, and of whom the record has no agreement."""
    held = Agreement._base_manager.filter(enrolment=OuterRef("pk")).exclude(state="void")
    return enrolments().filter(~Exists(held), state__in=["enrolled", "active"])


def applications() -> models.QuerySet[Application]:
    """Those of the open scope, newest first."""
    rows = Application.objects.select_related(
        "cohort__organisation", "cohort__programme", "enterprise", "made_by", "enrolment"
    )
    return rows.order_by("-made_at", "-pk")


def amendments_of(agreement: Agreement) -> list[Amendment]:
    """The amendments in the order in which they were made."""
    rows = Amendment._base_manager.filter(agreement=agreement)
    return list(
        rows.select_related("document", "enterprise", "former", "mentor", "made_by").order_by("number")
    )


def amendments() -> models.QuerySet[Amendment]:
    """Those of the open scope with what they change."""
    return Amendment.objects.select_related(
        "agreement__enrolment__person",
        "agreement__enrolment__cohort__programme",
        "agreement__enterprise",
        "agreement__organisation",
        "agreement__document",
        "enterprise",
        "former",
        "mentor",
        "document",
        "made_by",
    )


def day_of_effect(public_id: str) -> date | None:
    """From which day an amendment holds, for whoever reads its paper; which papers one reads is asked there."""
    rows = Amendment._base_manager.filter(public_id=public_id)
    return rows.values_list("takes_effect_on", flat=True).first()


def leaving_days(enrolments: Sequence[Enrolment]) -> dict[int, date]:
    """enrolment id → the last day of an early ending that is announced and not over; one query."""
    rows = EarlyLeaving.objects.filter(
        agreement__enrolment__in=[row.pk for row in enrolments],
        agreement__state="active",
        taken_back_at__isnull=True,
    )
    return dict(rows.values_list("agreement__enrolment_id", "last_day"))


def absences() -> models.QuerySet[Absence]:
    """Those of the open scope, the latest first."""
    return Absence.objects.select_related(
        "agreement__enrolment__person",
        "agreement__enterprise",
        "agreement__organisation",
        "made_by",
        "ended_by",
    ).order_by("-starts_on", "-pk")


def in_force_for(enrolment_ids: Iterable[int]) -> set[int]:
    """Those of these enrolments whose agreement is signed and active; one query."""
    rows = Agreement._base_manager.filter(enrolment__in=list(enrolment_ids), state="active")
    return set(rows.order_by().values_list("enrolment_id", flat=True))


def away_between(enrolment_ids: Iterable[int], first: date, last: date) -> list[tuple[int, date, date]]:
    """(person id, first day, last day) of approved leave of these apprentices that touches these days; one query."""
    rows = Absence._base_manager.filter(
        agreement__enrolment__in=list(enrolment_ids),
        state="approved",
        starts_on__lte=last,
        ends_on__gte=first,
    )
    return list(rows.values_list("agreement__enrolment__person_id", "starts_on", "ends_on"))


def pauses_of(agreement: Agreement) -> list[Pause]:
    """The pauses in order."""
    return list(Pause.objects.filter(agreement=agreement).order_by("starts_on", "pk"))


def leavings_of(agreement: Agreement) -> list[EarlyLeaving]:
    """Early endings, also those that were taken back, the newest first."""
    rows = EarlyLeaving.objects.filter(agreement=agreement).select_related("made_by", "taken_back_by")
    return list(rows.order_by("-made_at", "-pk"))


def waivers_of(agreement: Agreement) -> dict[str, Waiver]:
    """item → who waived it, why and when."""
    rows = Waiver.objects.filter(agreement=agreement).select_related("made_by")
    return {row.item: row for row in rows}


def wage_floors() -> models.QuerySet[WageFloor]:
    """Those that bind the open scope, newest first."""
    rows = WageFloor.objects.select_related("organisation", "entered_by", "confirmed_by")
    return rows.order_by("-valid_from", "-pk")


def case_of(agreement: Agreement, **instead: Any) -> Case:
    """What the checks judge: the row as it is, with what `instead` replaces, such as terms not saved yet."""
    start = instead.get("starts_on", agreement.starts_on)
    asked = Asked(agreement, instead.pop("enterprise", agreement.enterprise), start)
    return replace(cases_for([asked])[agreement.pk], **instead)


def holding_up_each(agreements: Sequence[Agreement], *phases: str) -> dict[int, list[Finding]]:
    """agreement id → what still blocks it, waivers counted; the same number of queries for one and for many."""
    waived: dict[int, set[str]] = {}
    rows = Waiver.objects.filter(agreement__in=[row.pk for row in agreements])
    for agreement, item in rows.values_list("agreement_id", "item"):
        waived.setdefault(agreement, set()).add(item)
    cases = cases_for([Asked(row, row.enterprise, row.starts_on) for row in agreements])
    return {pk: blocking(check(case), waived.get(pk, set()), *phases) for pk, case in cases.items()}


def findings_of(agreement: Agreement) -> list[Finding]:
    """The checklist of an agreement as it is."""
    return check(case_of(agreement))


def holding_up(agreement: Agreement, *phases: str) -> list[Finding]:
    """What still blocks it, waivers counted."""
    return blocking(findings_of(agreement), waivers_of(agreement), *phases)


def needs_guardian(agreement: Agreement) -> bool:
    """Whether a guardian signs."""
    return is_minor(case_of(agreement))


def previous(cohort: Cohort, enterprise: Organisation) -> Agreement | None:
    """What the enterprise last agreed on with somebody of the same cohort, else of the same programme."""
    seen = agreements().filter(enterprise=enterprise).exclude(state="void")
    return (
        seen.filter(enrolment__cohort=cohort).first()
        or seen.filter(enrolment__cohort__programme=cohort.programme_id).first()
    )


def suggested(cohort: Cohort, enterprise: Organisation, start: date) -> tuple[date, Terms]:
    """The last day and the terms that a new agreement starts from: as last time, else the law's and the model's."""
    law = law_of(cohort.programme.jurisdiction)
    laid_down = figures(provisions_of(cohort.programme_id), start)
    usual = laid_down["typical_months"] or cohort.programme.typical_months or 24
    last = add_months(start, usual) - ONE_DAY
    known, model = previous(cohort, enterprise), {clause.key: clause.text for clause in law.clauses}
    if known is not None:
        terms = Terms.from_json(known.terms)
        steps = tuple(
            WageStep(add_months(start, months_from(known.starts_on, step.starts_on)), step.amount)
            for step in terms.wage
        )
        terms = replace(terms, wage=steps, length_reason="", bond_cost=0, bond_months=0).with_clauses(model)
    else:
        terms = Terms(
            currency=law.currency,
            per=law.per,
            pay_frequency=law.pay_frequency,
            record_form="electronic",
            weekly_hours=law.value("weekly_hours_usual", start),
            annual_leave_days=law.value("annual_leave_min", start),
        ).with_clauses(model)
        terms = Terms.from_json(terms.as_json())
    row = law.row("probation_max", start)
    months = 0 if row is None else probation_months(row, start, last)
    return last, replace(
        terms,
        induction_on=start,
        probation_end=add_months(start, months) - ONE_DAY if months else None,
        occupation=Text.of(cohort.occupation),
    )


def waiting_amendment(agreement: Agreement) -> Amendment | None:
    """The amendment that waits for signatures, if one does."""
    return Amendment._base_manager.filter(agreement=agreement, state="awaiting_signatures").first()


def guardian_of_paper(ref: Ref) -> str:
    """How to reach the guardian whom an agreement, or the agreement of an amendment, names; "" for none."""
    column = "amendments__public_id" if ref.kind == "amendment" else "public_id"
    rows = Agreement.objects.filter(**{column: ref.public_id})
    return rows.values_list("guardian_contact", flat=True).first() or ""


def guardians_of(people: Iterable[int]) -> dict[int, tuple[str, str]]:
    """person id → name and contact of the guardian whom the newest agreement names; one query."""
    rows = Agreement.objects.filter(enrolment__person__in=list(people)).exclude(guardian_name="")
    told = rows.order_by("pk").values_list("enrolment__person_id", "guardian_name", "guardian_contact")
    return {person: (name, contact) for person, name, contact in told}
