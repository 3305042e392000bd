"""Who may import, who may look at a kept file, and for whom it is not there at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.sheets import SheetImport
from tests.cast import Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

PAGES = ("columns", "check", "commit", "discard", "errors", "file", "cell")
POSTED = ("check", "commit", "discard")


def visit(client: Client, at: Any, name: str, sheet: SheetImport) -> int:
    url = at(name, sheet.public_id) + ("?cell=C3" if name == "cell" else "")
    answer = client.post(url) if name in POSTED else client.get(url)
    return int(answer.status_code)


def test_a_stranger_finds_nothing(upload: Any, browse: Any, at: Any, cast: Cast) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    stranger, sheet = browse("stranger"), newest()
    assert {name: visit(stranger, at, name, sheet) for name in PAGES} == dict.fromkeys(PAGES, 404)
    assert stranger.get(at("list")).status_code == 404
    own = [cast.neighbour.key]
    at_home = {
        name: stranger.get(reverse(f"sheets:{name}", args=[*own, sheet.public_id])).status_code
        for name in ("columns", "errors", "file", "cell")
    }
    assert at_home == dict.fromkeys(at_home, 404)
    for kind, target in (("marks", cast.evaluation.public_id), ("roster", cast.cohort.public_id)):
        for name in ("upload", "template"):
            assert stranger.get(reverse(f"sheets:{name}", args=[*own, kind, target])).status_code == 404


def test_a_trainer_imports_marks_but_no_roster(upload: Any, browse: Any, at: Any, cast: Cast) -> None:
    trainer = browse("trainer")
    assert trainer.get(at("upload", "roster", cast.cohort.public_id)).status_code == 403
    assert upload("roster", offices.xlsx(offices.ROSTER), client=trainer).status_code == 403
    assert SheetImport.objects.count() == 0
    upload("roster", offices.xlsx(offices.ROSTER))
    roster = newest()
    assert {name: visit(trainer, at, name, roster) for name in PAGES} == dict.fromkeys(PAGES, 403)
    assert Enrolment.objects.filter(number="26011").count() == 0
    assert trainer.get(at("list")).context["rows"] == []
    upload("marks", offices.xlsx(offices.MARKS), client=trainer)
    assert visit(trainer, at, "commit", newest()) == 302
    assert newest().outcome == {"added": 5, "changed": 1, "unchanged": 6}


def test_those_who_see_results_may_look_but_not_import(upload: Any, browse: Any, at: Any, cast: Cast) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    marks = newest()
    upload("roster", offices.xlsx(offices.ROSTER))
    roster = newest()
    auditor = browse("auditor")
    looking = {"file": 200, "cell": 200}
    assert {name: visit(auditor, at, name, marks) for name in PAGES} == dict.fromkeys(PAGES, 403) | looking
    assert {name: visit(auditor, at, name, roster) for name in PAGES} == dict.fromkeys(PAGES, 403)


@pytest.mark.parametrize("name", ["officer", "apprentice", "mentor", "assessor"])
def test_others_reach_no_page_of_an_import(upload: Any, browse: Any, at: Any, name: str) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    somebody, sheet = browse(name), newest()
    codes = {page: visit(somebody, at, page, sheet) for page in PAGES}
    assert set(codes.values()) <= {403, 404}
    assert somebody.get(at("list")).status_code in (403, 404)
    assert newest().state == "uploaded"


def test_nobody_is_sent_to_sign_in(at: Any) -> None:
    answer = Client().get(at("list"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={at('list')}"


def test_seeing_an_apprentice_is_no_right_to_import_into_the_college(browse: Any, cast: Cast) -> None:
    hr = browse("hr")
    for kind, target in (("marks", cast.evaluation.public_id), ("roster", cast.cohort.public_id)):
        answer = hr.get(reverse("sheets:upload", args=[cast.jinheng.key, kind, target]))
        assert answer.status_code == 403
    enterprise_coordinator = cast.people["mentor"]
    enterprise_coordinator.memberships.create(
        organisation=cast.jinheng, role="coordinator", starts_on="2026-01-01"
    )
    client = Client()
    client.force_login(enterprise_coordinator)
    answer = client.get(reverse("sheets:upload", args=[cast.jinheng.key, "roster", cast.cohort.public_id]))
    assert answer.status_code == 404


def test_an_unknown_kind_of_sheet_is_not_there(coordinator: Client, at: Any, cast: Cast) -> None:
    assert coordinator.get(at("upload", "pairs", cast.cohort.public_id)).status_code == 404
