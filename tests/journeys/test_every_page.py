"""Every page, as the people who use it see it: nothing for axe to find, no overflow, no console message."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.evaluation.actions import NewMark, basis_of, decide_results, record_marks
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.exchange.layouts import workbook
from tests.house.test_addresses import (
    make_attendance,
    make_contest,
    make_layout,
    make_notice,
    make_sheet,
    make_trial,
)
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

VIEWS = [
    (360, "light", "zh-hans"),
    (1280, "dark", "en"),
    (360, "dark", "en"),
    (1280, "light", "zh-hans"),
]


def _pages(cast: Cast, sheet: SheetImport) -> dict[str, list[str]]:
    """Who looks at what; every page of the site stands here at least once."""
    with everywhere("a test looks at everything"):
        mark = Mark.objects.filter(enrolment=cast.enrolments["26001"]).first()
    assert mark is not None
    home, plan = cast.college.key, cast.evaluation.public_id
    person = cast.enrolments["26001"].public_id
    contest = make_contest(cast).public_id
    decided, waiting = (cast.enrolments[number].public_id for number in ("26002", "26003"))
    with everywhere("a test decides one more"):
        rest = [
            NewMark(cast.enrolments["26002"].pk, item, "scored", Decimal(70))
            for item in ("task2", "final_exam")
        ]
        record_marks(cast.evaluation, rest, by=cast.actor("trainer"), at=AT)
        decide_results(
            cast.evaluation,
            None,
            basis=basis_of(cast.evaluation),
            by=cast.actor("coordinator"),
            at=timezone.now(),
        )
    with everywhere("a test makes a draft"):
        copy = draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)
    layout = make_layout(cast).public_id
    line = make_attendance(cast)
    odd = {"A1": "{college}", "A2": "{name}", "B2": "{finall}", "A3": "=COUNTA(A2:A2)"}
    tried, faulty = (make_trial(cast, workbook(odd | more)) for more in ({}, {"B5": "{total}"}))
    college = [
        reverse("desks:home", args=[home]),
        reverse("apprenticeships:cohorts", args=[home]),
        reverse("apprenticeships:plan", args=[home]),
        reverse("apprenticeships:cohort", args=[home, cast.cohort.public_id]),
        reverse("apprenticeships:apprentice", args=[home, person]),
        reverse("evaluation:cohort", args=[home, plan]),
        reverse("evaluation:derivation", args=[home, plan, person]),
        reverse("evaluation:derivation", args=[home, plan, waiting]) + "?if-final_exam=70",
        reverse("evaluation:mark", args=[home, mark.public_id]),
        reverse("evaluation:decide", args=[home, plan]),
        reverse("evaluation:correct", args=[home, plan, person]),
        reverse("evaluation:contests", args=[home]),
        reverse("evaluation:contest", args=[home, contest]),
        reverse("sheets:list", args=[home]),
        reverse("sheets:list", args=[home]) + "?new",
        reverse("sheets:upload", args=[home, "marks", plan]),
        reverse("sheets:columns", args=[home, sheet.public_id]),
        reverse("sheets:cell", args=[home, sheet.public_id]) + "?sheet=marks&cell=C2",
        reverse("layouts:list", args=[home]),
        reverse("layouts:layout", args=[home, layout]),
        reverse("layouts:choose", args=[home, plan]),
        reverse("layouts:placeholders", args=[home, plan]),
        reverse("layouts:check", args=[home, plan, tried]),
        reverse("layouts:check", args=[home, plan, faulty]),
        reverse("programmes:schemes", args=[home]),
        reverse("programmes:from_file", args=[home]),
        reverse("programmes:scheme", args=[home, cast.scheme.public_id]),
        reverse("programmes:edit", args=[home, copy.public_id]),
        reverse("programmes:compare", args=[home, cast.scheme.public_id]) + f"?with={cast.preset.public_id}",
        reverse("evaluation:move", args=[home, plan]) + f"?scheme={copy.public_id}",
        reverse("people:list", args=[home]),
        reverse("evaluation:grid", args=[home, plan]),
        reverse("people:roles", args=[home]),
        reverse("people:invite", args=[home]),
        reverse("people:invitations", args=[home]),
        reverse("people:person", args=[home, cast.people["trainer"].public_id]),
        reverse("learning:sessions", args=[home]),
        reverse("learning:plan", args=[home]),
        reverse("learning:sums", args=[home]),
        reverse("learning:session", args=[home, line.session.public_id]),
        reverse("learning:roll", args=[home, line.session.public_id]),
        reverse("accounts:privacy"),
        reverse("accounts:notice", args=[make_notice().public_id]),
        reverse("people:privacy", args=[home]),
        reverse("mfa_index"),
        reverse("mfa_index") + "?asked=lanchuan",
        reverse("accounts:sessions"),
        reverse("history:list", args=[home]),
        reverse("accounts:settings"),
        reverse("account_change_password"),
        reverse("account_logout"),
        reverse("components:gallery"),
        f"/o/{home}/nothing-here/",
    ]
    return {
        "": [reverse("account_login"), reverse("components:gallery")],
        "coordinator": college,
        "apprentice": [
            reverse("desks:home", args=[home]),
            reverse("apprenticeships:apprentice", args=[home, person]),
            reverse("evaluation:derivation", args=[home, plan, person]),
            reverse("evaluation:contest", args=[home, contest]),
            reverse("learning:mine", args=[home]),
            reverse("learning:sessions", args=[home]),
        ],
        "classmate": [reverse("evaluation:raise", args=[home, plan, decided])],
        "mentor": [
            reverse("desks:home", args=[cast.jinheng.key]),
            reverse("learning:roll", args=[cast.jinheng.key, line.session.public_id]),
        ],
        "trainer": [reverse("desks:home", args=[home])],
        "hr": [reverse("desks:home", args=[cast.jinheng.key])],
        "officer": [
            reverse("desks:home", args=[cast.city.key]),
            reverse("evaluation:cohort", args=[cast.city.key, plan]),
        ],
        "assessor": [reverse("desks:home", args=[home])],
        "auditor": [reverse("desks:home", args=[cast.city.key])],
        "administrator": [
            reverse("people:privacy", args=[home]),
            reverse("desks:home", args=[home]),
            reverse("evaluation:contest", args=[home, contest]),
        ],
    }


@pytest.mark.parametrize(("width", "theme", "language"), VIEWS)
def test_it_is_fit_for_everybody(
    cast: Cast, visit: Callable[..., Any], width: int, theme: str, language: str
) -> None:
    found: dict[str, list[str]] = {}
    for who, addresses in _pages(cast, make_sheet(cast)).items():
        context = visit(cast.people[who] if who else None, width=width, theme=theme, language=language)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda fault, said=said: said.append(f"page error: {fault}"))
        for address in addresses:
            said.clear()
            answer = page.goto(address, wait_until="load")
            assert answer is not None
            expected = 404 if "nothing-here" in address else 200
            faults = [] if answer.status == expected else [f"answered {answer.status}"]
            faults += [] if expected == 404 else list(said)
            faults += faults_of(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.append("wider than the screen")
            if faults:
                found[f"{who or 'nobody'} {address}"] = faults
    assert found == {}
