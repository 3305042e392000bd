"""Pages of occupations: the same queries for few and many, live boards, what is refused stays, answers by link."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.occupations import actions
from craftpath.domain.occupations.models import Answer, Chart, Occupation, Panellist, Task
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from craftpath.kernel.tokens import unsealed
from tests.cast import Cast
from tests.domain.occupations.world import DUTIES, answered, asked, card, cards, drawn, office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
FIRST, SECOND = DUTIES.values()
HTMX = {"HTTP_HX_REQUEST": "true"}


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"occupations:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def now_asked(cast: Cast, *, over: bool = False, **more: Any) -> Chart:
    """Put before others today, as the clock of a request has it; `over` takes no more answers."""
    today = timezone.localdate()
    chart = drawn(cast)
    more.setdefault("places", [cast.college, cast.jinheng])
    chart = actions.verify_chart(
        chart, closes_on=today + timedelta(days=9), today=today, by=cast.actor("coordinator"),
        at=timezone.now(), **more,
    )  # fmt: skip
    return actions.end_answers(chart, **office(cast)) if over else chart


# ---- Reading -------------------------------------------------------------------------------------


def test_pages_ask_the_same_of_few_and_of_many(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    pages = [url("list"), *(url(one, chart.public_id) for one in ("chart", "board", "wall"))]
    counts: dict[str, list[int]] = {page: [] for page in pages}
    for size in (1, 6):
        for n in range(size):
            made = actions.keep_occupation(
                cast.college, name={"zh": f"工种{size}{n}"}, codes={}, **office(cast)
            )
            actions.begin_chart(made, cast.college, **office(cast))
            actions.add_duty(chart, {"zh": f"职责{size}{n}"}, **office(cast))
            duty = chart.duties.order_by("-pk")[0]
            actions.add_task(chart, duty.public_id, {"zh": f"做{size}{n}"}, **office(cast))
        for page in pages:
            asks.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert asks.get(page).status_code == 200
            counts[page].append(len(queries))
    assert all(few == many < 40 for few, many in counts.values()), counts


def test_results_ask_the_same_of_few_and_of_many(cast: Cast) -> None:
    chart, asks, counts = now_asked(cast, over=True), client(cast), []
    for people in (5, 9):
        for n in range(people):
            answered_now(chart, f"{people}-{n}")
        asks.get(url("results", chart.public_id))
        with CaptureQueriesContext(connection) as queries:
            page = text(asks.get(url("results", chart.public_id)))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 40
    assert "4.0" in page
    assert "plot-dot" in page


def answered_now(chart: Chart, who: str) -> None:
    Answer.objects.create(
        chart=chart, mark=who, done=True,
        ratings=dict.fromkeys(Task.objects.filter(chart=chart).values_list("public_id", flat=True), [1, 4, 3, 2, 1]),
    )  # fmt: skip


def test_figures_are_read_once_no_more_answers_are_taken(cast: Cast) -> None:
    chart, asks = now_asked(cast), client(cast)
    there = reverse("trade:answer", args=[unsealed(chart.verification.sealed)])
    for n in range(5):
        answered_now(chart, str(n))
    page = text(asks.get(url("results", chart.public_id)))
    assert "Answers are coming in" in page
    assert ">4.0<" not in page
    assert "车削外圆" not in page
    for _time in range(2):
        assert asks.post(url("move", chart.public_id), {"do": "end"}).url == url("results", chart.public_id)
    page = text(asks.get(url("results", chart.public_id)))
    assert ">4.0<" in page
    assert "/trade/" not in page
    assert Client().get(there).status_code == 409
    assert "You are asked" not in text(client(cast, "mentor").get(url("list", at="jinheng")))


def test_figures_of_four_people_are_shown_to_nobody(cast: Cast) -> None:
    chart = now_asked(cast, over=True)
    for n in range(4):
        answered_now(chart, str(n))
    page = text(client(cast).get(url("results", chart.public_id)))
    assert "too few answers" in page
    assert ">4.0<" not in page
    assert "plot-dot" not in page


def test_who_reads_what(cast: Cast) -> None:
    chart = now_asked(cast)
    there = {page: url(page, chart.public_id) for page in ("chart", "results", "wall")}
    assert client(cast, "trainer").get(there["chart"]).status_code == 200  # designs curricula
    assert client(cast, "trainer").get(there["results"]).status_code == 403
    assert client(cast, "apprentice").get(there["chart"]).status_code == 404
    assert client(cast, "mentor").get(url("chart", chart.public_id, at="jinheng")).status_code == 200
    actions.adopt_chart(chart, **office(cast))
    for who in ("apprentice", "trainer", "auditor", "assessor"):
        at = "lanchuan-bureau" if who == "auditor" else "lanchuan"
        assert client(cast, who).get(url("chart", chart.public_id, at=at)).status_code == 200, who
        assert "车削外圆" in text(client(cast, who).get(url("wall", chart.public_id, at=at)))


def test_an_occupation_is_found_and_one_that_is_not_is_told(cast: Cast) -> None:
    drawn(cast)
    asks = client(cast)
    assert "CNC turner" in text(asks.get(url("list"), {"q": "7223"}))
    assert "Nothing of that name" in text(asks.get(url("list"), {"q": "飞行员\0"}))


# ---- Occupation, frame, panel --------------------------------------------------------------------


def test_an_occupation_is_added_and_what_is_refused_stays_typed(cast: Cast) -> None:
    asks = client(cast)
    wrong = asks.post(url("new"), {"zh": "铣工", "code_cn": "六"})
    assert wrong.status_code == 422
    assert "铣工" in text(wrong)
    assert "No line has these words" in text(wrong)
    assert asks.post(url("new"), {}).status_code == 409
    right = asks.post(url("new"), {"zh": "铣工", "code_cn": "6-18-01-02", "words": "铣削\n数铣"})
    row = Occupation.objects.get()
    assert right.url == url("occupation", row.public_id)
    begun = asks.post(url("begin", row.public_id))
    assert begun.url == url("chart", Chart.objects.get().public_id)
    assert asks.post(url("begin", row.public_id)).status_code == 409


def test_the_frame_keeps_what_decides_and_what_is_refused_stays(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    page = text(asks.get(url("frame", chart.public_id)))
    given = dict(re.findall(r'name="([\w]+)" value="([^"]*)"', page)) | {"facilitator": "唐老师"}
    given.update(re.findall(r'name="(\w+)"[^>]*? value="([\d.]+)"', page))
    wrong = asks.post(
        url("frame", chart.public_id), given | {"starts_on": "2026-09-15", "ends_on": "2026-09-14"}
    )
    assert wrong.status_code == 409
    assert "唐老师" in text(wrong)
    assert asks.post(url("frame", chart.public_id), given | {"cut": "3.5"}).status_code == 302
    chart.refresh_from_db()
    assert (str(chart.cut), chart.facilitator, chart.limits["importance"]) == ("3.50", "唐老师", "3")
    done = asks.post(
        url("lists", chart.public_id), {"tools": "卡尺 / calliper\n卡尺 / calliper\nsoft jaws\n"}
    )
    assert done.status_code == 302
    chart.refresh_from_db()
    assert chart.lists == {"tools": [{"zh": "卡尺", "en": "calliper"}, {"en": "soft jaws"}]}


def test_lists_that_two_write_at_once_keep_both_until_somebody_has_compared(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there, was = url("lists", chart.public_id), r'name="was" value="(\w+)"'
    seen = re.findall(was, text(asks.get(there)))[0]
    actions.set_chart(
        chart, lists={"tools": [{"zh": "卡尺"}], "trends": [{"zh": "在机测量"}]}, **office(cast)
    )
    typed = {"tools": "软爪", "trends": "在机测量"}
    late = asks.post(there, typed | {"was": seen})
    assert late.status_code == 409
    assert "软爪" in text(late)
    assert text(late).count("By now it reads") == 1
    assert "By now it reads: 卡尺" in text(late)
    assert asks.post(there, typed | {"was": re.findall(was, text(late))[0]}).status_code == 302
    chart.refresh_from_db()
    assert chart.lists == {"tools": [{"zh": "软爪"}], "trends": [{"zh": "在机测量"}]}
    assert (
        asks.post(there, typed | {"was": seen}).status_code == 302
    )  # nothing to change is nothing to refuse


def test_the_panel_is_seated_by_account_or_by_name(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there = url("panel", chart.public_id)
    assert "told and agreed" in text(asks.get(there))
    untold = asks.post(there, {"name": "刘师傅", "years": "20"})
    assert untold.status_code == 409
    assert "刘师傅" in text(untold)
    assert asks.post(there, {"name": "刘师傅", "years": "20", "told": "on"}).status_code == 302
    seat = Panellist.objects.get(name="刘师傅")
    for _time in range(2):
        assert asks.post(there, {"do": "remove", "seat": seat.public_id}).status_code == 302
    assert [row.name for row in Panellist.objects.all()] == ["周国栋"]
    assert asks.post(there, {"do": "dance", "name": "刘师傅", "told": "on"}).status_code == 404


# ---- The board -----------------------------------------------------------------------------------


def test_a_board_is_drawn_with_and_without_a_script(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast, "mentor")
    there = url("board", chart.public_id, at="jinheng")
    duty = chart.duties.all()[1].public_id
    send = {"do": "add_task", "key": duty, "words": "Deburr edges", "language": "en", "new": "once"}
    for _time in range(2):
        assert asks.post(there, send).status_code == 302
    live = asks.post(there, send | {"new": "twice", "words": "去毛刺", "language": "zh"}, **HTMX)
    assert live.status_code == 200
    assert "<html" not in text(live)
    assert "autofocus" in text(live)
    assert Task.objects.filter(chart=chart).count() == 8
    assert Task.objects.filter(statement={"en": "Deburr edges"}).count() == 1


def test_a_board_that_is_the_newest_is_left_alone(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there = url("board", chart.public_id)
    assert asks.get(f"{there}?seen={chart.revision}", **HTMX).status_code == 204
    assert asks.get(f"{url('wall', chart.public_id)}?seen={chart.revision}", **HTMX).status_code == 204
    actions.add_duty(chart, {"zh": "检验零件"}, **office(cast))
    behind = asks.get(f"{there}?seen={chart.revision}", **HTMX)
    assert "检验零件" in text(behind)
    assert "检验零件" in text(asks.get(f"{url('wall', chart.public_id)}?seen={chart.revision}", **HTMX))


def test_what_the_board_refuses_stays_in_its_field(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there, one = url("board", chart.public_id), card(chart, "对刀")
    actions.reword(chart, one, {"zh": "试切对刀"}, **office(cast))
    late = asks.post(
        there, {"do": "reword", "key": one, "zh": "自动对刀", "en": "", "was_zh": "对刀"}, **HTMX
    )
    assert late.status_code == 409
    assert "自动对刀" in text(late)
    assert "试切对刀" in text(late)
    empty = asks.post(there, {"do": "split", "key": one, "zh": "试切对刀", "second_zh": " ", "second_en": ""})
    assert empty.status_code == 409
    long = asks.post(
        there, {"do": "add_task", "key": chart.duties.all()[0].public_id, "words": "长" * 400}, **HTMX
    )
    assert long.status_code == 409
    assert "长" * 400 in text(long)
    assert cards(chart) == [FIRST, ["试切对刀", *SECOND[1:]]]


@pytest.mark.parametrize(
    ("do", "words", "expected"),
    [
        ("later", "对刀", [FIRST, ["车削外圆", "对刀", "车削螺纹"]]),
        ("earlier", "对刀", [FIRST, SECOND]),
        ("above", "对刀", [[*FIRST, "对刀"], SECOND[1:]]),
        ("below", "对刀", [FIRST, SECOND]),
        ("below", "选择刀具", [["识读零件图", "安装三爪卡盘"], [*SECOND, "选择刀具"]]),
    ],
)
def test_a_card_walks_over_the_board(cast: Cast, do: str, words: str, expected: list[list[str]]) -> None:
    chart = drawn(cast)
    client(cast).post(url("board", chart.public_id), {"do": do, "key": card(chart, words)}, **HTMX)
    assert cards(chart) == expected


def test_a_dragged_card_a_merge_and_an_undo(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there, one, two = url("board", chart.public_id), card(chart, "对刀"), card(chart, "车削外圆")
    duty = chart.duties.all()[0].public_id
    asks.post(there, {"do": "move", "key": one, "duty": duty, "index": "1"}, **HTMX)
    assert cards(chart)[0] == ["识读零件图", "对刀", "选择刀具", "安装三爪卡盘"]
    asks.post(there, {"do": "merge", "key": one, "other": two, "zh": "对刀、车外圆"}, **HTMX)
    assert cards(chart)[1] == ["车削螺纹"]
    chart.refresh_from_db()
    asks.post(there, {"do": "undo", "revision": str(chart.revision)}, **HTMX)
    assert cards(chart)[1] == ["车削外圆", "车削螺纹"]
    assert asks.post(there, {"do": "dance"}).status_code == 404


def test_the_last_step_that_stands_is_what_the_keys_undo(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    there, one = url("board", chart.public_id), card(chart, "对刀")
    for words in ("试切对刀", "自动对刀"):
        actions.reword(chart, one, {"zh": words}, **office(cast))
    page = text(asks.get(there))
    for expected in ("试切对刀", "对刀"):
        revision = re.findall(r'data-undo>.*?name="revision" value="(\d+)"', page, re.S)[0]
        page = text(asks.post(there, {"do": "undo", "revision": revision}, **HTMX))
        assert Task.objects.get(chart=chart, public_id=one).statement == {"zh": expected}


def test_a_card_shows_hints_and_its_form(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    page = text(asks.get(f"{url('board', chart.public_id)}?edit={card(chart, '对刀')}"))
    assert "One word only" in page
    assert "Merge with another card" in page


def test_skills_are_linked_from_the_frameworks(cast: Cast) -> None:
    load_frameworks(by=system(), at=timezone.now())
    chart, asks = drawn(cast), client(cast)
    one = card(chart, "对刀")
    there = url("skills", chart.public_id, one)
    key = re.findall(r'name="skills" value="([\w-]+)"', text(asks.get(there)))[0]
    assert asks.post(there, {"skills": ["no_such_skill"]}).status_code == 422
    assert asks.post(there, {"skills": [key]}).status_code == 302
    assert Task.objects.get(chart=chart, public_id=one).skills == [key]
    assert asks.get(url("skills", chart.public_id, "none")).status_code == 404


# ---- Sheets, versions ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_chart_goes_out_and_comes_back_through_the_pages(cast: Cast, form: str) -> None:
    chart, asks = drawn(cast), client(cast)
    out = asks.get(url("export", chart.public_id, form))
    file = io.BytesIO(out.content)
    file.name = f"chart.{form}"
    look = text(asks.post(url("sheet", chart.public_id), {"file": file}))
    assert "Take it in" in look
    rows = re.findall(r'<textarea name="rows" hidden>(.*?)</textarea>', look, re.S)[0]
    before = cards(chart)
    assert asks.post(url("sheet", chart.public_id), {"rows": rows}).status_code == 302
    assert cards(chart) == before
    assert asks.get(url("export", chart.public_id, "pdf")).status_code == 404
    steps = chart.steps.count()
    more = rows + "\n,任务,,去毛刺,,\n,工具,,卡尺,,\n"
    for _time in range(2):  # a second press finds everything there already
        assert asks.post(url("sheet", chart.public_id), {"rows": more}).status_code == 302
    chart.refresh_from_db()
    assert cards(chart) == [before[0], [*before[1], "去毛刺"]]
    assert chart.lists == {"tools": [{"zh": "卡尺"}]}
    assert chart.steps.count() == steps + 1


def test_a_sheet_with_faults_takes_nothing_and_names_the_cells(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    rows = "kind,under,zh\ntask,nowhere,对刀\nduty,,检验\n"
    file = io.BytesIO(rows.encode())
    file.name = "chart.csv"
    for answer in (asks.post(url("sheet", chart.public_id), {"file": file}),
                   asks.post(url("sheet", chart.public_id), {"rows": rows})):  # fmt: skip
        assert answer.status_code in (409, 422)
        assert "B2" in text(answer)
        assert "nowhere" in text(answer)
    file = io.BytesIO(b"%PDF-1.4")
    file.name = "chart.xlsx"
    assert asks.post(url("sheet", chart.public_id), {"file": file}).status_code == 422
    assert asks.post(url("sheet", chart.public_id), {}).status_code == 422
    assert cards(chart) == [FIRST, SECOND]


def test_faults_that_are_not_listed_are_counted_as_cells(cast: Cast) -> None:
    rows = "kind,zh\n" + "nonsense,x\n" * 53
    asks = client(cast)
    there = asks.post(url("sheet", drawn(cast).public_id), {"rows": rows}, HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert "另有 3 处" in text(there)


def test_two_versions_stand_side_by_side(cast: Cast) -> None:
    chart = actions.adopt_chart(asked(cast), **office(cast))
    after = actions.begin_chart(chart.occupation, cast.college, follows=chart, **office(cast))
    actions.reword(after, card(after, "对刀"), {"zh": "试切对刀"}, **office(cast))
    page = text(client(cast).get(url("compare", after.public_id, chart.public_id)))
    assert "<del>对刀</del>" in page
    assert "<ins>试切对刀</ins>" in page
    other = actions.keep_occupation(cast.college, name={"zh": "焊工"}, codes={}, **office(cast))
    strange = actions.begin_chart(other, cast.college, **office(cast))
    assert client(cast).get(url("compare", after.public_id, strange.public_id)).status_code == 404


# ---- Verification --------------------------------------------------------------------------------


def test_asking_answering_by_account_and_adopting(cast: Cast) -> None:
    chart, asks = drawn(cast), client(cast)
    closes = timezone.localdate() + timedelta(days=9)
    given = {
        "places": ["lanchuan", "jinheng"],
        "roles": ["mentor"],
        "named": "no",
        "closes_on": closes.isoformat(),
    }
    assert asks.post(url("ask", chart.public_id), given | {"places": []}).status_code == 422
    assert asks.post(url("ask", chart.public_id), given).url == url("results", chart.public_id)
    mentor, there = client(cast, "mentor"), url("answer", chart.public_id, at="jinheng")
    assert "not answered yet" in text(mentor.get(url("list", at="jinheng")))
    assert "Without names" in text(mentor.get(there))
    assert mentor.post(there, {}).status_code == 422
    assert mentor.post(there, {"group": "worker"}).status_code == 302
    one = card(chart, "识读零件图")
    first = mentor.post(
        there, {"part": "1", f"performs-{one}": "1", f"importance-{one}": "5", f"entry-{one}": "9"}
    )
    assert first.url == f"{there}?part=2"
    assert mentor.post(there, {"part": "2"}).url == f"{there}?part=3"
    assert "Thank you" in text(mentor.get(f"{there}?part=3"))
    answer = Answer.objects.get()
    assert answer.ratings == {one: [1, 5, None, None, None]}
    assert answer.done
    assert answer.person is None
    assert "answered" in text(mentor.get(url("list", at="jinheng")))
    assert "You are asked" not in text(client(cast, "trainer").get(url("list")))
    assert "checked" in text(mentor.get(f"{there}?part=1"))
    assert client(cast, "trainer").get(url("answer", chart.public_id)).status_code == 403  # mentors are asked
    assert asks.post(url("move", chart.public_id), {"do": "return"}).status_code == 409
    assert asks.post(url("move", chart.public_id), {"do": "adopt", "out": [one]}).status_code == 302
    assert Task.objects.get(chart=chart, public_id=one).left_out
    assert asks.post(url("move", chart.public_id), {"do": "dance"}).status_code == 404


def test_a_worker_without_an_account_answers_by_the_link_once_a_device(cast: Cast) -> None:
    chart = now_asked(cast, named=True)
    token = unsealed(chart.verification.sealed)
    there, phone = reverse("trade:answer", args=[token]), Client(HTTP_ACCEPT_LANGUAGE="en")
    page = text(phone.get(there))
    assert "Your name is kept" in page
    assert "车削外圆" not in page
    for _time in range(2):
        assert phone.post(there, {"group": "supervisor", "name": "刘师傅"}).status_code in (200, 302)
    one = card(chart, "识读零件图")
    phone.post(there, {"part": "1", f"difficulty-{one}": "4"})
    answer = Answer.objects.get()
    assert (answer.name, answer.group, answer.ratings) == (
        "刘师傅",
        "supervisor",
        {one: [None, None, None, 4, None]},
    )
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    other.post(there, {"group": "worker"})
    assert Answer.objects.count() == 2
    assert Client().get(reverse("trade:answer", args=["no-such-link"])).status_code == 403
    actions.adopt_chart(chart, **office(cast))
    closed = phone.post(there, {"part": "1", f"difficulty-{one}": "1"})
    assert closed.status_code == 409
    assert Answer.objects.get(pk=answer.pk).ratings[one][3] == 4


def test_who_has_answered_with_a_name_is_read_by_the_office_only(cast: Cast) -> None:
    chart = now_asked(cast, named=True)
    there, phone = reverse("trade:answer", args=[unsealed(chart.verification.sealed)]), Client()
    phone.post(there, {"group": "supervisor", "name": "刘师傅"})
    page = text(client(cast).get(url("results", chart.public_id)))
    assert "刘师傅" in page
    assert "leads people of this trade" in page
    actions.adopt_chart(chart, **office(cast))
    assert "刘师傅" not in text(client(cast, "trainer").get(url("results", chart.public_id)))


def test_without_names_it_is_said_how_long_the_mark_stays(cast: Cast) -> None:
    there = reverse("trade:answer", args=[unsealed(now_asked(cast).verification.sealed)])
    assert "thrown away once the chart is adopted or retired" in text(
        Client(HTTP_ACCEPT_LANGUAGE="en").get(there)
    )


def test_guessing_links_is_stopped_and_a_workshop_behind_one_address_is_not(
    cast: Cast, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"link": "2/m/ip"}
    there = reverse("trade:answer", args=[unsealed(now_asked(cast).verification.sealed)])
    for _worker in range(3):
        assert Client().post(there, {"group": "worker"}).status_code == 302
    wrong = [Client().get(reverse("trade:answer", args=["no-such-link"])).status_code for _ in range(3)]
    assert wrong == [403, 403, 429]


def test_the_link_is_for_the_office_only(cast: Cast) -> None:
    chart = now_asked(cast)
    assert "/trade/" in text(client(cast).get(url("results", chart.public_id)))
    actions.adopt_chart(chart, **office(cast))
    assert "/trade/" not in text(client(cast).get(url("results", chart.public_id)))


def test_results_name_what_is_not_kept(cast: Cast) -> None:
    chart = asked(cast)
    for n in range(5):
        answered(chart, str(n), [0, 2, 2, 4, 0])
    page = text(client(cast).get(url("results", chart.public_id)))
    assert page.count('name="out"') == 6
    assert "leave to the workplace" in page
