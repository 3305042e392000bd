"""The pages of gates: who is ready, opening in two presses, repeating, papers and waivers, what a gate asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.web.progression import opening
from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.apprenticeships.queries import path_of
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.progression.models import Evidence, Passage, Waiver
from craftpath.domain.progression.queries import gate_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import TODAY, Cast
from tests.domain.progression.test_gates import FORM, MENTOR
from tests.domain.progression.world import asks, stage

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(cast: Cast) -> None:
    """The college asks for a mentor and a form; no scheme judges the stage."""
    with everywhere("a test shapes a gate"):
        Evaluation.objects.filter(pk=cast.evaluation.pk).update(stage=cast.programme.stages.get(order=3))
        asks(cast, MENTOR, FORM)


def gate(cast: Cast, more: str = "") -> str:
    return f"/o/lanchuan/gates/{cast.cohort.public_id}/junior_craftsman/stage/{more}"


def of(cast: Cast, number: str = "26001", more: str = "") -> str:
    return f"/o/lanchuan/gates/of/{cast.enrolments[number].public_id}/{more}"


def give_form(cast: Cast, client: Client, *numbers: str) -> None:
    for number in numbers:
        client.post(of(cast, number, "stage/note/"), {"condition": "form"})


def ticked(page: Any, *numbers: str) -> list[str]:
    return [line.one.read for line in page.context["lines"] if line.one.enrolment.number in numbers]


def test_those_who_are_ready_come_first_and_what_is_missing_is_counted(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    give_form(cast, client, "26003")
    page = client.get(gate(cast))
    assert [line.one.enrolment.number for line in page.context["lines"]][0] == "26003"
    assert [(one.label, one.count) for one in page.context["held"]] == [("Form", 3)]
    assert page.context["ready"] == 1


def test_a_gate_is_opened_in_two_presses(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    give_form(cast, client, "26001", "26002")
    who = ticked(client.get(gate(cast)), "26001", "26002")
    first = client.post(gate(cast, "open/"), {"who": who})
    assert first.status_code == 200
    assert "Craftsman opens for them at once" in first.content.decode()
    with everywhere("a test looks"):
        assert not Passage.objects.exists()
    done = client.post(gate(cast, "open/"), {"who": who, "confirmed": "1"})
    assert done.headers["Location"] == gate(cast)
    with everywhere("a test looks"):
        assert Passage.objects.filter(outcome="passed").count() == 2
        assert [step.state for step in path_of(cast.enrolments["26001"])] == ["passed", "open", "locked"]
    again = client.post(gate(cast, "open/"), {"who": who, "confirmed": "1"})
    assert again.status_code == 409
    assert "opened already, by 何静" in again.content.decode()


def test_a_large_gate_has_pages_and_all_who_are_ready_are_let_through_at_once(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "A_PAGE", 1)
    client = browse("coordinator")
    give_form(cast, client, "26001", "26002")
    first = client.get(gate(cast))
    assert (len(first.context["lines"]), first.context["before"], first.context["ready"]) == (1, 4, 2)
    second = client.get(gate(cast, "?page=2"))
    assert [line.one.enrolment.number for line in second.context["lines"]] == ["26002"]
    named = client.post(gate(cast, "open/"), {"who": ticked(first, "26001"), "do": "ready", "confirmed": "1"})
    assert [one.number for one in named.context["people"]] == ["26001", "26002"]
    with everywhere("a test looks"):
        assert not Passage.objects.exists()
    client.post(gate(cast, "open/"), {"who": named.context["who"], "confirmed": "1"})
    with everywhere("a test looks"):
        assert set(Passage.objects.values_list("enrolment__number", flat=True)) == {"26001", "26002"}


def test_what_changed_since_the_page_was_read_is_shown_anew_with_the_ticks(
    cast: Cast, browse: Browse
) -> None:
    client = browse("coordinator")
    give_form(cast, client, "26001")
    who = ticked(client.get(gate(cast)), "26001")
    with everywhere("a mentor leaves"):
        EnrolmentParty.objects.filter(enrolment=cast.enrolments["26001"]).update(ends_on=TODAY)
    page = client.post(gate(cast, "open/"), {"who": who, "confirmed": "1"})
    assert page.status_code == 409
    assert "A condition has changed" in page.content.decode()
    assert page.context["ticked"] == {cast.enrolments["26001"].public_id}


def test_who_is_not_ready_is_not_let_through(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    who = ticked(client.get(gate(cast)), "26001")
    page = client.post(gate(cast, "open/"), {"who": who, "confirmed": "1"})
    assert page.status_code == 409
    assert "1 apprentices do not meet" in page.content.decode()


def test_nobody_ticked_leads_back_and_a_stranger_is_not_found(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    assert client.post(gate(cast, "open/"), {}).headers["Location"] == gate(cast)
    for who in ("nobody.123", f"{cast.enrolments['26001'].public_id}.x", "\0.1"):
        status = client.post(gate(cast, "open/"), {"who": [who], "confirmed": "1"}).status_code
        assert status == (
            409 if who.startswith(cast.enrolments["26001"].public_id) else 404 if "nobody" in who else 302
        )


@pytest.mark.parametrize(
    "address", ["nothing/junior_craftsman/stage/", "{}/emperor/stage/", "{}/craftsman/moon/"]
)
def test_a_gate_that_there_is_not_is_not_found(address: str, cast: Cast, browse: Browse) -> None:
    where = f"/o/lanchuan/gates/{address.format(cast.cohort.public_id)}"
    assert browse("coordinator").get(where).status_code == 404


def test_to_stay_in_the_stage_needs_a_reason_and_the_apprentice_reads_it(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    who = ticked(client.get(gate(cast)), "26001")
    form = {"who": who, "do": "repeat", "until": "2027-01-31"}
    assert client.post(gate(cast, "open/"), form | {"because": " "}).status_code == 409
    assert client.post(gate(cast, "open/"), form | {"because": "x", "until": "no day"}).status_code == 409
    assert client.post(gate(cast, "open/"), form | {"because": "尺寸不稳定 <script>"}).status_code == 302
    with everywhere("a test looks"):
        row = Passage.objects.get()
    page = browse("apprentice").get(f"/o/lanchuan/gates/passages/{row.public_id}/").content.decode()
    assert "尺寸不稳定 &lt;script&gt;" in page
    assert "31 Jan 2027" in page


def test_the_apprentice_sees_the_own_gate_and_who_supplies_what(cast: Cast, browse: Browse) -> None:
    client = browse("apprentice")
    assert client.get("/o/lanchuan/gates/").headers["Location"] == of(cast)
    page = client.get(of(cast)).content.decode()
    assert "Your next gate" in page
    assert "from: Apprentice" in page
    assert "The paper is here" not in page
    assert client.get(of(cast, "26002")).status_code == 404


def test_a_paper_is_noted_and_the_note_taken_back(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    for _n in range(2):
        give_form(cast, client, "26001")
    with everywhere("a test looks"):
        assert Evidence.objects.filter(withdrawn_at=None).count() == 1
    client.post(of(cast, "26001", "stage/note/"), {"condition": "form", "do": "withdraw"})
    with everywhere("a test looks"):
        assert not Evidence.objects.filter(withdrawn_at=None).exists()
    assert client.post(of(cast, "26001", "stage/note/"), {"condition": "\0moon"}).status_code == 409


def test_a_condition_is_waived_with_name_and_reason_and_taken_back(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    where = of(cast, "26001", "stage/waive/")
    client.post(where, {"condition": "form", "because": ""})
    client.post(where, {"condition": "form", "because": "已在他处登记"})
    assert "已在他处登记" in client.get(of(cast)).content.decode()
    with everywhere("a test looks"):
        assert Waiver.objects.get().by == cast.people["coordinator"]
    client.post(where, {"condition": "form", "do": "withdraw"})
    with everywhere("a test looks"):
        assert not Waiver.objects.filter(withdrawn_at=None).exists()


def test_what_a_gate_asks_is_written_in_a_form_that_keeps_what_was_typed(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    page = client.get(gate(cast, "shape/"))
    assert page.context["version"] == 1
    form = {
        "version": "1", "on-mentor": "on", "by-mentor": "enterprise", "on-log": "on", "share-log": "0",
        "by-log": "apprentice", "zh-form": "申报表", "en-form": "", "by-form": "apprentice", "zh-paper-2": "",
    }  # fmt: skip
    wrong = client.post(gate(cast, "shape/"), form)
    assert wrong.status_code == 409
    assert "Line 2 needs a share" in wrong.content.decode()
    assert 'value="申报表"' in wrong.content.decode()
    assert client.post(gate(cast, "shape/"), form | {"share-log": "60"}).status_code == 302
    assert client.post(gate(cast, "shape/"), form | {"share-log": "70"}).status_code == 409
    with everywhere("a test looks"):
        row = gate_of(cast.college, stage(cast), "stage")
        assert row is not None
        assert [(one["kind"], one.get("share"), one["key"]) for one in row.conditions] == [
            ("mentor", None, "mentor"),
            ("log", "3/5", "log"),
            ("document", None, "form"),
        ]


@pytest.mark.parametrize("who", ["trainer", "assessor", "auditor", "officer"])
def test_nobody_else_opens_or_shapes(who: str, cast: Cast, browse: Browse) -> None:
    client = browse(who)
    place = gate(cast).replace("lanchuan", "lanchuan-bureau") if who in {"auditor", "officer"} else gate(cast)
    assert client.post(f"{place}open/", {"who": ["x.y"], "confirmed": "1"}).status_code in {403, 404}
    assert client.post(f"{place}shape/", {}).status_code in {403, 404}


def test_who_passed_a_stage_is_told_at_home_for_a_month(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    give_form(cast, client, "26001")
    who = ticked(client.get(gate(cast)), "26001")
    client.post(gate(cast, "open/"), {"who": who, "confirmed": "1"})
    home = browse("apprentice").get("/o/lanchuan/").content.decode()
    assert "from now on you are Craftsman" in home
    with everywhere("a test looks"):
        row = Passage.objects.get()
    page = browse("apprentice").get(f"/o/lanchuan/gates/passages/{row.public_id}/").content.decode()
    assert "passed Junior craftsman and is now" in page
    assert browse("classmate").get(f"/o/lanchuan/gates/passages/{row.public_id}/").status_code == 404
