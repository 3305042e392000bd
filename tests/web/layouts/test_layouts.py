"""An office's own layout from upload to the filled workbook; its figures are those of the screen and of the export."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.layouts import Layout, keep_layout, remove_layout, try_layout
from tests.cast import AT, Cast
from tests.exchange.layouts import workbook
from tests.web.evaluation.reading import cells, sheet
from tests.web.evaluation.test_cohort import enrol

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")

# In the order of the screen's and the export's columns.
ASKED = [
    "{name}", "{number}", "{final}", "{rank}", "{pass rules}", "{enterprise}", "{process}", "{process points}",
    "{practical activity}", "{practical activity evaluation points}", "{期末考试}", "{期末考试得分}", "{to date}",
    "{still open}", "{what is missing}",
]  # fmt: skip


def form(*more: str) -> bytes:
    return workbook(
        {f"{openpyxl.utils.get_column_letter(n)}2": one for n, one in enumerate([*ASKED, *more], 1)}
    )


def kept(cast: Cast, content: bytes | None = None, name: str = "Our form") -> Layout:
    by = cast.actor("coordinator")
    tried = try_layout(
        content=content or form(), filename="form.xlsx", organisation=cast.college, by=by, at=AT
    )
    return keep_layout(tried, name=name, by=by, at=AT)


def at(cast: Cast, page: str, *ids: str, place: str = "lanchuan") -> str:
    return reverse(f"layouts:{page}", args=[place, *ids])


def filled_at(cast: Cast, layout: Layout, place: str = "lanchuan") -> str:
    return at(cast, "filled", cast.evaluation.public_id, layout.public_id, place=place)


def rows(answer: Any, first: int = 2) -> list[list[Any]]:
    assert answer.status_code == 200, answer.content.decode()[:500]
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[cell.value for cell in row] for row in found.iter_rows(min_row=first)]


def upload(client: Client, cast: Cast, content: bytes, name: str = "form.xlsx") -> Any:
    return client.post(
        at(cast, "choose", cast.evaluation.public_id), {"file": SimpleUploadedFile(name, content)}
    )


def _said(place: int, value: Any) -> str:
    """A value as the screen says it; a rank is a whole number."""
    if isinstance(value, float | int):
        return str(value) if ASKED[place] == "{rank}" else f"{value:.1f}"
    return value or "–"


def test_screen_export_and_layout_say_the_same_figures(cast: Cast, browse: Browse) -> None:
    client, results = browse("coordinator"), f"/o/lanchuan/results/{cast.evaluation.public_id}/"
    layout = kept(cast)
    decide_results(
        cast.evaluation, None, basis=basis_of(cast.evaluation), by=cast.actor("coordinator"), at=AT
    )
    for query in ("", "?sort=-to_date", "?state=open", "?q=26003", "?sort=final_exam.value"):
        screen = cells(client.get(f"{results}{query}"))[1:]
        text = sheet(client.get(f"{results}export.csv{query}"), "results.csv")[1:]
        table = rows(client.get(f"{filled_at(cast, layout)}{query}"))
        assert len(screen) == len(text) == len(table)
        for shown, written, cell in zip(screen, text, table, strict=True):
            assert [_said(n, one) for n, one in enumerate(cell)] == shown
            assert [one and (float(one) if one.replace(".", "").isdigit() and n != 1 else one)
                    for n, one in enumerate(written)] == [one if one is not None else "" for one in cell]  # fmt: skip


def test_everything_that_may_be_asked_for(cast: Cast, browse: Browse) -> None:
    by = cast.actor("coordinator")
    decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=by, at=AT)
    once = {
        "A1": "{college}", "B1": "{cohort}", "C1": "{occupation}", "D1": "{stage}", "E1": "{scheme}", "F1": "{version}",
        "G1": "{filled by}", "H1": "{number of people}", "I1": "{number passed}", "J1": "{number open}",
        "K1": "{average}", "L1": "{number decided}", "M1": "{organisation}", "N1": "{cohort began on}",
    }  # fmt: skip
    each = {
        "A2": "{no.}", "B2": "{name in english}", "C2": "{mentor}", "D2": "{attendance}", "E2": "{测验}",
        "F2": "{task2}", "G2": "{decided on}", "H2": "{rank}", "I2": "{item final_exam}", "J2": "{pass rules}",
    }  # fmt: skip
    found = rows(browse("coordinator").get(filled_at(cast, kept(cast, workbook(once | each)))), 1)
    assert found[0][:13] == [
        "Lanchuan Technician College", "Welders 2026/1", "Welder", "Junior craftsman", "Welder 3-3-4", 1,
        "何静", 4, 1, 3, 80.5, 1, "Lanchuan Technician College",
    ]  # fmt: skip
    assert found[0][13].date() == date(2026, 3, 2)
    assert [one.date() if hasattr(one, "date") else one for one in found[1][:10]] == [
        1, "Chen Yutong", "周国栋", 90, 40, 82, date(2026, 9, 14), 1, 75, "passed",
    ]  # fmt: skip
    assert found[3][:10] == [
        3, "Ouyang Siyuan", "吴海燕", 95, "Exempt", "Absent", None, None, "Deferred", None
    ]  # fmt: skip


def test_from_upload_to_one_click(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    sent = upload(client, cast, form("{nmae}"), "成绩表.xlsx")
    assert sent.status_code == 302
    page = client.get(sent["Location"])
    said = page.content.decode()
    assert "15 placeholders understood" in said
    assert cells(page, 0)[1] == ["{nmae}", "成绩", "P2", "Name"]
    preview = cells(page, 1)
    assert preview[2][1:3] == ["陈雨桐", "26001"]
    assert 'value="成绩表"' in said
    assert "Our form" not in client.get(f"/o/lanchuan/results/{cast.evaluation.public_id}/").content.decode()
    done = client.post(sent["Location"], {"name": "Our form"}, follow=True)
    assert "“Our form” is kept" in done.content.decode()
    results = client.get(f"/o/lanchuan/results/{cast.evaluation.public_id}/?state=open").content.decode()
    layout = Layout.objects.get(state="kept")
    assert f"{filled_at(cast, layout)}?state=open" in results
    assert [row[0] for row in rows(client.get(filled_at(cast, layout)))] == [
        "陈雨桐",
        "林浩然",
        "欧阳思远",
        "赵一鸣",
    ]
    again = client.post(sent["Location"], {"name": "Our form"})
    assert again.status_code == 302
    assert AuditEntry.objects.filter(fact="kernel.layout_kept").count() == 1


def test_a_name_that_is_taken_offers_to_replace(cast: Cast, browse: Browse) -> None:
    client, first = browse("coordinator"), kept(cast)
    way = upload(client, cast, workbook({"A1": "{final}"}))["Location"]
    answer = client.post(way, {"name": "Our form"})
    assert answer.status_code == 422
    assert "Replace the layout that is called so" in answer.content.decode()
    assert client.post(way, {"name": "Our form", "replace": "on"}).status_code == 302
    assert client.get(filled_at(cast, first)).status_code == 409
    [now] = Layout.objects.filter(state="kept")
    assert [row[0] for row in rows(client.get(filled_at(cast, now)), 1)][0] == 80.5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n", "text table"),
        (b"PK\x03\x04x", "damaged"),
        (b"", "empty"),
    ],
)
def test_what_is_no_workbook_is_refused_beside_the_field(
    cast: Cast, browse: Browse, content: bytes, said: str
) -> None:
    answer = upload(browse("coordinator"), cast, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Layout.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(cast: Cast, browse: Browse) -> None:
    answer = upload(browse("coordinator"), cast, b"x" * (7 << 20))
    assert answer.status_code == 413
    assert "at most 5 MB" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_layout_with_faults_names_the_cells_and_is_not_kept(
    cast: Cast, browse: Browse, language: str
) -> None:
    client = browse("coordinator")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    way = upload(client, cast, workbook({"A2": "{name}", "B7": "{final}", "C9": "=LEN({name})"}))["Location"]
    said = client.get(way).content.decode()
    assert "B7" in said
    assert "C9" in said
    assert ("formula" if language == "en" else "公式") in said
    answer = client.post(way, {"name": "x"})
    assert answer.status_code == 409
    assert "B7" in answer.content.decode()
    assert not Layout.objects.filter(state="kept").exists()


def test_removed_while_somebody_looks_it_is_said_and_nothing_breaks(cast: Cast, browse: Browse) -> None:
    client, layout = browse("coordinator"), kept(cast)
    remove_layout(layout, by=cast.actor("coordinator"), at=AT)
    answer = client.get(filled_at(cast, layout))
    assert answer.status_code == 409
    assert "was removed or replaced" in answer.content.decode()
    assert client.post(at(cast, "remove", layout.public_id)).status_code == 302
    assert "No layout is kept yet" in client.get(at(cast, "list")).content.decode()


def test_it_is_renamed_and_removed_on_its_page_and_the_history_says_so(cast: Cast, browse: Browse) -> None:
    client, layout = browse("coordinator"), kept(cast)
    assert "Our form" in client.get(at(cast, "list")).content.decode()
    assert client.post(at(cast, "rename", layout.public_id), {"name": ""}).status_code == 422
    renamed = client.post(at(cast, "rename", layout.public_id), {"name": "Form B"}, follow=True)
    assert "called “Form B” now" in renamed.content.decode()
    original = client.get(at(cast, "original", layout.public_id))
    assert original.content == layout.file.bytes()
    assert client.post(at(cast, "remove", layout.public_id)).status_code == 302
    told = client.get(reverse("history:list", args=["lanchuan"])).content.decode()
    assert "renamed the layout “Our form” to “Form B”" in told
    assert "removed the layout “Form B”" in told


def test_a_trainer_fills_and_does_not_keep(cast: Cast, browse: Browse) -> None:
    client, layout = browse("trainer"), kept(cast)
    assert len(rows(client.get(filled_at(cast, layout)))) == 4
    page = client.get(at(cast, "choose", cast.evaluation.public_id)).content.decode()
    assert "Our form" in page
    assert "Upload and check" not in page
    assert upload(client, cast, form()).status_code == 403
    assert client.post(at(cast, "remove", layout.public_id)).status_code == 403
    tried = try_layout(
        content=form(), filename="x", organisation=cast.college, by=cast.actor("coordinator"), at=AT
    )
    assert client.get(at(cast, "check", cast.evaluation.public_id, tried.public_id)).status_code == 403


def test_an_enterprise_does_not_fill_the_college_s_layout_and_a_city_s_shows_it_its_own_people(
    cast: Cast, browse: Browse
) -> None:
    layout = kept(cast)
    assert browse("hr").get(filled_at(cast, layout, "jinheng")).status_code == 404
    by = cast.actor("coordinator")
    Layout.objects.filter(pk=layout.pk).update(organisation=cast.city)
    found = rows(browse("hr").get(filled_at(cast, layout, "jinheng")))
    assert [row[1] for row in found] == ["26001", "26002"]
    ranked = kept(cast, workbook({"A1": "{number}", "B1": "{rank}", "C1": "x"}), "ranks")
    Layout.objects.filter(pk=ranked.pk).update(organisation=cast.city)
    assert rows(browse("hr").get(filled_at(cast, ranked, "jinheng")), 1)[0] == ["26001", None, "x"]
    assert by.organisation == cast.college


@pytest.mark.parametrize("who", ["apprentice", "stranger"])
def test_who_sees_no_table_finds_no_layout(cast: Cast, browse: Browse, who: str) -> None:
    layout = kept(cast)
    for way in (
        filled_at(cast, layout),
        at(cast, "choose", cast.evaluation.public_id),
        at(cast, "placeholders", cast.evaluation.public_id),
        at(cast, "original", layout.public_id),
    ):
        assert browse(who).get(way).status_code == 404
    assert browse("").get(filled_at(cast, layout)).status_code == 302


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_of_placeholders_and_the_example(cast: Cast, browse: Browse, language: str) -> None:
    client = browse("coordinator")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = client.get(at(cast, "placeholders", cast.evaluation.public_id))
    told = {row[0 if language == "en" else 3]: row[2] for place in (0, 1) for row in cells(page, place)[1:]}
    assert told["{Number of people}"] == "4"
    assert told["{Name}"] == "陈雨桐"
    assert told["{Final}"] == "80.5"
    assert told["{Training log}"] == "60"
    example = client.get(at(cast, "example", cast.evaluation.public_id))
    way = upload(client, cast, example.content)["Location"]
    assert client.get(way).context["unknown_count"] == 0
    client.post(way, {"name": "示例"})
    filled = rows(client.get(filled_at(cast, Layout.objects.get(state="kept"))), 5)
    assert filled[0][1:3] == ["26001", "陈雨桐"]
    assert filled[4][7] == '=IF(COUNT(H5:H8),AVERAGE(H5:H8),"")'


def test_queries_do_not_grow_with_the_cohort(
    cast: Cast, browse: Browse, django_assert_num_queries: Any
) -> None:
    client, layout = browse("coordinator"), kept(cast)
    client.get("/account/settings/")
    client.get(filled_at(cast, layout))  # ranks are kept until something changes
    enrol(cast, 3)
    with CaptureQueriesContext(connection) as first:
        assert len(rows(client.get(filled_at(cast, layout)))) == 7
    enrol(cast, 600)
    with django_assert_num_queries(len(first)):
        assert len(rows(client.get(filled_at(cast, layout)))) == 604
    assert len(first) <= 15
