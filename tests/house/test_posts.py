"""What each role may press: everybody else's POST is refused at the door and writes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.house.test_addresses import make_sheet

RUNS = {"coordinator", "administrator"}
MARKS = RUNS | {"trainer"}
EVERYBODY = MARKS | {"hr", "officer", "auditor", "assessor", "mentor", "apprentice"}
SEATS = {"hr": "jinheng", "mentor": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau"}
BUTTONS = {
    "apprenticeships:plan": RUNS,
    "apprenticeships:open_evaluation": RUNS,
    "apprenticeships:pass_stage": RUNS,
    "programmes:edit": RUNS,
    "programmes:from_file": RUNS,
    "programmes:next_version": RUNS,
    "programmes:retire": RUNS,
    "people:slips": RUNS,
    "sheets:upload": MARKS,
    "sheets:check": MARKS,
    "sheets:commit": MARKS,
    "sheets:discard": MARKS,
}


def _press(name: str, who: str, cast: Cast, sheet: SheetImport) -> int:
    here = SEATS.get(who, "lanchuan")
    rest = {
        "apprenticeships:open_evaluation": [cast.cohort.public_id],
        "apprenticeships:pass_stage": [cast.cohort.public_id],
        "programmes:edit": [cast.scheme.public_id],
        "programmes:next_version": [cast.scheme.public_id],
        "programmes:retire": [cast.scheme.public_id],
        "sheets:upload": ["marks", cast.evaluation.public_id],
        "sheets:check": [sheet.public_id],
        "sheets:commit": [sheet.public_id],
        "sheets:discard": [sheet.public_id],
    }.get(name, [])
    form = {
        "stage": "junior_craftsman",
        "who": cast.enrolments["26001"].public_id,
        "confirmed": "1",
        "scheme": cast.scheme.public_id,
        "person": cast.people["classmate"].public_id,
    }
    client = Client()
    client.force_login(cast.people[who])
    return client.post(reverse(name, args=[here, *rest]), form).status_code


@pytest.mark.parametrize("name", list(BUTTONS))
def test_a_button_is_for_those_whose_work_it_is(name: str, cast: Cast) -> None:
    sheet = make_sheet(cast)
    with everywhere("a test looks at everything"):
        before = AuditEntry.objects.count()
        refused = {who for who in EVERYBODY if _press(name, who, cast, sheet) in {403, 404}}
        assert refused >= EVERYBODY - BUTTONS[name]
        if name not in {"programmes:edit", "apprenticeships:plan"}:  # they show their form again
            assert refused.isdisjoint(BUTTONS[name])
        told = set(AuditEntry.objects.order_by("pk")[before:].values_list("person__username", flat=True))
    assert told <= {cast.people[who].username for who in BUTTONS[name]}
