"""Pages of the service desk: constant queries, forms that keep what was typed, the thread behind a link, the report."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from craftpath.domain.offers import actions
from craftpath.domain.offers.models import DeskRequest, Message
from craftpath.kernel.links import Purpose, make_link
from tests.cast import AT, Cast
from tests.domain.offers.world import done, hr, offered, opened, said

pytestmark = pytest.mark.usefixtures("all_rows")
SEATS = {"hr": "jinheng", "officer": "lanchuan-bureau", "coordinator": "lanchuan"}


def client(cast: Cast, who: str = "hr") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "jinheng") -> str:
    return reverse(f"offers:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_asks_the_same_for_one_and_for_many(
    cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        said(cast, opened(cast, title=f"培训 {n}"))
    reader = client(cast, "officer")
    with django_assert_max_num_queries(22):
        page = text(reader.get(url("desk", at="lanchuan-bureau")))
    assert page.count("row-line") == min(count, 25)
    assert ("page=2" in page) == (count > 25)


def test_a_request_is_sent_once_by_the_form(cast: Cast) -> None:
    form = {
        "made_id": str(uuid.uuid4()), "place": "jinheng", "kind": "training", "title": "安全培训", "words": "两天",
        "people": "x",
    }  # fmt: skip
    wrong = client(cast).post(url("new"), form)
    assert wrong.status_code == 422
    assert "安全培训" in text(wrong)
    form["people"] = "12"
    for _press in range(2):
        assert client(cast).post(url("new"), form).status_code == 302
    row = DeskRequest.objects.get()
    assert (row.people, row.organisation, row.made_by) == (12, cast.jinheng, cast.people["hr"])
    form |= {"starts_on": "2026-10-02", "ends_on": "2026-10-01"}
    late = client(cast).post(url("edit", row.public_id), form)
    assert late.status_code == 409
    assert "last day lies before" in text(late)


def test_a_college_is_offered_its_own_kinds(cast: Cast) -> None:
    page = text(client(cast, "coordinator").get(url("new", at="lanchuan")))
    assert 'value="rooms"' in page
    assert 'value="master"' not in page
    assert 'value="master"' in text(client(cast).get(url("new")))


def test_one_request_from_answer_to_stars(cast: Cast) -> None:
    row = opened(cast)
    here, there = url("request", row.public_id), url("request", row.public_id, at="lanchuan")
    assert "No message yet" in text(client(cast).get(here))
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF")
    answer = {"made_id": str(uuid.uuid4()), "words": "下周二可以", "file": file}
    assert client(cast, "coordinator").post(f"{there}say/", answer).status_code == 302
    message = Message.objects.get()
    page = text(client(cast).get(here))
    assert "下周二可以" in page
    assert "answered after" in page
    assert "toast-words" not in page  # what is said stands in the thread, and nowhere as news
    got = client(cast).get(url("file", message.public_id))
    assert (got.status_code, got.content[:4]) == (200, b"%PDF")
    assert client(cast).post(f"{here}do/agree/", {"partner": "lanchuan"}).status_code == 302
    assert client(cast, "coordinator").post(f"{there}do/start/").status_code == 302
    cohort = reverse("apprenticeships:cohort", args=["jinheng", cast.cohort.public_id])
    empty = client(cast).post(f"{here}do/finish/", {"words": "", "trained": "12"})
    assert empty.status_code == 422
    assert 'value="12"' in text(empty)
    finish = {"words": "办了一期", "trained": "12", "address": cohort}
    assert client(cast).post(f"{here}do/finish/", finish).status_code == 302
    assert cohort in text(client(cast).get(here))
    assert client(cast, "coordinator").post(f"{there}do/judge/", {"stars": "1"}).status_code == 403
    assert client(cast).post(f"{here}do/judge/", {"stars": "5", "words": "很好"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.stars, row.trained) == ("done", 5, 12)


def test_a_file_that_is_none_is_refused_and_the_words_stay(cast: Cast) -> None:
    row = opened(cast)
    form = {"made_id": str(uuid.uuid4()), "words": "请看", "file": SimpleUploadedFile("a.exe", b"MZ\x00\x01")}
    refused = client(cast).post(url("say", row.public_id), form)
    assert refused.status_code == 409
    assert "请看" in text(refused)
    assert not Message.objects.exists()


def test_the_page_says_what_fits_and_why_to_whoever_asked(cast: Cast) -> None:
    row, other = opened(cast), offered(cast)
    page = text(client(cast).get(url("request", row.public_id)))
    assert other.title in page
    assert "the same occupation" in page
    assert "room for all 12 people (20)" in page
    there = url("request", row.public_id, at="lanchuan")
    assert "What fits" not in text(client(cast, "coordinator").get(there))


def test_the_contact_is_read_by_the_desk_and_by_whoever_agreed(cast: Cast) -> None:
    row = opened(cast)
    there = url("request", row.public_id, at="lanchuan")
    above = url("request", row.public_id, at="lanchuan-bureau")
    assert "0532-1234567" in text(client(cast, "officer").get(above))
    assert "0532-1234567" not in text(client(cast, "coordinator").get(there))
    said(cast, row)
    actions.agree_on(row, cast.college, by=hr(cast), at=AT)
    assert "0532-1234567" in text(client(cast, "coordinator").get(there))


def test_the_contact_answers_behind_a_link_and_its_code(cast: Cast) -> None:
    row = done(cast)
    handed = make_link(
        row.ref, purpose=Purpose.REPLY, name="沈师傅", organisation=cast.jinheng, by=hr(cast),
        at=timezone.now(),
    )  # fmt: skip
    there, guest = reverse("reply:thread", args=[handed.token]), Client(HTTP_ACCEPT_LANGUAGE="en")
    assert row.title not in text(guest.get(there))
    assert guest.post(there, {"code": handed.code}).status_code == 302
    page = text(guest.get(there))
    assert "可以，下周二。" in page
    assert guest.post(there, {"do": "judge"}).status_code == 422
    assert guest.post(there, {"do": "judge", "stars": "4"}).status_code == 302
    words = {"do": "say", "made_id": str(uuid.uuid4()), "words": "谢谢", "to": "lanchuan"}
    assert guest.post(there, words).status_code == 302
    row.refresh_from_db()
    assert (row.stars, Message.objects.latest("pk").name) == (4, "沈师傅")
    forged = Client().get(reverse("reply:thread", args=["no-such-link"]))
    assert forged.status_code == 403


PDF = b"%PDF-1.7\n%%EOF"


def linked(cast: Cast, row: DeskRequest) -> tuple[str, str]:
    """(token, code) for the contact of whoever asked."""
    handed = make_link(
        row.ref, purpose=Purpose.REPLY, name="沈师傅", organisation=cast.jinheng, by=hr(cast), at=timezone.now()
    )  # fmt: skip
    return handed.token, handed.code


def test_the_contact_takes_the_files_of_the_own_thread_and_no_other(cast: Cast) -> None:
    row, other = opened(cast), opened(cast, title="另一件事")
    own = said(cast, row, content=PDF, file_name="计划.pdf")
    foreign = said(cast, other, content=PDF, file_name="别家.pdf")
    token, code = linked(cast, row)
    there, guest = reverse("reply:thread", args=[token]), Client(HTTP_ACCEPT_LANGUAGE="en")
    files = {one.pk: reverse("reply:file", args=[token, one.public_id]) for one in (own, foreign)}
    assert guest.get(files[own.pk]).status_code == 404  # the code comes first
    guest.post(there, {"code": code})
    assert f'href="{files[own.pk]}"' in text(guest.get(there))
    got = guest.get(files[own.pk])
    assert (got.content, got.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    bare = said(cast, row, "没有附件")
    without = reverse("reply:file", args=[token, bare.public_id])
    for elsewhere in (files[foreign.pk], without, reverse("reply:file", args=[token, "no-such-one"])):
        assert guest.get(elsewhere).status_code == 404, elsewhere
    other_token, _code = linked(cast, other)
    assert guest.get(reverse("reply:file", args=[other_token, foreign.public_id])).status_code == 404
    linked(cast, row)  # ends the one before
    assert guest.get(files[own.pk]).status_code == 409


def test_the_link_is_shown_once_to_whoever_asked_or_the_desk(cast: Cast) -> None:
    row = opened(cast)
    handed = client(cast).post(url("give_link", row.public_id))
    assert "handed-code" in text(handed)
    refused = client(cast, "coordinator").post(url("give_link", row.public_id, at="lanchuan"))
    assert refused.status_code == 403


def test_the_report_stands_as_a_page_and_as_a_sheet(cast: Cast) -> None:
    done(cast)
    reader = client(cast, "officer")
    days = {"first": "2026-01-01", "last": "2026-12-31"}
    for by, name in (
        ("kind", "Training is wanted"),
        ("occupation", "数控车工"),
        ("authority", "Lanchuan City"),
    ):
        page = text(reader.get(url("report", at="lanchuan-bureau"), {"by": by} | days))
        assert name in page
    got = reader.get(url("sheet", "xlsx", at="lanchuan-bureau"), days)
    rows = list(load_workbook(io.BytesIO(got.content)).active.values)  # type: ignore[union-attr]
    assert rows[1][:5] == ("Training is wanted", 1, 1, 1, 1)
    wrong = reader.get(url("report", at="lanchuan-bureau"), {"first": "soon"})
    assert wrong.status_code == 422


def test_the_city_promises_and_nobody_else(cast: Cast) -> None:
    form = {"promise_days": "2", "ask_after_days": "7"}
    assert client(cast, "officer").post(url("promise", at="lanchuan-bureau"), form).status_code == 302
    assert "2" in text(client(cast).get(url("desk")))
    assert client(cast, "administrator").post(url("promise", at="lanchuan"), form).status_code == 404
    wrong = client(cast, "officer").post(url("promise", at="lanchuan-bureau"), form | {"promise_days": "0"})
    assert wrong.status_code == 422


def test_the_desk_declines_with_a_reason(cast: Cast) -> None:
    row = opened(cast)
    there = url("request", row.public_id, at="lanchuan-bureau") + "do/decline/"
    assert client(cast, "officer").post(there, {"because": ""}).status_code == 422
    assert client(cast, "officer").post(there, {"because": "本市无此师资"}).status_code == 302
    assert "本市无此师资" in text(client(cast).get(url("request", row.public_id)))
