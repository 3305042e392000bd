"""Outcomes and the chart of the occupation: chosen, traced both ways, told on the chart; what is hidden stays so."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from craftpath.domain.curricula.actions import draft_version, follow_chart, save_assessment, save_card
from craftpath.domain.curricula.cards import OutcomeValues
from craftpath.domain.curricula.linking import AssessmentWanted
from craftpath.domain.curricula.models import CurriculumVersion, UnitCard
from craftpath.domain.curricula.serving import followed, serving, task_ref
from craftpath.domain.occupations.actions import adopt_chart
from craftpath.domain.occupations.models import Chart
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.curricula.world import first, refused, values
from tests.domain.judging.world import rubric
from tests.domain.occupations.world import asked, card, office

HIDDEN = "occupations/task/hiddentask1"


@pytest.fixture(autouse=True)
def _open(all_rows: None, cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)


@pytest.fixture
def chart(cast: Cast) -> Chart:
    """Adopted in the college; 换刀 is none of its tasks, 安装三爪卡盘 was left out."""
    row = asked(cast)
    return adopt_chart(row, leave_out=[card(row, "安装三爪卡盘")], **office(cast))


@pytest.fixture
def version(cast: Cast, chart: Chart) -> CurriculumVersion:
    row = first(cast)
    follow_chart(row.curriculum, chart, **office(cast))
    row.curriculum.refresh_from_db()
    return row


def client(cast: Cast, who: str = "trainer") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def page(asks: Client, name: str, *ids: str, query: str = "", **more: Any) -> str:
    answer = asks.get(reverse(f"curricula:{name}", args=["lanchuan", *ids]) + query, **more)
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    return str(answer.content.decode())


def url(name: str, *ids: str) -> str:
    return reverse(f"curricula:{name}", args=["lanchuan", *ids])


def outcome(asks: Client, version: CurriculumVersion, chosen: list[str], **more: Any) -> Any:
    form = {
        "revision": str(version.revision),
        "name_en": "sets the tools",
        "units": ["quality"],
        "served": chosen,
    }
    answer = asks.post(url("new_outcome", version.public_id), form | more)
    version.refresh_from_db()
    return answer


def imported(asks: Client, version: CurriculumVersion, content: bytes) -> Any:
    kept = {"kept": base64.b64encode(content).decode(), "name": "version.xlsx", "do": "take"}
    return asks.post(url("import_version", version.public_id), kept | {"revision": str(version.revision)})


def test_an_outcome_chooses_tasks_of_the_chart_and_the_trace_leads_both_ways(
    cast: Cast, version: CurriculumVersion, chart: Chart
) -> None:
    asks, task = client(cast), card(chart, "对刀")
    form = page(asks, "new_outcome", version.public_id, query=f"?task={task}")
    assert "B1 对刀" in form
    assert re.search(rf'value="{task}"[^>]* checked', form)
    assert "安装三爪卡盘" not in form  # left out when the chart was adopted
    assert outcome(asks, version, [task], tasks="换刀").status_code == 302
    kept = version.outcomes.get(key="sets_the_tools").tasks
    assert kept == [{"ref": task_ref(task), "words": {"zh": "对刀"}}, {"ref": "", "words": "换刀"}]
    again = page(asks, "outcome", version.public_id, "sets_the_tools")
    assert ">换刀</textarea>" in again.replace(">\n", ">")  # words stay words, the chosen task is a tick
    traced = page(asks, "trace", version.public_id)
    assert "B1 对刀" in traced
    assert "A1 识读零件图" in traced.partition('id="unserved"')[2]
    assert "对刀" not in traced.partition('id="unserved"')[2]
    from_task = page(asks, "trace", version.public_id, query=f"?from=task:{task_ref(task)}")
    assert "sets the tools" in from_task
    assert "names the hazards" not in from_task
    assert f"{chart.public_id}/#k-{task}" in from_task
    on_chart = asks.get(reverse("occupations:chart", args=["lanchuan", chart.public_id])).content.decode()
    assert "sets the tools" in on_chart
    assert url("version", version.public_id) in on_chart


def test_a_posted_task_that_is_not_offered_is_refused_and_nothing_is_lost(
    cast: Cast, version: CurriculumVersion, chart: Chart
) -> None:
    answer = outcome(client(cast), version, [card(chart, "安装三爪卡盘")], tasks="换刀")
    assert answer.status_code == 422
    assert ">换刀</textarea>" in answer.content.decode().replace(">\n", ">")
    assert not version.outcomes.filter(key="sets_the_tools").exists()


def test_a_task_that_the_reader_does_not_see_is_shown_to_nobody_and_lost_by_nobody(
    cast: Cast, version: CurriculumVersion, chart: Chart
) -> None:
    asks = client(cast)
    outcome(asks, version, [card(chart, "对刀")])
    row = version.outcomes.get(key="sets_the_tools")
    row.tasks = [*row.tasks, {"ref": HIDDEN, "words": {"zh": "别家的任务"}}]
    row.save()
    for name, ids in (("trace", ()), ("outcome", ("sets_the_tools",))):
        assert "别家的任务" not in page(asks, name, version.public_id, *ids)
    assert "别家的任务" not in page(asks, "trace", version.public_id, query=f"?from=task:{HIDDEN}")
    form = {
        "revision": str(version.revision),
        "name_en": "sets tools",
        "units": ["quality"],
        "served": [card(chart, "车削外圆")],
    }
    assert asks.post(url("outcome", version.public_id, "sets_the_tools"), form).status_code == 302
    row.refresh_from_db()
    assert [one["ref"] for one in row.tasks] == [task_ref(card(chart, "车削外圆")), HIDDEN]
    # nor in the file of the version; and a sheet without it does not take it away
    content = asks.get(url("version_file", version.public_id)).content
    book = load_workbook(io.BytesIO(content))
    assert "别家的任务" not in str([list(sheet.values) for sheet in book.worksheets])
    version.refresh_from_db()
    assert imported(asks, version, content).status_code == 302
    assert HIDDEN in [one["ref"] for one in version.outcomes.get(key="sets_the_tools").tasks]
    # whoever does not see the chart, but reviews the version, reads none of its tasks
    Chart.objects.update(organisation=cast.qinghe)
    assert "车削外圆" not in page(asks, "trace", version.public_id)


def test_a_card_of_the_library_chooses_tasks_too(
    cast: Cast, version: CurriculumVersion, chart: Chart
) -> None:
    made, asks = save_card(cast.college, values("setting"), by=cast.actor("coordinator"), at=AT), client(cast)
    task = card(chart, "对刀")
    assert "B1 对刀" in page(asks, "card", made.public_id)
    form = {
        "name_en": "Setting", "hours": "20", "bucket": "workplace", "revision": "1",
        "outcome-TOTAL_FORMS": "1", "outcome-INITIAL_FORMS": "1", "outcome-0-key": "do_setting",
        "outcome-0-en": "sets", "outcome-0-served": [task], "outcome-0-tasks": "换刀",
        "resource-TOTAL_FORMS": "0", "resource-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert asks.post(url("card", made.public_id), form).status_code == 302
    kept = UnitCard.objects.get(pk=made.pk).outcomes.get().tasks
    assert [one["ref"] for one in kept] == [task_ref(task), ""]


def test_a_file_of_the_library_holds_no_task_that_its_reader_does_not_see_nor_takes_it_away(
    cast: Cast, chart: Chart
) -> None:
    tasks = [{"ref": HIDDEN, "words": {"zh": "别家的任务"}}, {"ref": "", "words": "换刀"}]
    one = OutcomeValues("sets", {"en": "sets"}, tasks=tasks)
    made = save_card(cast.college, values("setting", outcomes=(one,)), by=system(), at=AT)
    asks = client(cast)
    content = asks.get(url("library_file", "xlsx")).content
    book = load_workbook(io.BytesIO(content))
    assert "别家的任务" not in str([list(sheet.values) for sheet in book.worksheets])
    form = {"kept": base64.b64encode(content).decode(), "name": "units.xlsx", "do": "take"}
    assert asks.post(url("import_cards"), form).status_code == 302
    made.refresh_from_db()
    assert (made.revision, made.outcomes.get().tasks) == (1, tasks)


def test_a_curriculum_names_the_chart_that_it_follows(cast: Cast, chart: Chart) -> None:
    row, asks = first(cast).curriculum, client(cast)
    assert followed(row) is None
    assert f'value="{chart.public_id}"' in page(asks, "curriculum", row.public_id)
    for _press in range(2):
        assert asks.post(url("follow", row.public_id), {"chart": chart.public_id}).status_code == 302
    row.refresh_from_db()
    assert followed(row) == chart
    assert AuditEntry.objects.filter(fact="curricula.chart_followed").count() == 1
    assert asks.post(url("follow", row.public_id), {"chart": "nosuchchart"}).status_code == 404
    assert client(cast, "mentor").post(url("follow", row.public_id), {"chart": ""}).status_code in (403, 404)
    with refused("curricula.chart_not_adopted"):
        Chart.objects.update(state="retired")
        row.occupation_ref = ""
        row.save()
        follow_chart(row, chart, **office(cast))


def test_only_the_version_that_counts_serves_a_task(
    cast: Cast, version: CurriculumVersion, chart: Chart
) -> None:
    task = card(chart, "对刀")
    outcome(client(cast), version, [task])
    assert [one.ref for one in serving([task])[task]] == [str(version.ref)]
    assert serving([card(chart, "车削外圆")]) == {}
    later = draft_version(version, **office(cast))
    later.outcomes.filter(key="measure").update(tasks=[{"ref": task_ref(task), "words": ""}])
    told = {(one.label.en, one.ref) for one in serving([task])[task]}
    assert {ref for _label, ref in told} == {
        str(later.ref)
    }  # nothing of an older version that is not in force
    CurriculumVersion.objects.filter(pk=later.pk).update(state="retired")
    CurriculumVersion.objects.filter(pk=version.pk).update(state="retired")
    assert serving([task]) == {}


def test_an_assessment_names_a_rubric_which_a_sheet_leaves_as_it_is(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    with everywhere("a test sets up"):
        kept = rubric(cast)
    form = {"revision": "1", "name_en": "Work sample", "source": str(kept.ref), "words": "轴"}
    assert str(kept.ref) in page(asks, "new_assessment", version.public_id)
    assert asks.post(url("new_assessment", version.public_id), form).status_code == 302
    row = version.assessments.get(key="work_sample")
    assert row.source == str(kept.ref)
    assert reverse("judging:rubric", args=["lanchuan", kept.public_id]) in page(
        client(cast, "coordinator"), "coverage", version.public_id
    )
    wrong = asks.post(
        url("assessment", version.public_id, "work_sample"), form | {"source": "exams/paper/no"}
    )
    assert wrong.status_code == 422
    book = load_workbook(io.BytesIO(asks.get(url("version_file", version.public_id)).content))
    heads = {cell.value: cell.column for cell in book["Units"][1]}
    book["Units"].cell(2, heads["Hours"]).value = 30
    changed = io.BytesIO()
    book.save(changed)
    version.refresh_from_db()
    assert imported(asks, version, changed.getvalue()).status_code == 302
    assert version.assessments.get(key="work_sample").source == str(kept.ref)
    assert version.units.get(key="safety_first").minutes == 1800


def test_an_assessment_points_to_nothing_else(cast: Cast) -> None:
    version = first(cast)
    for source in ("kernel/person/abc", "judging/rubric/", "judging/rubric/a b", "exams"):
        with refused("curricula.source_unclear"):
            save_assessment(version, AssessmentWanted("a", {"en": "A"}, source=source), revision=1,
                            by=cast.actor("coordinator"), at=AT)  # fmt: skip
