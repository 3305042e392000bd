"""Pages of ventures: planned under an agreement, worked in, finished with a product that stands among the others."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.ventures import actions
from craftpath.domain.ventures.models import Side, Venture
from tests.cast import AT, TODAY, Cast
from tests.domain.groups.world import form as form_group
from tests.domain.partnership.test_cooperation import signed
from tests.domain.ventures.world import office, planned, running
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
PLAN = {
    "kind": "project", "name_zh": "智能夹具", "name_en": "Smart clamp", "goal": "减少换装时间",
    "starts_on": "2026-09-14", "ends_on": "2027-03-31",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at_place: str = "lanchuan") -> str:
    return reverse(f"ventures:{page}", args=[at_place, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.delivery.web.shell.fields.LARGEST", 10)
    row, made = running(cast), client(cast)
    sent = {"title": "", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 xxx")}
    answer = made.post(url("add", row.public_id, "file"), sent)
    assert answer.status_code == 422
    assert "The file is larger than" in text(answer)
    assert not row.files.exists()


def test_what_goes_on_again_shows_no_product(cast: Cast) -> None:
    row, by = running(cast), cast.actor("coordinator")
    actions.finish_venture(row, product={"zh": "快换夹具"}, words="快", picture=None, on=TODAY, by=by, at=AT)
    made, pages = client(cast), (url("venture", row.public_id), url("list"))
    assert all("快换夹具" in text(made.get(page)) for page in pages)
    actions.resume_venture(row, by=by, at=AT)
    assert not any("快换夹具" in text(made.get(page)) for page in pages)


def test_from_the_agreement_to_a_product(cast: Cast) -> None:
    cooperation, made = signed(cast), client(cast)
    empty = text(made.get(url("operate", cooperation.public_id)))
    assert url("new", cooperation.public_id) in empty
    role = f"role_{cast.jinheng.public_id}"
    late = made.post(url("new", cooperation.public_id), {**PLAN, "ends_on": "2030-01-01"})
    assert late.status_code == 409
    assert "减少换装时间" in text(late)
    done = made.post(url("new", cooperation.public_id), {**PLAN, role: "出设备"}, follow=True)
    assert "出设备" in text(done)
    row = Venture.objects.get()
    trainer = cast.people["trainer"]
    made.post(url("add", row.public_id, "charge"), {"person": trainer.public_id, "role": "项目经理"})
    made.post(url("move", row.public_id, "start"))
    own = client(cast, "trainer")
    bad = own.post(url("add", row.public_id, "milestone"), {"title": "样件", "due_on": "2030-01-01"})
    assert bad.status_code == 409
    own.post(url("add", row.public_id, "milestone"), {"title": "样件", "due_on": "2026-10-20"})
    own.post(url("add", row.public_id, "log"), {"on": "2026-09-14", "words": "完成第一版图纸"})
    upload = SimpleUploadedFile("图纸.pdf", b"%PDF-1.4 x")
    own.post(url("add", row.public_id, "file"), {"title": "图纸", "file": upload})
    page = text(own.get(url("venture", row.public_id)))
    assert "完成第一版图纸" in page
    assert "0 of 1" in page
    assert own.get(url("file", row.files.get().public_id)).status_code == 200
    own.post(url("milestone_do", row.milestones.get().public_id, "reach"))
    ended = {"name_en": "Quick clamp", "words": "换装由 40 分钟降到 12 分钟", "on": "2026-09-14"}
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    made.post(url("finish", row.public_id), {**ended, "photo": photo})
    shown = text(client(cast, "auditor").get(url("products", at_place="lanchuan-bureau")))
    assert "Quick clamp" in shown
    assert made.get(url("photo", row.public_id))["Content-Type"] == "image/jpeg"


def test_it_points_to_what_its_writer_sees(cast: Cast) -> None:
    row, made = running(cast), client(cast)
    group = form_group(cast)
    ref = f"groups/group/{group.public_id}"
    assert made.post(url("add", row.public_id, "pointer"), {"to": "groups/group/other"}).status_code == 422
    made.post(url("add", row.public_id, "pointer"), {"to": ref})
    page = text(made.get(url("venture", row.public_id)))
    assert reverse("groups:group", args=["lanchuan", group.public_id]) in page
    other = text(client(cast, "hr").get(url("venture", row.public_id, at_place="jinheng")))
    assert group.goal not in other
    assert "and 1 that the other side keeps" in other
    made.post(url("unpoint", row.pointers.get().public_id))
    assert not row.pointers.exists()


def test_the_other_side_names_its_own_people_and_takes_them_out(cast: Cast) -> None:
    row, hr = planned(cast), client(cast, "hr")
    mentor = cast.people["mentor"]
    college = cast.people["trainer"]
    place = url("add", row.public_id, "charge", at_place="jinheng")
    assert hr.post(place, {"person": college.public_id}).status_code == 422
    hr.post(place, {"person": mentor.public_id})
    charge = row.charges.get()
    assert charge.person == mentor
    assert mentor.name in text(client(cast, "mentor").get(url("venture", row.public_id, at_place="jinheng")))
    hr.post(url("release", charge.public_id, at_place="jinheng"))
    assert not row.charges.exists()


def test_it_stops_with_a_reason_and_changes_before(cast: Cast) -> None:
    row, made = running(cast), client(cast)
    assert made.post(url("change", row.public_id), {**PLAN, "goal": "新目标"}).status_code == 302
    assert made.post(url("move", row.public_id, "stop"), {"because": ""}).status_code == 422
    page = text(made.post(url("move", row.public_id, "stop"), {"because": "订单变化"}, follow=True))
    assert "订单变化" in page
    assert "新目标" in page
    made.post(url("move", row.public_id, "resume"))
    assert Venture.objects.get().state == "running"


@pytest.mark.parametrize("page", ["venture", "operate", "list"])
def test_a_page_asks_as_often_for_little_as_for_much(cast: Cast, page: str) -> None:
    row, made = running(cast), client(cast)
    ids = {"venture": [row.public_id], "operate": [row.cooperation.public_id], "list": []}[page]

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert made.get(url(page, *ids)).status_code == 200
        return len(counted)

    actions.add_milestone(row, title="x", due_on=TODAY, by=cast.actor("trainer"), at=AT)
    actions.write_log(row, words="x", on=TODAY, by=cast.actor("trainer"), at=AT)
    asked()
    before = asked()
    side = Side.objects.get(venture=row, organisation=cast.jinheng)
    actions.name_in_charge(row, side, cast.people["mentor"], role="", by=office(cast), at=AT)
    for n in range(30):
        actions.add_milestone(row, title=f"x{n}", due_on=TODAY, by=cast.actor("trainer"), at=AT)
        actions.write_log(row, words=f"x{n}", on=TODAY, by=cast.actor("trainer"), at=AT)
        planned(cast, row.cooperation)
    assert asked() <= before
