"""The roster that a cohort gives away is the roster that it takes: imported as it is, nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.kernel.access import join
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.web.evaluation.reading import sheet
from tests.web.evaluation.test_cohort import enrol

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")


def address(cast: Cast, form: str) -> str:
    return f"/o/lanchuan/cohorts/{cast.cohort.public_id}/roster.{form}"


def stored() -> tuple[Any, ...]:
    """All that a roster may write."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Enrolment.objects.order_by("pk").values()),
        list(EnrolmentParty.objects.order_by("pk").values()),
        list(Organisation.objects.order_by("pk").values()),
    )


def return_to_sender(cast: Cast, client: Client, form: str) -> SheetImport:
    export = client.get(address(cast, form))
    assert export.status_code == 200
    sent = client.post(
        f"/o/lanchuan/imports/new/roster/{cast.cohort.public_id}/",
        {"file": SimpleUploadedFile(f"roster.{form}", export.content)},
    )
    page = client.get(sent["Location"])
    assert not page.context["changes"]
    assert (page.context["gist"].errors, page.context["gist"].added, page.context["gist"].changed) == (
        0,
        0,
        0,
    )
    client.post(sent["Location"] + "commit/", {"seen": page.context["gist"].token})
    return SheetImport.objects.get(public_id=sent["Location"].rstrip("/").split("/")[-1])


@pytest.fixture
def odd(cast: Cast) -> None:
    """People whose names, numbers and mentors tempt a spreadsheet and a reader of names."""
    twins = [
        Person.objects.create_user(f"{cast.jinheng.key}-{number}", name="同名师傅") for number in ("07", "08")
    ]
    join(twins, cast.jinheng, Role.MENTOR, on=TODAY)
    entries = [
        RosterEntry(number="007", name="=cmd|calc", name_latin="O'Neill", enterprise=cast.jinheng),
        RosterEntry(number="A-1_b", name="+86 张", email="zhang@example.org", phone="+86 138 0000 0000"),
        RosterEntry(number="26101", name="@李", enterprise=cast.jinheng, mentor=twins[0]),
        RosterEntry(number="26102", name="-王", enterprise=cast.jinheng, mentor=twins[1]),
        RosterEntry(number="26103", name="赵\u3000六", enterprise=cast.jinheng, mentor="无号师傅"),
    ]
    with everywhere("a test enrols"):
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.usefixtures("odd")
def test_imported_again_it_changes_nothing(cast: Cast, form: str, language: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(cast.people["coordinator"])
    before = stored()
    done = return_to_sender(cast, client, form)
    assert (done.state, done.outcome["added"], done.outcome["changed"]) == ("committed", 0, 0)
    assert done.outcome["unchanged"] == 10
    assert [list(map(_without_visits, rows)) for rows in stored()] == [
        list(map(_without_visits, rows)) for rows in before
    ]


def _without_visits(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "last_login"}


@pytest.mark.usefixtures("odd")
def test_it_says_what_the_register_holds(cast: Cast, browse: Browse) -> None:
    rows = sheet(browse("coordinator").get(address(cast, "csv")), "roster.csv")
    told = {row[0]: dict(zip(rows[0], row, strict=False)) for row in rows[1:]}
    assert len(told) == 10
    assert told["007"]["Name"] == "=cmd|calc"
    assert (told["26101"]["Mentor number"], told["26102"]["Mentor number"]) == ("07", "08")
    assert told["26103"]["Mentor"] == "无号师傅"
    assert told["26001"]["Stage"] == "Junior craftsman"
    assert told["26005"]["Stage"] == "Craftsman"


def test_an_empty_cohort_gives_its_header(cast: Cast, browse: Browse) -> None:
    with everywhere("a test empties"):
        fresh = type(cast.cohort).objects.create(
            organisation=cast.college, programme=cast.programme, name={"en": "New"}, starts_on=TODAY
        )
    answer = browse("coordinator").get(f"/o/lanchuan/cohorts/{fresh.public_id}/roster.xlsx")
    assert [row[0] for row in sheet(answer, "roster.xlsx")] == ["Student number"]


def test_only_who_may_import_it_gets_it(cast: Cast, browse: Browse) -> None:
    assert browse("trainer").get(address(cast, "csv")).status_code == 403
    assert (
        browse("officer").get(f"/o/lanchuan-bureau/cohorts/{cast.cohort.public_id}/roster.csv").status_code
        == 403
    )
    assert browse("coordinator").get(address(cast, "exe")).status_code == 404
    assert (
        b"roster.xlsx" in browse("coordinator").get(f"/o/lanchuan/cohorts/{cast.cohort.public_id}/").content
    )
    assert (
        b"roster.xlsx" not in browse("trainer").get(f"/o/lanchuan/cohorts/{cast.cohort.public_id}/").content
    )


def test_queries_do_not_grow(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    client.get(address(cast, "csv"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(cast, "csv"))
    enrol(cast, 40)
    with CaptureQueriesContext(connection) as many:
        client.get(address(cast, "csv"))
    assert len(many) == len(few)
