"""Pages of notices, plans and quotas: published in three presses, opened, answered, receipts."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.directives import actions, queries
from craftpath.domain.directives.models import Directive, Reading
from craftpath.kernel.access import join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.directives.world import officer, published

pytestmark = pytest.mark.usefixtures("all_rows")
CITY, COLLEGE = "lanchuan-bureau", "lanchuan"
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def url(page: str, *ids: Any, at: str = COLLEGE) -> str:
    return reverse(f"directives:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def written(**more: Any) -> dict[str, Any]:
    return {
        "made_id": str(uuid.uuid4()), "kind": "notice", "title_zh": "开学安全检查", "title_en": "Safety check",
        "words_zh": "请检查车间。", "words_en": "Please check the workshops.", "places": [CITY], "below": "on",
        "roles": ["coordinator", "hr"], "answer": "none", **more,
    }  # fmt: skip


def test_an_officer_publishes_in_three_presses(cast: Cast, browse: Browse) -> None:
    client = browse("officer")
    assert url("new", at=CITY) in text(client.get(url("list", at=CITY)))
    form = client.get(url("new", at=CITY))
    assert 'name="below" id="id_below" checked' in text(form)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF")
    done = client.post(url("new", at=CITY), written(publish="1", attached=[file]), follow=True)
    page = text(done)
    assert "Who has read it" in page
    assert "澜川技师学院" in page or "Lanchuan Technician College" in page
    row = Directive.objects.get()
    assert (row.state, [one.file.name for one in queries.files_of(row)]) == ("published", ["plan.pdf"])


def test_a_plan_with_quotas_counts_those_who_began(cast: Cast, browse: Browse) -> None:
    occupation = cast.cohort.occupation["zh"]
    lines = {
        "quota-0-place": COLLEGE, "quota-0-occupation": f"{occupation} / CNC turner", "quota-0-year": "2026",
        "quota-0-count": "10", "quota-1-year": "2026",
    }  # fmt: skip
    done = browse("officer").post(url("new", at=CITY), written(kind="quota", publish="1", **lines))
    assert done.status_code == 302
    row = Directive.objects.get()
    page = text(browse("officer").get(url("directive", row.public_id, at=CITY)))
    begun = sum(one.starts_on.year == 2026 for one in cast.enrolments.values())
    assert f"{begun} of 10" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title_zh": "", "title_en": ""}, "Give it a title"),
        ({"places": []}, "To which organisations"),
        ({"places": ["dongling"]}, "dongling"),
        ({"answer": "text"}, "say what, and by which day"),
        ({"kind": "quota"}, "at least one line"),
        ({"kind": "quota", "quota-0-occupation": "焊工", "quota-0-count": "x"}, "not complete"),
        ({"attached": SimpleUploadedFile("x.html", b"<html>")}, "This kind of file is not taken"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    cast: Cast, browse: Browse, more: dict[str, Any], words: str
) -> None:
    done = browse("officer").post(url("new", at=CITY), written(publish="1", **more))
    assert done.status_code in (409, 422)
    assert words in text(done)
    assert "请检查车间。" in text(done)
    assert Directive.objects.count() == 0


def test_a_reader_finds_it_at_home_opens_it_and_understands(cast: Cast, browse: Browse) -> None:
    row, client = published(cast, understood=True), browse("coordinator")
    home = reverse("desks:home", args=[COLLEGE])
    assert "Notice to read: Safety check" in text(client.get(home))
    page = text(client.get(url("directive", row.public_id)))
    assert "Please check the workshops." not in page
    page = text(client.post(url("open", row.public_id), follow=True))
    assert "Please check the workshops." in page
    assert "Notice to read" in text(client.get(home))
    client.post(url("understood", row.public_id))
    assert "Notice to read" not in text(client.get(home))
    assert Reading.objects.get().understood_at == AT


def test_a_draft_and_a_later_day_are_nobody_s_yet(cast: Cast, browse: Browse) -> None:
    browse("officer").post(url("new", at=CITY), written())
    row = Directive.objects.get()
    client = browse("coordinator")
    assert client.get(url("directive", row.public_id)).status_code == 404
    browse("officer").post(url("publish", row.public_id, at=CITY), {"shown_from": "2026-09-20"})
    assert client.get(url("directive", row.public_id)).status_code == 404
    with time_machine.travel("2026-09-20T03:00Z", tick=False):
        assert browse("coordinator").get(url("directive", row.public_id)).status_code == 200
    assert browse("apprentice").get(url("directive", row.public_id)).status_code == 404


def test_an_answer_is_asked_for_and_given_as_a_file(cast: Cast, browse: Browse) -> None:
    row = published(cast, answer="file", ask="排课表", answer_by=TODAY)
    client = browse("coordinator")
    client.post(url("open", row.public_id))
    empty = client.post(url("answer", row.public_id, COLLEGE), {"words": "在附件里"})
    assert empty.status_code == 409
    assert "在附件里" in text(empty)
    file = SimpleUploadedFile("课表.pdf", b"%PDF-1.7\n%%EOF")
    assert client.post(url("answer", row.public_id, COLLEGE), {"file": file}).status_code == 302
    assert client.post(url("answer", row.public_id, "jinheng"), {"file": file}).status_code == 404
    got = url("answer_file", row.public_id, COLLEGE, at=CITY)
    assert browse("officer").get(got).content == b"%PDF-1.7\n%%EOF"
    assert browse("hr").get(url("answer_file", row.public_id, COLLEGE, at="jinheng")).status_code == 404
    assert "课表.pdf" in text(browse("officer").get(url("receipts", row.public_id, at=CITY)))


def test_after_the_last_day_the_answer_is_read_and_not_changed(cast: Cast, browse: Browse) -> None:
    row, client = published(cast, answer="text", ask="情况", answer_by=TODAY), browse("coordinator")
    client.post(url("open", row.public_id))
    form = url("answer", row.public_id, COLLEGE)
    client.post(form, {"words": "已检查"})
    assert form in text(client.get(url("directive", row.public_id)))
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        late = text(client.get(url("directive", row.public_id)))
        refused = client.post(form, {"words": "另一个答复"})
    assert (form in late, "已检查" in late, refused.status_code) == (False, True, 409)


def test_a_correction_shows_what_changed_and_a_withdrawal_why(cast: Cast, browse: Browse) -> None:
    row, client = published(cast), browse("officer")
    sent = written(words_en="Please check the workshops today.", because="Day was missing", again="on")
    assert client.post(url("correct", row.public_id, at=CITY), sent).status_code == 302
    reader = browse("coordinator")
    reader.post(url("open", row.public_id))
    page = text(reader.get(url("directive", row.public_id)))
    assert "<ins> today</ins>" in page
    assert "Day was missing" in page
    assert client.post(url("withdraw", row.public_id, at=CITY), {"because": ""}).status_code == 422
    client.post(url("withdraw", row.public_id, at=CITY), {"because": "New rules"})
    assert "New rules" in text(reader.get(url("directive", row.public_id)))


def test_one_press_reminds_and_the_sheet_says_who(cast: Cast, browse: Browse) -> None:
    row, client = published(cast), browse("officer")
    actions.open_directive(row, by=cast.actor("coordinator"), at=AT)
    page = text(client.get(url("receipts", row.public_id, at=CITY)))
    assert "何静" in page
    done = text(client.post(url("do", row.public_id, "remind", at=CITY), follow=True))
    assert "reminded today" in done
    assert "reminder" in text(browse("hr").get(reverse("desks:home", args=["jinheng"])))
    sheet = client.get(url("sheet", row.public_id, at=CITY))
    assert sheet.content[:2] == b"PK"
    assert client.post(url("do", row.public_id, "explode", at=CITY)).status_code == 404


def test_others_do_not_publish(cast: Cast, browse: Browse) -> None:
    row = published(cast)
    assert browse("trainer").get(url("new")).status_code == 403
    assert browse("coordinator").post(url("do", row.public_id, "remind")).status_code == 403


@pytest.mark.parametrize("page", ["list", "issued"])
def test_lists_cost_the_same_for_one_and_for_fifty(cast: Cast, browse: Browse, page: str) -> None:
    client, counts = browse("administrator"), []
    client.get(url(page))  # the first request of a session costs one more
    for many in (1, 49):
        for n in range(many):
            published(cast, by=cast.actor("administrator"), places=[cast.college], title={"en": f"No {n}"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_receipts_cost_the_same_for_many_organisations(cast: Cast, browse: Browse) -> None:
    row, counts = published(cast), []
    for many in (1, 10):
        for _n in range(many):
            person = Person.objects.create_user(f"r-{uuid.uuid4().hex[:8]}", name="校区员")
            join([person], cast.campus, Role.COORDINATOR, on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            browse("officer").get(url("receipts", row.public_id, at=CITY))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert officer(cast).organisation == cast.city
