"""Taking the record along and bringing one of elsewhere, over the pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from craftpath.domain.passport.models import Arrival, Share
from tests.cast import AT, Cast
from tests.domain.passport.world import shared, trained
from tests.web.passport.test_pages import client, text

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def bring(who: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("record.json", content, "application/json")
    return who.post(reverse("record:brought"), {"file": file}, follow=True)


def test_a_file_goes_from_one_site_to_the_next(cast: Cast) -> None:
    trained(cast)
    mine = client(cast)
    along = text(mine.get(reverse("record:along")))
    assert reverse("record:signed") in along
    content = mine.post(reverse("record:signed")).content
    cast.people["hr"].name = "陈雨桐"
    cast.people["hr"].save()
    there = client(cast, "hr")
    page = text(bring(there, content))
    assert "stands in your record" in page
    assert "80.5" in page
    assert "nobody here has confirmed" in page
    row = Arrival.objects.get()
    own = text(there.get(reverse("record:record")))
    assert "From 澜川技师学院 Lanchuan Technician College" in own
    made = shared(cast.people["hr"], sections=("results",))
    address = reverse("shown:record", args=[made.token])
    seen = text(Client(HTTP_ACCEPT_LANGUAGE="en").post(address, follow=True))
    assert "80.5" in seen
    assert "From 澜川技师学院" in seen
    there.post(reverse("record:remove", args=[row.public_id]))
    assert "80.5" not in text(there.get(reverse("record:record")))
    assert Share.objects.count() == 1


def test_a_wrong_file_is_refused_with_the_reason_and_nothing_is_kept(cast: Cast) -> None:
    mine = client(cast)
    for content, said in (
        (b"{", "is not whole"),
        (b"", "empty"),
        (b"{}", "is not signed"),
        (b"{" + b"x" * (2 * 2**20), "larger than 2 MB"),
    ):
        answer = bring(mine, content)
        assert said in text(answer)
        assert answer.status_code in (409, 422)
    assert mine.post(reverse("record:brought")).status_code == 422
    assert not Arrival.objects.exists()


def test_files_are_read_only_so_many_times_a_minute(cast: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"bring": "2/m/user"}
    mine, other = client(cast), client(cast, "classmate")
    assert [bring(mine, b"{}").status_code for _ in range(3)] == [409, 409, 429]
    assert mine.get(reverse("record:brought")).status_code == 200
    assert bring(other, b"{}").status_code == 409  # behind the same address


def test_an_office_says_whose_a_record_under_another_name_is(cast: Cast) -> None:
    trained(cast)
    content = client(cast).post(reverse("record:signed")).content
    mate, office = client(cast, "classmate"), client(cast, "coordinator")
    assert "waits for your office" in text(bring(mate, content))
    row = Arrival.objects.get()
    list_, one = (
        reverse("passport:waiting", args=["lanchuan"]),
        reverse("passport:settle", args=["lanchuan", row.public_id]),
    )
    assert cast.people["classmate"].name in text(office.get(list_))
    assert "Is this" in text(office.get(one))
    empty = office.post(one, {"do": "accept", "because": ""})
    assert empty.status_code == 422
    assert client(cast, "trainer").get(list_).status_code == 403
    foreign = reverse("passport:settle", args=["dongling", row.public_id])
    assert client(cast, "stranger").get(foreign).status_code == 404
    office.post(one, {"do": "accept", "because": "改名，已核对身份证"})
    assert "改名，已核对身份证" in text(mate.get(reverse("record:arrival", args=[row.public_id])))
    assert "From 澜川技师学院" in text(mate.get(reverse("record:record")))


def test_waiting_records_cost_the_same_for_one_and_for_many(cast: Cast) -> None:
    office, there = client(cast, "coordinator"), reverse("passport:waiting", args=["lanchuan"])
    _wait(cast, 1)
    few = _asked(office, there)
    _wait(cast, 39)
    assert _asked(office, there) == few


def _wait(cast: Cast, count: int) -> None:
    Arrival.objects.bulk_create(
        Arrival(
            person=cast.people["classmate"], digest=f"{count}-{n}", source=f"{count}-{n}", issuer="x", issued_at=AT,
            verdict="key_only", holder="某人", content=[], brought_at=AT,
            office=cast.college,
        )
        for n in range(count)
    )  # fmt: skip


def _asked(who: Client, there: str) -> int:
    who.get(there)
    with CaptureQueriesContext(connection) as told:
        assert who.get(there).status_code == 200
    return len(told)


def test_files_for_people(cast: Cast) -> None:
    trained(cast)
    mine = client(cast)
    printed = mine.get(reverse("record:file", args=["pdf"]))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert "陈雨桐" in words
    assert "80.5" in words
    for form in ("xlsx", "csv"):
        answer = mine.get(reverse("record:file", args=[form]))
        assert f"_record.{form}" in answer.headers["Content-Disposition"]
    assert mine.get(reverse("record:file", args=["exe"])).status_code == 404
    assert mine.get(reverse("record:signed")).status_code == 405
