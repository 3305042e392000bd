"""Pages of pilots: the circle, steps, changes, cases, reports; constant queries; refusals keep the form."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from craftpath.delivery.web.history.subjects import PAGES
from craftpath.delivery.web.history.things import LINKED, UNNAMED
from craftpath.delivery.web.pilots.circle import arcs
from craftpath.delivery.web.pilots.saying import room
from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.needs.actions import make_analysis, publish_analysis
from craftpath.domain.pilots import actions
from craftpath.domain.pilots.models import CountryCase, Deliverable, Pilot, PilotChange, PilotRound, RoundStep
from craftpath.domain.pilots.queries import steps_of
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.agreements.agreed import draft
from tests.domain.needs.world import survey
from tests.domain.pilots.world import (
    accepted,
    all_waived,
    begun,
    case,
    change,
    give,
    officer,
    preset,
    started,
    step_of,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def client(cast: Cast, who: str = "officer") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "lanchuan-bureau") -> str:
    return reverse(f"pilots:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_what_is_next_leads_to_the_very_thing(cast: Cast, rf: Any) -> None:
    """From the finding that lacks to the survey that nobody has analysed, to the analysis, to the draft from it."""
    request = rf.get("/")
    request.organisation, request.actor = cast.college, cast.actor("coordinator")
    step = step_of(begun(cast), "define")
    asked = survey(cast)
    assert room(request, "needs_published", step).endswith(f"/needs/new/?survey={asked.public_id}")
    row = make_analysis(cast.college, [asked], groups=[], by=cast.actor("coordinator"), at=AT)
    assert room(request, "needs_published", step).endswith(f"/needs/{row.public_id}/")
    assert room(request, "skills_covered", step).endswith("/curricula/")
    publish_analysis(row, count=2, by=cast.actor("coordinator"), at=AT)
    assert room(request, "needs_published", step).endswith("/needs/")
    assert room(request, "skills_covered", step).endswith(f"/needs/{row.public_id}/#draft")
    request.actor = cast.actor("apprentice")
    assert room(request, "needs_published", step) == ""


def many(cast: Cast, count: int) -> None:
    for n in range(count):
        row = begun(cast, started(cast, made_id=uuid.uuid4(), name={"zh": f"试点{n}"}))
        give(cast, step_of(row), key="ranking")
        change(cast, row)


# ---- Reading -------------------------------------------------------------------------------------


def test_the_board_asks_the_same_of_few_and_of_many(cast: Cast) -> None:
    counts, asks = [], client(cast)
    for extra in (2, 10):
        many(cast, extra)
        asks.get(url("board"))
        with CaptureQueriesContext(connection) as asked:
            page = text(asks.get(url("board")))
        counts.append(len(asked))
    assert counts[0] == counts[1] < 30
    assert page.count('class="pilot-cell"') == 12 * 6


@pytest.mark.parametrize("page", ["round", "step", "changes", "reports"])
def test_pages_of_a_round_ask_the_same_when_it_is_full(cast: Cast, page: str) -> None:
    row = begun(cast)
    asks, counts = client(cast), []
    step = step_of(row)
    ids = [step.public_id] if page == "step" else [row.pilot.public_id, 1]
    for n in (1, 3):
        for at in range(n):
            give(cast, step, thing=Ref("evaluation", "evaluation", cast.evaluation.public_id))
            accepted(cast, row, f"改进 {n} {at}")
            actions.plan_step(step, owner=cast.people["trainer"], due_on=TODAY, by=officer(cast), at=AT)
            actions.issue_report(row, by=officer(cast), at=AT)
        asks.get(url(page, *ids))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url(page, *ids)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 75


def test_the_circle_says_what_to_do_now_and_leads_there(cast: Cast) -> None:
    row = begun(cast)
    page = text(client(cast).get(url("round", row.pilot.public_id, 1)))
    for part in (
        "Now: 1. Agree which core skills matter",
        "Ranked skill needs: not handed in",
        "0 of 6 closed",
        f'href="{url("step", step_of(row).public_id)}#give"',
        "These labels and texts are our reconstruction",
    ):
        assert part in page
    assert page.count('<a href="/o/lanchuan-bureau/pilots/steps/') >= 6


def test_arrows_go_round_without_a_script_for_any_number_of_steps() -> None:
    for count in range(1, 13):
        drawn = arcs([f"Step {n} with a long name" for n in range(count)], "en")
        assert len({one.path for one in drawn}) == count
        for one in drawn:
            assert 0 < one.x < 720
            assert 0 < one.y < 440
            assert len(one.lines) <= 3


def test_a_thing_that_the_reader_may_not_see_has_no_name_for_them(cast: Cast) -> None:
    row = begun(cast, started(cast, members=[cast.jinheng, cast.college]))
    step = step_of(row)
    thing = Ref("programmes", "scheme", cast.scheme.public_id)
    give(cast, step, thing=thing, by=cast.actor("coordinator"))
    there = url("step", step.public_id, at="jinheng")
    seen = text(client(cast, "hr").get(there))
    assert "a thing of the record that you do not see" in seen
    assert "Welder 3-3-4" not in seen
    assert cast.scheme.public_id not in seen
    assert "Welder 3-3-4" in text(client(cast, "coordinator").get(url("step", step.public_id, at="lanchuan")))


def test_a_thing_whose_name_names_somebody_is_called_by_its_kind(cast: Cast) -> None:
    step = step_of(begun(cast))
    made = draft(cast)
    there = reverse("agreements:agreement", args=["lanchuan-bureau", made.public_id])
    asks = client(cast)
    assert asks.post(url("give", step.public_id), give_form(address=there)).status_code == 302
    page = text(asks.get(url("step", step.public_id)))
    assert f'<a href="{there}">A training agreement</a>' in page
    assert made.enrolment.person.name not in page


def test_every_kind_with_a_page_is_called_by_its_name_or_has_words() -> None:
    assert set(PAGES.values()) == LINKED | set(UNNAMED)
    assert not LINKED & set(UNNAMED)


@pytest.mark.parametrize("who", ["mentor", "apprentice"])
def test_whoever_neither_runs_pilots_nor_sees_figures_finds_none(cast: Cast, who: str) -> None:
    begun(cast)
    at = "jinheng" if who == "mentor" else "lanchuan"
    assert client(cast, who).get(url("board", at=at)).status_code == 403


# ---- Starting and going on -----------------------------------------------------------------------


def start_form(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "made_id": str(uuid.UUID(int=9)), "name_zh": "澜川试点", "kind": "city", "goals": "更会沟通",
        "starts_on": TODAY.isoformat(), "ends_on": "", "members": [cast.college.public_id], **more,
    }  # fmt: skip


def test_a_pilot_is_started_and_its_first_round_begun_once(cast: Cast) -> None:
    asks, cycle = client(cast), preset()
    for _ in range(2):
        there = asks.post(url("new"), start_form(cast))
        assert there.status_code == 302
    pilot = Pilot.objects.get()
    assert "Begin round 1" in text(asks.get(url("pilot", pilot.public_id)))
    for _ in range(2):
        asks.post(url("begin", pilot.public_id), {"cycle": cycle.public_id, "number": "1"})
    assert PilotRound.objects.count() == 1
    assert asks.get(url("pilot", pilot.public_id)).url == url("round", pilot.public_id, 1)


def test_a_form_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    there = client(cast).post(url("new"), start_form(cast, members=[], goals="不要丢掉我"))
    assert there.status_code == 409
    assert "Choose who takes part; nobody does." in text(there)
    assert "不要丢掉我" in text(there)
    assert not Pilot.objects.exists()


def test_a_pilot_that_is_changed_keeps_finished_classes_and_former_hosts(cast: Cast) -> None:
    office = cast.actor("coordinator")
    row = started(cast, organisation=cast.college, members=[cast.jinheng], classes=[cast.cohort], by=office)
    Enrolment.objects.update(state="enrolled")
    Cohort.objects.update(state="completed")
    asks, there = client(cast, "coordinator"), url("change_pilot", row.public_id, at="lanchuan")
    form = asks.get(there).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"ends_on": "", "goals": "新目标"}
    assert asks.post(there, typed).status_code == 302
    row.refresh_from_db()
    assert row.goals == "新目标"
    assert [one.organisation for one in row.members.all()] == [cast.jinheng]
    assert list(row.classes.all()) == [cast.cohort]
    assert (
        asks.post(there, typed | {"members": [cast.qinghe.public_id]}).status_code == 422
    )  # never took part


def test_members_read_and_only_the_office_writes(cast: Cast) -> None:
    row = begun(cast)
    asks = client(cast, "coordinator")
    page = text(asks.get(url("round", row.pilot.public_id, 1, at="lanchuan")))
    assert "Change the pilot" not in page
    assert asks.get(url("change_pilot", row.pilot.public_id, at="lanchuan")).status_code == 403
    step = step_of(row)
    plan = asks.post(url("plan", step.public_id, at="lanchuan"), {"owner": "", "due_on": "2026-10-01"})
    assert plan.status_code == 403


# ---- Steps ---------------------------------------------------------------------------------------


def give_form(**more: Any) -> dict[str, Any]:
    return {"made_id": str(uuid.uuid4()), "key": "ranking", "words": "", "address": "", **more}


def test_words_a_page_and_a_file_are_handed_in(cast: Cast) -> None:
    row = begun(cast)
    step, asks = step_of(row), client(cast)
    results = reverse("evaluation:cohort", args=["lanchuan-bureau", cast.evaluation.public_id])
    file = SimpleUploadedFile("清单.pdf", b"%PDF-1.7\n%%EOF")
    plan = reverse("training:plan", args=["lanchuan-bureau", cast.cohort.public_id])
    for given in ({"words": "n = 54"}, {"address": f"http://testserver{results}?x=1"}, {"address": plan},
                  {"file": file}):  # fmt: skip
        there = asks.post(url("give", step.public_id), give_form(**given))
        assert there.status_code == 302, text(there)
    assert [one.form for one in Deliverable.objects.all()] == ["words", "thing", "thing", "file"]
    page = text(asks.get(url("step", step.public_id)))
    assert f'href="{results}"' in page
    assert f'href="{plan}"' in page
    kept = Deliverable.objects.get(form="file")
    assert asks.get(url("given", kept.public_id)).content == b"%PDF-1.7\n%%EOF"
    assert client(cast, "stranger").get(url("given", kept.public_id, at="dongling")).status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write something"),
        ({"address": "/o/lanchuan/nowhere/"}, "leads to nothing that can be linked"),
        ({"address": "javascript:alert(1)"}, "leads to nothing that can be linked"),
        ({"address": "http://[bad"}, "leads to nothing that can be linked"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x00\x01")}, "This kind of file is not taken"),
    ],
)
def test_what_cannot_be_handed_in_says_why_in_its_form(cast: Cast, given: Any, said: str) -> None:
    step = step_of(begun(cast))
    typed = give_form(**given) | ({"words": "留着"} if given else {})
    there = client(cast).post(url("give", step.public_id), typed)
    assert there.status_code == 409
    assert said in text(there)
    assert not given or "留着" in text(there)
    assert not Deliverable.objects.exists()


def test_a_page_of_another_organisation_cannot_be_linked(cast: Cast) -> None:
    step = step_of(begun(cast, started(cast, members=[cast.jinheng])))
    scheme = reverse("programmes:scheme", args=["lanchuan", cast.scheme.public_id])
    there = client(cast, "hr").post(url("give", step.public_id, at="jinheng"), give_form(address=scheme))
    assert there.status_code == 409


def test_a_step_is_planned_closed_for_a_reason_and_reopened(cast: Cast) -> None:
    row = begun(cast)
    step, asks = step_of(row), client(cast)
    owner = {"owner": cast.people["trainer"].public_id, "due_on": "2026-09-20"}
    asks.post(url("plan", step.public_id), owner)
    assert "Agree which core skills matter" in text(client(cast, "trainer").get(url("mine", at="lanchuan")))
    refused = asks.post(url("move", step.public_id, "close"))
    assert refused.status_code == 409
    empty = asks.post(url("move", step.public_id, "waive"), {"because": ""})
    assert empty.status_code == 422
    asks.post(url("move", step.public_id, "waive"), {"because": "去年已做。"})
    page = text(asks.get(url("step", step.public_id)))
    assert "去年已做。" in page
    assert "Ranked skill needs: not handed in" in page
    asks.post(url("move", step.public_id, "reopen"), {"because": "补做。"})
    step.refresh_from_db()
    assert step.state == "open"
    assert asks.post(url("move", step.public_id, "nonsense"), {"because": "x"}).status_code == 404


def test_the_second_round_shows_what_it_started_from(cast: Cast) -> None:
    row = begun(cast)
    accepted(cast, row, "增加沟通训练")
    all_waived(cast, row)
    asks = client(cast)
    assert "Begin the next round" in text(asks.get(url("round", row.pilot.public_id, 1)))
    asks.post(url("begin", row.pilot.public_id), {"cycle": row.cycle.public_id, "number": "2"})
    page = text(asks.get(url("round", row.pilot.public_id, 2)))
    assert "What this round started from" in page
    assert "增加沟通训练" in page
    assert "Raise a change" not in text(asks.get(url("changes", row.pilot.public_id, 1)))
    assert "Raise a change" in text(asks.get(url("changes", row.pilot.public_id, 2)))
    second = PilotRound.objects.get(number=2)
    assert "Changes that this step takes up" in text(
        asks.get(url("step", step_of(second, "embed").public_id))
    )


# ---- Changes, cases, cycles ----------------------------------------------------------------------


def test_a_change_is_raised_by_a_member_and_decided_by_the_office(cast: Cast) -> None:
    row = begun(cast)
    there = url("changes", row.pilot.public_id, 1, at="lanchuan")
    form = {
        "made_id": str(uuid.uuid4()),
        "what": "增加沟通训练",
        "why": "评分最弱",
        "into": "embed",
        "source": "",
    }
    member = client(cast, "coordinator")
    for _ in range(2):
        assert member.post(there, form).status_code == 302
    found = PilotChange.objects.get()
    assert (
        member.post(url("change", found.public_id, "decline", at="lanchuan"), {"because": "x"}).status_code
        == 403
    )
    asks = client(cast)
    assert asks.post(url("change", found.public_id, "decline"), {"because": ""}).status_code == 422
    asks.post(
        url("change", found.public_id, "accept"),
        {"owner": cast.people["coordinator"].public_id, "due_on": "2026-10-01"},
    )
    assert "增加沟通训练" in text(member.get(url("mine", at="lanchuan")))
    done = member.post(url("change", found.public_id, "finish", at="lanchuan"), {"next": "mine"})
    assert done.url == url("mine", at="lanchuan")
    found.refresh_from_db()
    assert found.state == "finished"


def test_the_library_is_filtered_and_says_how_sure_it_is(cast: Cast) -> None:
    case()
    preset()
    asks = client(cast)
    page = text(asks.get(url("cases")))
    assert page.count("from memory: check before quoting") == 6
    only = text(asks.get(url("cases"), {"place": "SG", "step": "prepare"}))
    assert only.count("from memory: check before quoting") == 1
    both = text(asks.get(url("case", case().public_id)))
    assert "新加坡：技能框架中的关键核心技能" in both
    assert "Singapore: critical core skills" in both


def test_an_own_case_is_written_and_published_with_consent(cast: Cast) -> None:
    preset()
    asks = client(cast)
    form = {"made_id": str(uuid.uuid4()), "place": "cn", "title_zh": "一厂一策", "done_zh": "做了",
            "learnt_zh": "学到", "steps": ["deliver"], "source": "本厂记录"}  # fmt: skip
    refused = asks.post(url("case_new"), form | {"place": "1!"})
    assert refused.status_code == 409
    assert "本厂记录" in text(refused)
    asks.post(url("case_new"), form)
    row = CountryCase.objects.get(organisation=cast.city)
    assert asks.post(url("case_move", row.public_id, "publish"), {"consent": ""}).status_code == 422
    asks.post(url("case_move", row.public_id, "publish"), {"consent": "许文静书面同意"})
    assert "一厂一策" in text(client(cast, "coordinator").get(url("cases", at="lanchuan")))
    asks.post(url("case_edit", row.public_id), form | {"title_zh": "一厂一策（修订）"})
    assert "一厂一策（修订）" in text(asks.get(url("case", row.public_id)))


def test_an_own_version_of_the_steps_is_written_in_a_form(cast: Cast) -> None:
    source, asks = preset(), client(cast)
    source.steps[0]["checks"] = ["of_a_room_to_come", "needs_published"]
    source.save()
    page = asks.get(url("cycle_write", source.public_id))
    assert text(page).count('class="pilot-set"') == 7
    form = {"title_zh": "两步", "name_zh-1": "摸底", "order-1": "2", "key-1": "define", "deliverables_zh-1": "清单",
            "name_zh-2": "改进", "order-2": "1", "key-2": "monitor_improve", "deliverables_zh-2": "报告\n清单",
            "checks-1": ["skills_known", "nonsense"]}  # fmt: skip
    refused = asks.post(url("cycle_write", source.public_id), form | {"deliverables_zh-1": ""})
    assert refused.status_code == 409
    assert "摸底" in text(refused)
    asks.post(url("cycle_write", source.public_id), form)
    made = source.__class__.objects.get(organisation=cast.city)
    assert [one["key"] for one in made.steps] == ["monitor_improve", "define"]
    assert made.steps[1]["checks"] == ["of_a_room_to_come", "skills_known"]


# ---- Reports and downloads -----------------------------------------------------------------------


def test_a_report_is_issued_read_and_taken_along(cast: Cast) -> None:
    row = begun(cast)
    give(cast, step_of(row), key="ranking", words="沟通、协作、解决问题")
    accepted(cast, row, "增加沟通训练")
    asks = client(cast)
    there = asks.post(url("reports", row.pilot.public_id, 1))
    assert there.url == url("report", row.pilot.public_id, 1, 1)
    asks.post(url("reports", row.pilot.public_id, 1))
    assert row.reports.count() == 1
    page = text(asks.get(there.url))
    assert "沟通、协作、解决问题" in page
    assert "增加沟通训练" in page
    paper = url("paper", row.pilot.public_id, 1, 1)
    first = asks.get(paper, {"form": "json"}).content
    give(cast, step_of(row), key="priorities")
    assert asks.get(paper, {"form": "json"}).content == first
    book = load_workbook(io.BytesIO(asks.get(paper, {"form": "xlsx", "language": "both"}).content))
    said = "\n".join(
        str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value
    )
    for part in ("沟通、协作、解决问题", "增加沟通训练", "Report of a pilot's round", "试点轮次报告"):
        assert part in said
    assert (
        client(cast, "stranger").get(url("report", row.pilot.public_id, 1, 1, at="dongling")).status_code
        == 404
    )


def test_the_board_is_downloaded_as_it_is_filtered(cast: Cast) -> None:
    row = begun(cast)
    RoundStep.objects.filter(round=row, key="define").update(due_on="2026-01-05")
    late = AT.replace(hour=20)  # the next day at the office
    RoundStep.objects.filter(round=row, key="embed").update(state="done", closed_at=late)
    begun(cast, started(cast, made_id=uuid.uuid4(), name={"zh": "另一试点"}))
    asks = client(cast)
    book = load_workbook(io.BytesIO(asks.get(url("sheet"), {"show": "late"}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 1 + 6
    assert rows[1][5] == "Overdue"
    assert rows[2][8].date() == TODAY + timedelta(days=1)
    assert "另一试点" not in text(asks.get(url("board"), {"show": "late"}))
    assert len(steps_of(row)) == 6
