"""Pages of the studio: from a draft to a project in another place, refusals that keep what was typed, few queries."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.studio import actions
from craftpath.domain.studio.content import Content
from craftpath.domain.studio.models import Comment, Draft, DraftVersion, Project, Trial
from tests.cast import AT, Cast
from tests.domain.studio.world import begun, newest, office, proposed, published, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "lanchuan") -> str:
    return reverse(f"studio:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_from_an_empty_page_to_a_project_that_another_city_takes_over(cast: Cast) -> None:
    web = client(cast)
    start = {"made_id": str(uuid.uuid4()), "zh": "数字孪生运维员", "en": "Digital twin maintainer"}
    web.post(url("new"), start | {"members": [cast.jinheng.public_id]})
    web.post(url("new"), start | {"members": [cast.jinheng.public_id]})
    row = newest(Draft.objects.get())
    page = url("write", row.public_id, "tasks")
    typed = "# 建立模型 / Build the model\n采集设备数据 / Collect data\n\n# 维护\n更换润滑脂\n"
    assert web.post(page, {"revision": "0", "lines": typed}).status_code == 302
    assert "采集设备数据 / Collect data" in text(web.get(page))
    about = {
        "revision": "1",
        "about_zh": "维护工业机器人的孪生模型",
        "levels": "初级 / Junior",
        "hours": "480",
    }
    assert web.post(url("write", row.public_id, "about"), about).status_code == 302
    new = {"revision": "2", "new_skills": "校准孪生模型 / Calibrate a twin"}
    assert web.post(url("write", row.public_id, "skills"), new).status_code == 302
    need = {"revision": "3", "workers": "120", "notes": "岗位增长 — 市人社局"}
    assert web.post(url("write", row.public_id, "need"), need).status_code == 302
    row.refresh_from_db()
    content = Content.of(row.content)
    assert (content.tasks, content.hours, content.notes[0].source) == (2, 480, "市人社局")
    web.post(url("move", row.public_id), {"do": "propose", "why": "初稿"})
    assert "Nothing of it" not in text(web.get(url("version", row.public_id)))
    began = web.post(url("try", row.public_id), {"cohort": cast.cohort.public_id, "starts_on": "2026-09-14"})
    assert web.post(url("evidence", Trial.objects.get().public_id), {}).status_code == 302
    assert "Apprentices in the trial" in text(web.get(began.url))
    vote = {"outcome": "adopt", "body": "委员会", "on": "2026-09-14", "yes": "5", "no": "0", "abstained": "1",
            "minutes": "第 1 次会议"}  # fmt: skip
    web.post(url("decide", row.public_id), vote)
    gave = {"audience_zh": "机电学徒", "licence": "CC BY 4.0", "programme": cast.programme.public_id}
    assert web.post(url("publish", row.public_id), gave).status_code == 302
    project = Project.objects.get()
    assert project.curriculum is not None
    shown = text(web.get(url("project", project.public_id)))
    assert "CC BY 4.0" in shown
    assert reverse("projects:project", args=[project.public_id]) in shown
    other = client(cast, "stranger")
    there = url("project", project.public_id, at="dongling")
    assert "Take it over" in text(other.get(there))
    other.post(url("take", project.public_id, at="dongling"), {"made_id": str(uuid.uuid4())})
    taken = Draft.objects.get(organisation=cast.neighbour)
    assert "taken over from" in text(other.get(url("draft", taken.public_id, at="dongling")))


def test_visitors_read_a_project_and_nothing_else(cast: Cast) -> None:
    project = published(cast)
    page = reverse("projects:project", args=[project.public_id])
    shown = text(Client(HTTP_ACCEPT_LANGUAGE="en").get(page))
    assert "CC BY 4.0" in shown
    assert "校验机器人零点" in shown
    assert "何静" not in shown
    actions.withdraw_project(project, **office(cast))
    assert Client().get(page).status_code == 404


def test_what_is_refused_stays_in_the_form(cast: Cast) -> None:
    web, row = client(cast), newest(begun(cast))
    page = url("write", row.public_id, "tasks")
    lost = web.post(page, {"revision": "0", "lines": "对刀\n# 车削"})
    assert lost.status_code == 422
    assert "Line 1 is a task" in text(lost)
    assert "对刀\n# 车削" in text(lost).replace("\r", "")
    many = web.post(page, {"revision": "0", "lines": "\n".join(f"# 职责{n}" for n in range(31))})
    assert many.status_code == 422
    web.post(page, {"revision": "0", "lines": "# 甲\n乙"})
    late = web.post(page, {"revision": "0", "lines": "# 丙\n丁"})
    assert (late.status_code, "Somebody else has written" in text(late)) == (409, True)
    assert 'name="revision" value="1"' in text(late)
    assert web.post(page, {"revision": "1", "lines": "# 丙\n丁"}).status_code == 302
    assert web.post(url("move", row.public_id), {"do": "propose"}).status_code == 409
    empty = web.post(url("comment", row.public_id), {"made_id": str(uuid.uuid4()), "words": " "})
    assert (empty.status_code, Comment.objects.count()) == (422, 0)


def test_the_rail_says_where_one_is(cast: Cast) -> None:
    shown = text(client(cast).get(url("list")))
    assert f'<a href="{reverse("occupations:list", args=["lanchuan"])}" aria-current="page">' in shown


def test_versions_charts_and_lists_stand_side_by_side(cast: Cast) -> None:
    first = proposed(cast)
    second = actions.begin_version(first, why="", **office(cast))
    written(cast, second.draft, [({"zh": "建立模型"}, [{"zh": "采集设备数据"}])])
    web = client(cast)
    page = text(web.get(url("beside", second.public_id)))
    assert "Version 2 beside Version 1" in page
    assert "25" in page
    only = text(web.get(url("beside", second.public_id), {"show": "changes"}))
    assert "校验机器人零点" in only
    assert "采集设备数据" not in only.split("<tbody>")[1]
    assert web.get(url("beside", second.public_id), {"with": "list:\x00"}).status_code == 200


def test_officers_come_in_two_clicks_and_a_member_comments(cast: Cast) -> None:
    row = proposed(cast)
    officer = client(cast, "officer")
    here = "lanchuan-bureau"
    assert url("list", at=here) in text(officer.get(reverse("occupations:list", args=[here])))
    assert url("version", row.public_id, at=here) in text(officer.get(url("list", at=here)))
    hr = client(cast, "hr")
    said = {"made_id": str(uuid.uuid4()), "words": "少了安全任务"}
    assert hr.post(url("comment", row.public_id, at="jinheng"), said).status_code == 302
    assert "少了安全任务" in text(officer.get(url("version", row.public_id, at=here)))
    assert client(cast, "stranger").get(url("version", row.public_id, at="dongling")).status_code == 404


def test_lists_ask_the_same_of_few_and_of_many(cast: Cast) -> None:
    web = client(cast)
    published(cast)
    pages = [url("list"), url("projects"), url("version", DraftVersion.objects.get().public_id)]
    counts: dict[str, list[int]] = {page: [] for page in pages}
    for size in (1, 5):
        for n in range(size):
            row = proposed(cast, begun(cast, name={"zh": f"新职业{size}{n}"}))
            actions.comment(
                DraftVersion.objects.order_by("pk")[0], made_id=uuid.uuid4(), words="好", **office(cast)
            )
            assert row.number == 1
        for page in pages:
            web.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert web.get(page).status_code == 200
            counts[page].append(len(queries))
    assert all(few == many < 40 for few, many in counts.values()), counts
