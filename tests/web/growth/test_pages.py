"""Skill pages: figures and their words, who reads what, what is refused stays typed, queries for few and many."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from craftpath.domain.apprenticeships.actions import RosterEntry, appoint, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.growth.models import SkillGoal, SkillObjection, SkillView
from craftpath.domain.standards import actions as standards
from craftpath.domain.standards.content import Node
from craftpath.domain.standards.models import Framework
from craftpath.domain.standards.queries import CORE
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.growth import world
from tests.domain.growth.world import PLANS, TALKS, TEAM, known, logged, rated, view

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def seen(cast: Cast, seen_as: str = "alone", number: str = "26001", skill: str = TALKS) -> None:
    """Today, whichever day that is: what is older counts less."""
    world.seen(cast, seen_as, number, timezone.localdate(), skill, at=timezone.now())


def client(person: Person) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(person)
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"growth:{page}", args=[at, *ids])


def mine(cast: Cast, page: str = "one", *more: str, number: str = "26001", at: str = "lanchuan") -> str:
    return url(page, cast.enrolments[number].public_id, *more, at=at)


def text(response: Any) -> str:
    return str(response.content.decode())


def crowd(cast: Cast, people: int) -> None:
    """More apprentices of the mentor of 26001, each observed once."""
    rows = [
        RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng, mentor="周国栋") for n in range(people)
    ]
    take_roster(cast.cohort, rows, by=cast.actor("coordinator"), at=AT)
    for row in Enrolment.objects.filter(cohort=cast.cohort, number__startswith="27").select_related(
        "person", "enterprise", "cohort__organisation"
    ):
        cast.enrolments[row.number] = row
        seen(cast, "alone" if int(row.number) % 2 else "helped", row.number)


def test_the_own_page_says_level_doubt_and_what_to_do_next(place: Cast) -> None:
    seen(place)
    logged(place, PLANS)
    view(place, "apprentice", {TALKS: 2})
    page = text(client(place.people["apprentice"]).get(mine(place)))
    assert "My core skills" in page
    assert "Mostly alone" in page
    assert "own view 2.0 (−1.0)" in page
    assert "practised, not looked at" in page
    assert "What to do next" in page
    assert "Ask 周国栋 to watch you" in page
    assert '"kind": "radar"' in page
    assert "peers 3" not in page  # nobody else has a proof


def test_peers_stand_there_from_five_others_on(place: Cast) -> None:
    seen(place)
    crowd(place, 4)
    own = client(place.people["apprentice"])
    assert "(n = 4)" not in text(own.get(mine(place)))
    crowd(place, 5)
    assert "peers 2.8 (n = 5)" not in text(own.get(mine(place)))  # 5 are there, each observed at least once
    page = text(own.get(mine(place)))
    assert "(n = 5)" in page


def test_a_mentor_who_knows_some_of_the_others_gets_no_median_of_the_rest(place: Cast) -> None:
    crowd(place, 5)
    seen(place, number="26003")  # of another mentor: five known ones, and one who could be told
    there = client(place.people["mentor"])
    assert "peers " not in text(there.get(mine(place, at="jinheng")))
    page = text(client(place.people["coordinator"]).get(mine(place)))
    assert "(n = 6)" in page


def test_who_reads_whose_skills(place: Cast) -> None:
    address = mine(place)
    found = {
        who: client(place.people[who]).get(address).status_code
        for who in ("apprentice", "classmate", "coordinator", "trainer", "stranger", "officer")
    }
    assert found == {
        "apprentice": 200, "classmate": 404, "coordinator": 200, "trainer": 200, "stranger": 404, "officer": 403,
    }  # fmt: skip
    assert client(place.people["mentor"]).get(mine(place, at="jinheng")).status_code == 200
    assert client(place.people["mentor"]).get(mine(place, number="26003", at="jinheng")).status_code == 404


def test_the_beginning_leads_everybody_on(place: Cast) -> None:
    went = client(place.people["apprentice"]).get(url("entry"))
    assert went.status_code == 302
    assert went["Location"] == mine(place)
    assert "林浩然" in text(client(place.people["mentor"]).get(url("entry", at="jinheng")))
    assert url("cohort", place.cohort.public_id) in text(client(place.people["trainer"]).get(url("entry")))
    by = {"by": place.actor("coordinator"), "at": AT}
    appoint([place.enrolments["26003"]], person=place.people["assessor"], role="assessor", on=TODAY, **by)
    page = text(client(place.people["assessor"]).get(url("entry")))
    assert "欧阳思远" in page
    assert "林浩然" not in page


def test_the_timeline_says_what_was_seen_by_whom_and_what_it_moves(place: Cast) -> None:
    seen(place)
    rated(place, {"seam": "4", "safety": "3", "tidy": "4"})
    logged(place)
    page = text(client(place.people["apprentice"]).get(mine(place, "skill", TALKS)))
    assert "Did it alone" in page
    assert "说得清楚。" in page
    assert "Good" not in page  # the scale is ours, not the rubric's
    assert "moves the level by +" in page
    assert "says nothing of how well" in page
    assert "焊一条角焊缝 · 安全" in page or "焊一条角焊缝 · Safety" in page


def test_a_mentors_words_are_for_those_who_help_and_not_for_an_office(place: Cast) -> None:
    view(place, "mentor", {TALKS: 3}, words="有点急躁。")
    readers = {"apprentice": "lanchuan", "coordinator": "lanchuan", "mentor": "jinheng", "hr": "jinheng"}
    reads = {}
    for who, at in readers.items():
        page = text(client(place.people[who]).get(mine(place, "skill", TALKS, at=at)))
        assert "周国栋" in page
        reads[who] = "有点急躁。" in page
    assert reads == {"apprentice": True, "coordinator": True, "mentor": True, "hr": False}


def test_who_does_not_see_the_list_of_a_proof_answers_where_it_counts(place: Cast) -> None:
    by = place.actor("coordinator")
    row = standards.draft_framework(
        organisation=place.college, name={"en": "Ours"}, about={"audience": "own"}, by=by, at=AT
    )
    hand = standards.add_node(row, Node("", name={"en": "Lend a hand"}), by=by, at=AT).key
    standards.publish_framework(row, by=by, at=AT)
    standards.match_skills(hand, TEAM, kind="exact", strength=3, organisation=place.college, by=by, at=AT)
    seen(place, skill=hand)
    own, mentor = client(place.people["apprentice"]), client(place.people["mentor"])
    proof = text(own.get(mine(place, "skill", TEAM))).split('name="proof" value="')[1].split('"')[0]
    own.post(mine(place, "object", TEAM), {"proof": proof, "words": "这是沟通。"})
    objection = SkillObjection.objects.get()
    there = mine(place, "skill", TEAM, at="jinheng")
    assert objection.skill == hand
    assert there in text(mentor.get(url("entry", at="jinheng")))
    assert "这是沟通。" in text(mentor.get(there))
    answer = mentor.post(
        url("answer", objection.public_id, "uphold", at="jinheng"), {"answer": "同意。", "skill": TEAM}
    )
    assert answer["Location"] == there
    assert "1 proof counts no more" in text(own.get(mine(place, "skill", TEAM)))
    assert "1 proof counts no more" in text(own.get(mine(place, "skill", hand)))


def test_a_goal_is_set_and_a_refused_one_stays_typed(place: Cast) -> None:
    own = client(place.people["apprentice"])
    long = "一" * 201
    refused = own.post(mine(place, "goal", TALKS), {"words": long})
    assert refused.status_code == 409
    assert long in text(refused)
    own.post(mine(place, "goal", TALKS), {"words": "自己写交接记录。"})
    row = SkillGoal.objects.get()
    assert "自己写交接记录。" in text(own.get(mine(place)))
    assert "自己写交接记录。" in text(
        client(place.people["mentor"]).get(mine(place, "skill", TALKS, at="jinheng"))
    )
    assert own.post(url("end_goal", row.public_id, "reach")).status_code == 302
    assert own.post(url("end_goal", row.public_id, "juggle")).status_code == 404
    assert SkillGoal.objects.get().state == "reached"


def test_an_objection_goes_to_those_who_help_and_back(place: Cast) -> None:
    seen(place)
    own, mentor = client(place.people["apprentice"]), client(place.people["mentor"])
    proof = text(own.get(mine(place, "skill", TALKS))).split('name="proof" value="')[1].split('"')[0]
    typed = {"proof": proof, "words": "x" * 301}
    refused = own.post(mine(place, "object", TALKS), typed)
    assert refused.status_code == 409
    assert "x" * 301 in text(refused)
    own.post(mine(place, "object", TALKS), typed | {"words": "这是合作。"})
    row = SkillObjection.objects.get()
    assert "这是合作。" in text(mentor.get(url("entry", at="jinheng")))
    empty = mentor.post(url("answer", row.public_id, "reject", at="jinheng"), {"answer": ""})
    assert empty.status_code == 409
    mentor.post(url("answer", row.public_id, "uphold", at="jinheng"), {"answer": "同意。"})
    page = text(own.get(mine(place, "skill", TALKS)))
    assert "1 proof counts no more" in page
    assert "同意。" in page


def test_a_self_check_is_kept_and_what_makes_no_sense_stays_typed(place: Cast) -> None:
    own, name = client(place.people["apprentice"]), str(uuid.uuid4())
    assert text(own.get(mine(place, "check"))).count('<fieldset class="growth-pick">') == 19
    none = own.post(mine(place, "check"), {"made_id": name, "words": "今天忙。"})
    assert none.status_code == 409
    assert "今天忙。" in text(none)
    for wrong in ("9", "x", "1.5", "-1"):
        assert own.post(mine(place, "check"), {"made_id": name, f"skill-{TALKS}": wrong}).status_code == 409
    good = {"made_id": name, f"skill-{TALKS}": "3", f"skill-{PLANS}": "0"}
    for _ in range(2):
        assert own.post(mine(place, "check"), good).status_code == 302
    assert SkillView.objects.get().levels == {TALKS: 3}
    assert client(place.people["coordinator"]).get(mine(place, "check")).status_code == 403


def test_a_cohort_is_a_map_and_a_file_of_the_same_figures(place: Cast) -> None:
    seen(place)
    logged(place, PLANS)
    there = client(place.people["trainer"])
    page = text(there.get(url("cohort", place.cohort.public_id)))
    assert "Communication: 3.0, Mostly alone, proofs: 1" in page
    assert "Planning and organizing: practised or taught, not looked at" in page
    book = there.get(url("export", place.cohort.public_id, "xlsx"))
    sheet = load_workbook(io.BytesIO(book.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert {(row[0], row[4], row[5], row[8], row[9]) for row in rows[1:]} == {
        ("26001", "Communication", 3, 1, 0), ("26001", "Planning and organizing", None, 0, 1),
    }  # fmt: skip
    csv = there.get(url("export", place.cohort.public_id, "csv"))
    assert text(csv).count("26001") == 2
    assert there.get(url("export", place.cohort.public_id, "pdf")).status_code == 404
    enterprise = text(client(place.people["hr"]).get(url("cohort", place.cohort.public_id, at="jinheng")))
    assert "陈雨桐" in enterprise
    assert "赵一鸣" not in enterprise


@pytest.mark.parametrize("page", ["one", "cohort"])
def test_a_page_asks_the_same_of_few_and_of_many(place: Cast, page: str) -> None:
    seen(place)
    there = client(place.people["trainer"])
    address = mine(place) if page == "one" else url("cohort", place.cohort.public_id)
    counts = []
    for people in (0, 40):
        crowd(place, people) if people else None
        there.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert there.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 60


def test_nothing_breaks_before_a_stage_or_without_frameworks(cast: Cast) -> None:
    there = client(cast.people["apprentice"])
    assert there.get(mine(cast)).status_code == 200
    assert "class" in text(client(cast.people["trainer"]).get(url("cohort", cast.cohort.public_id)))


def test_the_paper_says_what_the_page_says(place: Cast) -> None:
    seen(place)
    logged(place, PLANS)
    there = client(place.people["apprentice"])
    address = f"/o/lanchuan/print/of/{place.enrolments['26001'].public_id}/core-skills"
    book = load_workbook(io.BytesIO(there.get(address + "?form=xlsx&language=en").content))
    cells = [
        [cell for cell in row if cell is not None]
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    talks = next(row for row in cells if "Communication" in row)
    assert talks[talks.index("Communication") :] == ["Communication", "3.0", "2.1–3.9", 1]
    plans = next(row for row in cells if "Planning and organizing" in row)
    assert "3.0" not in plans
    assert any("80.5" in [str(cell) for cell in row] for row in cells)  # the technical result of the stage
    pdf = there.get(address + "?language=both")
    assert pdf["Content-Type"] == "application/pdf"
    assert client(place.people["classmate"]).get(address).status_code == 404


def test_the_page_of_a_skill_says_where_it_is_used(place: Cast) -> None:
    seen(place)
    framework = Framework.objects.get(key=CORE, state="published")
    address = reverse("frameworks:skill", args=["lanchuan", framework.public_id, TALKS])
    page = text(client(place.people["trainer"]).get(address))
    assert re.search(r"Observed jobs</span>\s*<span[^>]*>1</span>", page)
    assert "Learning outcomes" in page


def test_another_framework_is_chosen_and_what_counts_by_way_of_it_is_said(place: Cast) -> None:
    seen(place, skill="ilo2013-work_with_others")
    seen(place, skill="ilo2013-find_the_problem")
    own, other = client(place.people["apprentice"]), "?framework=ilo-core-work-skills-2013"
    for address in (mine(place), mine(place) + other):
        page = text(own.get(address))
        assert '<option value="ilo-core-skills-2021"' in page
        assert ("Work with others" in page) == address.endswith(other)
        assert "3.0" in page
    page = text(own.get(mine(place, "skill", TEAM)))
    assert re.search(r"by way of Work with others · .*, which says the same", page)
    assert "How far it goes: the levels of the framework" in page
    page = text(own.get(mine(place, "skill", "problem_solving_decision_making")))
    assert "1 proof there" in page
    assert "by way of" not in page
    goal = mine(place, "goal", "ilo2013-work_with_others")
    assert own.post(goal, {"words": "搭把手。"}).status_code == 302
    there = client(place.people["trainer"])
    assert "Work with others: 3.0" in text(there.get(url("cohort", place.cohort.public_id) + other))
    assert "work with others" in text(there.get(url("export", place.cohort.public_id, "csv") + other)).lower()
    assert own.get(mine(place, "skill", "no-such-skill")).status_code == 404
    assert own.get(mine(place) + "?framework=no%00such").status_code == 200
