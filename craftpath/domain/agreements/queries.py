"""Reading agreements: lists, what is missing, what an agreement is judged by, and what a new one starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.agreements.calendar import ONE_DAY, add_months, months_from
from craftpath.domain.agreements.checking import Case, Finding, blocking, check, is_minor
from craftpath.domain.agreements.law import Floor, Law, law_of, probation_months
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
from craftpath.domain.partnership.queries import in_force
from craftpath.domain.programmes.queries import provisions_of
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import parties_of
from craftpath.values.ref import Ref
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment


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
    """The amendments in order."""
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


def absences() -> models.QuerySet[Absence]:
    """Those of the open scope, the latest first."""
    return Absence.objects.select_related(
        "agreement__enrolment__person",
        "agreement__enterprise",
        "agreement__organisation",
        "made_by",
        "ended_by",
    ).order_by("-starts_on", "-pk")


def pauses_of(agreement: Agreement) -> list[Pause]:
    """The pauses in order."""
    return list(Pause.objects.filter(agreement=agreement).order_by("starts_on", "pk"))


def leaving_of(agreement: Agreement) -> EarlyLeaving | None:
    """How it ended early, if it did."""
    return EarlyLeaving.objects.filter(agreement=agreement).select_related("made_by").first()


def waivers_of(agreement: Agreement) -> dict[str, Waiver]:
    """item → who waived it, why and when."""
    rows = Waiver.objects.filter(agreement=agreement).select_related("made_by")
    return {row.item: row for row in rows}


def wage_floors() -> models.QuerySet[WageFloor]:
    """Those that bind the open scope, newest first."""
    rows = WageFloor.objects.select_related("organisation", "entered_by", "confirmed_by")
    return rows.order_by("-valid_from", "-pk")


def floors_for(enterprise: Organisation, law: Law) -> tuple[Floor, ...]:
    """The law's floors and those that somebody entered for the enterprise or above it, in the law's currency."""
    step = enterprise.steplen
    paths = [enterprise.path[:end] for end in range(step, len(enterprise.path) + 1, step)]
    rows = WageFloor._base_manager.filter(organisation__path__in=paths)
    if law.currency:
        rows = rows.filter(currency=law.currency)
    entered: list[Floor] = []
    series: dict[tuple[int, str], list[WageFloor]] = {}
    for row in rows.order_by("valid_from"):
        series.setdefault((row.organisation_id, row.per), []).append(row)
    for same in series.values():
        ends = [following.valid_from - ONE_DAY for following in same[1:]]
        entered += [
            Floor(
                row.amount,
                row.per,
                valid_from=row.valid_from,
                valid_to=end,
                conf="V" if row.confirmed_at else "A",
                scale="entered",
            )
            for row, end in zip(same, [*ends, None], strict=True)
        ]
    # Two places above one another may both have entered a floor: each binds, so the highest counts.
    return (*law.floors, *entered)


def limits(programme_id: int, day: date) -> dict[str, int | None]:
    """The programme's shortest, usual and longest time for whoever begins on this day, in months."""
    found: dict[str, int | None] = {"min_months": None, "typical_months": None, "max_months": None}
    for row in provisions_of(programme_id):
        inside = (row.valid_from is None or row.valid_from <= day) and (
            row.valid_to is None or day <= row.valid_to
        )
        if row.key in found and inside and isinstance(row.value, int):
            found[row.key] = row.value
    return found


def signed_roles(agreement: Agreement) -> tuple[tuple[str, ...], frozenset[str]]:
    """Who has to sign the agreement's text, and who has."""
    if agreement.document is None:
        return ("apprentice", "enterprise", "college"), frozenset()
    parties = parties_of(agreement.document)
    return tuple(one.role for one in parties), frozenset(
        one.role for one in parties if hasattr(one, "signature")
    )


def case_of(agreement: Agreement, **instead: Any) -> Case:
    """What the checks judge: the row as it is, with what `instead` replaces, such as terms not saved yet."""
    start = instead.get("starts_on", agreement.starts_on)
    enterprise = instead.pop("enterprise", agreement.enterprise)
    needed, signed = signed_roles(agreement)
    law = law_of(agreement.jurisdiction)
    known = Case(
        law=law,
        terms=Terms.from_json(agreement.terms),
        starts_on=start,
        ends_on=agreement.ends_on,
        birth_date=agreement.enrolment.person.birth_date,
        floors=floors_for(enterprise, law),
        mentor=agreement.mentor_id is not None,
        guardian=bool(agreement.guardian_name),
        needed=needed,
        signed=signed,
        registration_no=agreement.registration_no,
        cooperation=in_force(enterprise, agreement.organisation, start),
        **limits(agreement.enrolment.cohort.programme_id, start),
    )
    return replace(known, **instead)


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
    usual = limits(cohort.programme_id, start)["typical_months"] or cohort.programme.typical_months or 24
    last = add_months(start, usual) - ONE_DAY
    known = previous(cohort, enterprise)
    if known is not None:
        terms = Terms.from_json(known.terms)
        steps = tuple(
            WageStep(add_months(start, months_from(known.starts_on, step.starts_on)), step.amount)
            for step in terms.wage
        )
        terms = replace(terms, wage=steps, length_reason="", bond_cost=0, bond_months=0)
    else:
        terms = Terms(
            currency=law.currency,
            per=law.per,
            pay_frequency="monthly",
            record_form="electronic",
            weekly_hours=law.value("weekly_hours_usual", start),
            annual_leave_days=law.value("annual_leave_min", start),
        ).with_clauses({clause.key: clause.text for clause in law.clauses})
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
