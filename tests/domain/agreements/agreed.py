"""What the tests of agreements start from: terms that hold everywhere, a draft in the cast, and signing it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from craftpath.domain.agreements import actions
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement
from craftpath.domain.agreements.terms import Terms, WageStep
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import Document, parties_of
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text
from tests.cast import AT, Cast

START, END = date(2026, 9, 21), date(2028, 9, 20)  # 24 months, a week after the cast's today
GUARDIAN = actions.Guardian("陈建国", "13800000000", "父亲")


def terms(**instead: Any) -> Terms:
    """Terms without a fault under Chinese law."""
    given = Terms(
        currency="CNY",
        per="month",
        wage=(WageStep(START, 420000), WageStep(date(2027, 9, 21), 480000)),
        pay_frequency="monthly",
        weekly_hours=Decimal(40),
        annual_leave_days=Decimal(5),
        probation_end=date(2026, 11, 20),
        induction_on=START,
        occupation=Text("焊工", "Welder"),
        qualification=Text("焊工（中级工）", "Welder, intermediate level"),
        mentor_qualification="技师",
        record_form="electronic",
        off_job_percent=Decimal(20),
        skilled_workers=30,
        clauses={clause.key: clause.text for clause in law_of("CN").clauses},
    )
    return Terms.from_json(given.as_json() | instead)


def written(cast: Cast, *, guardian: actions.Guardian | None = None, **instead: Any) -> actions.Written:
    """The same as a form writes it, with the cast's mentor."""
    values: dict[str, Any] = {
        "starts_on": START,
        "ends_on": END,
        "terms": terms(),
        "mentor": cast.people["mentor"],
    }
    return actions.Written(**values | {"guardian": guardian or actions.Guardian()} | instead)


def hr(cast: Cast) -> Actor:
    """Who writes agreements at the enterprise."""
    return cast.actor("hr", cast.jinheng)


def floor(cast: Cast, amount: int = 230000, place: Organisation | None = None) -> Any:
    """A confirmed local floor."""
    by = Actor(place or cast.jinheng, cast.people["hr"], frozenset({Role.HR}))
    row = actions.enter_floor(
        place or cast.jinheng, amount=amount, currency="CNY", per="month", valid_from=date(2026, 1, 1),
        source="市人社局通知", by=by, at=AT,
    )  # fmt: skip
    return actions.confirm_floor(row, by=by, at=AT)


def draft(cast: Cast, number: str = "26001", born: date = date(2006, 1, 1), **instead: Any) -> Agreement:
    """A draft without a fault for an apprentice of the cast."""
    enrolment = cast.enrolments[number]
    enrolment.person.birth_date = born
    enrolment.person.save(update_fields=["birth_date"])
    return actions.draft_agreement(
        enrolment, enterprise=cast.jinheng, written=written(cast, **instead), by=hr(cast), at=AT
    )


def sent(cast: Cast, **more: Any) -> Agreement:
    """A text that waits for signatures."""
    floor(cast)
    return actions.send_agreement(draft(cast, **more), by=hr(cast), at=AT)


def sign(document: Document, cast: Cast, *roles: str) -> bool:
    """Sign for these parties on screen; a guardian by a link whose code is known."""
    from craftpath.kernel.signing import hand_over

    complete = False
    for party in parties_of(document):
        if party.role not in roles:
            continue
        link, by = None, None
        if party.role == "apprentice":
            assert party.person is not None
            by = Actor(organisation=cast.college, person=party.person)
        elif party.role == "guardian":
            handed = hand_over(party, name=party.name, organisation=cast.jinheng, by=hr(cast), at=AT)
            link, by = handed.link, Actor(organisation=cast.jinheng)
        elif party.role == "college":
            by = cast.actor("coordinator")
        else:
            assert party.organisation is not None
            by = Actor(party.organisation, cast.people["hr"], hr(cast).roles)
        complete = actions.sign_agreement(party, seen=document.sha256, link=link, by=by, at=AT)
    return complete


def signed(cast: Cast, **more: Any) -> Agreement:
    """Signed by everybody."""
    row = sent(cast, **more)
    assert row.document is not None
    assert sign(row.document, cast, "apprentice", "guardian", "enterprise", "college")
    return Agreement.objects.get(pk=row.pk)


def active(cast: Cast, **more: Any) -> Agreement:
    """In force."""
    return actions.activate_agreement(signed(cast, **more), by=hr(cast), at=AT)


def active_now(cast: Cast, **more: Any) -> Agreement:
    """The same, for tests that look from no scope."""
    with everywhere("a test makes an agreement"):
        return active(cast, **more)
