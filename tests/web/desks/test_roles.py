"""What each role finds on its home page, figure by figure."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.queries import results_of_cohort
from craftpath.kernel.access import join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SheetImport, take_sheet
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY
from tests.web.desks.conftest import assess

WHERE = {
    "coordinator": "lanchuan", "administrator": "lanchuan", "trainer": "lanchuan", "assessor": "lanchuan",
    "hr": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau",
    "apprentice": "lanchuan", "classmate": "lanchuan", "mentor": "jinheng",
}  # fmt: skip


def _said(lines):
    return [(line.label, line.note, line.badge) for line in lines]


def _upload(cast, who, name="marks.csv"):
    with everywhere("a test uploads"):
        return take_sheet(
            content=b"x", name=name, kind="marks", target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
            reading={}, organisation=cast.college, by=cast.actor(who), at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(("who", "where"), WHERE.items())
def test_every_role_has_a_desk_and_every_link_on_it_leads_somewhere(cast, browse, who, where):
    assess(cast, [cast.enrolments["26003"]])
    client = browse(who)
    page = client.get(f"/o/{where}/")
    assert page.status_code == 200
    assert [desk.role.value for desk in page.context["desks"]] == [
        who if who != "classmate" else "apprentice"
    ]
    urls = {line.url for desk in page.context["desks"] for line in (*desk.waiting, *desk.needs) if line.url}
    assert [(url, client.get(url).status_code) for url in sorted(urls)] == [
        (url, 200) for url in sorted(urls)
    ]


def test_the_coordinator_sees_what_to_do_next(cast, desk_of):
    cohort = "Welders 2026/1"
    assert _said(desk_of("coordinator")["waiting"]) == [
        ("Choose the scheme for Craftsman", cohort, ""),
        (
            "Decide the result of 1 apprentice",
            f"{cohort}, Junior craftsman: all marks are in",
            "",
        ),
        ("Print the sign-in slips of 5 apprentices", cohort, ""),
    ]


def test_the_coordinator_sees_who_needs_help(cast, desk_of):
    stage = "Welders 2026/1, Junior craftsman"
    desk = desk_of("coordinator")["desks"][0]
    assert [(line.label, line.note, line.act) for line in desk.needs] == [
        ("Welders 2026/1", "1 without a mentor", "Pair them"),
    ]
    assert _said(desk.figures["missed"]) == [
        ("Final examination is still open", stage, "3 of 4"),
        ("Workshop task 2 is still open", stage, "2 of 4"),
        ("Workshop task 1 is still open", stage, "1 of 4"),
        ("赵一鸣", "no mark yet in Junior craftsman, Welders 2026/1", "26004"),
    ]


def test_the_board_says_how_each_stage_stands(cast, desk_of):
    (row,) = desk_of("coordinator")["desks"][0].figures["board"]
    shown = [
        (text.name["en"], text.here, text.tally.complete, text.tally.open, text.tally.mean)
        for text in row.stages
    ]
    assert shown == [("Junior craftsman", 4, 1, 3, Decimal("80.5")), ("Craftsman", 1, 0, 0, None)]
    assert row.people == 5


def test_the_mean_is_that_of_the_results_page(cast, desk_of, grow, all_rows):
    grow(6, marked=5)
    (row,) = desk_of("coordinator")["desks"][0].figures["board"]
    totals = [found.total for found in results_of_cohort(cast.evaluation) if found.total is not None]
    assert row.stages[0].tally.mean == (sum(totals) / len(totals)).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    assert row.stages[0].tally.complete == len(totals) == 6


def test_imports_on_their_way_wait_for_the_coordinator_and_for_who_began_them(cast, desk_of, browse):
    mine, other = _upload(cast, "trainer", "quiz.csv"), _upload(cast, "coordinator", "exam.csv")
    assert [line.label for line in desk_of("trainer")["waiting"]] == ["Go on with quiz.csv"]
    labels = [line.label for line in desk_of("coordinator")["waiting"]]
    assert labels[:2] == ["Go on with exam.csv", "Go on with quiz.csv"]
    assert {other.public_id, mine.public_id} == {
        line.url.strip("/").split("/")[-1] for line in desk_of("coordinator")["waiting"][:2]
    }


def test_a_name_with_markup_stays_a_name(cast, browse):
    _upload(cast, "coordinator", "<script>alert(1)</script>.csv")
    Person.objects.filter(pk=cast.people["classmate"].pk).update(name="<img src=x onerror=alert(1)>")
    for who in ("coordinator", "mentor"):
        page = browse(who).get(f"/o/{WHERE[who]}/").content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


def test_the_trainer_sees_what_is_missing_by_item(cast, desk_of):
    (desk,) = desk_of("trainer")["desks"]
    assert desk.needs == []
    missed = desk.figures["missed"]
    assert [(line.label, line.badge) for line in missed] == [
        ("Final examination is still open", "3 of 4"),
        ("Workshop task 2 is still open", "2 of 4"),
        ("Workshop task 1 is still open", "1 of 4"),
    ]
    assert missed[0].url == f"/o/lanchuan/results/{cast.evaluation.public_id}/?missing=final_exam"


def test_the_apprentice_sees_the_sum_in_words_and_what_is_open(cast, desk_of):
    page = desk_of("classmate")
    assert _said(page["waiting"]) == [
        ("What did you do today?", "One line or a photo is enough.", ""),
        ("Workshop task 2", "not in yet; it still counts", ""),
        ("Final examination", "not in yet; it still counts", ""),
    ]
    card = page["desks"][0].figures["card"]
    assert (card.words, card.figure, card.final) == (
        "37.5 of 45 so far; two marks left, 55 points still open.", "37.5", False,
    )  # fmt: skip
    assert [(part.key, part.earned, part.open) for part in card.parts] == [
        ("process", Decimal("27.0"), Decimal("0.0")),
        ("practical", Decimal("10.5"), Decimal("15.0")),
        ("exam", Decimal("0.0"), Decimal("40.0")),
    ]
    assert [(step["number"], step["state"]) for step in card.path] == [
        ("1", "current"),
        ("2", "next"),
        ("3", "next"),
    ]
    assert card.gate == "Craftsman, after this stage is passed"
    assert card.why.endswith(f"/{cast.enrolments['26002'].public_id}/")


def test_the_apprentice_sees_nobody_else(cast, browse):
    page = unescape(browse("apprentice").get("/o/lanchuan/").content.decode())
    assert "80.5" in page
    assert not [name for name in ("林浩然", "欧阳思远", "赵一鸣", "孙佳怡") if name in page]


def test_an_apprentice_in_a_stage_without_evaluation_is_told_so(cast, browse):
    client = browse("")
    client.force_login(cast.enrolments["26005"].person)
    page = unescape(client.get("/o/lanchuan/").content.decode())
    assert "This stage has no evaluation yet." in page


def test_the_mentor_sees_their_own_as_cards_with_the_odd_ones_first(cast, desk_of):
    page = desk_of("mentor", "jinheng")
    (desk,) = page["desks"]
    cards = desk.figures["cards"]
    assert [(card.learner.enrolment.number, card.figure) for card in cards] == [
        ("26001", "80.5"),
        ("26002", "37.5"),
    ]
    assert desk.needs == []
    with everywhere("a test marks"):
        absent = [NewMark(cast.enrolments["26002"].pk, "task2", "absent")]
        record_marks(cast.evaluation, absent, by=cast.actor("coordinator"), at=AT)
    (desk,) = desk_of("mentor", "jinheng")["desks"]
    assert [(line.label, line.note) for line in desk.needs] == [("林浩然", "Workshop task 2 – Absent")]


def test_a_mentor_without_apprentices_is_told_how_they_come(cast, browse):
    newcomer = Person.objects.create_user("m09", name="石磊")
    join([newcomer], cast.jinheng, Role.MENTOR, on=TODAY.replace(month=1))
    client = browse("")
    client.force_login(newcomer)
    page = unescape(client.get("/o/jinheng/").content.decode())
    assert "No apprentice is with you yet" in page


def test_the_assessor_sees_whom_they_assess(cast, browse, desk_of):
    page = unescape(browse("assessor").get("/o/lanchuan/").content.decode())
    assert "No apprentice is assigned to you yet" in page
    assess(cast, [cast.enrolments["26003"]])
    (desk,) = desk_of("assessor")["desks"]
    assert [card.learner.enrolment.number for card in desk.figures["cards"]] == ["26003"]
    assert _said(desk.needs) == [("欧阳思远", "Final examination – Deferred", "Junior craftsman")]


def test_hr_sees_the_enterprise_s_own_people(cast, desk_of):
    (desk,) = desk_of("hr", "jinheng")["desks"]
    shown = [(card.learner.enrolment.number, card.stage, card.figure) for card in desk.figures["cards"]]
    assert shown == [
        ("26001", "Junior craftsman", "80.5"), ("26002", "Junior craftsman", "37.5"), ("26005", "Craftsman", ""),
    ]  # fmt: skip
    assert [(line.label, line.note, line.act) for line in desk.needs] == [
        ("孙佳怡", "no mentor", "Name a mentor"),
    ]


def test_the_officer_sees_no_person_and_no_small_cell(cast, browse, desk_of, grow):
    join([cast.people["officer"]], cast.college, Role.OFFICER, on=TODAY.replace(month=1))

    def cells():
        figures = desk_of("officer")["desks"][0].figures
        return [(cell.n, cell.share, cell.mean, cell.mean_n) for cell in figures["cells"]]

    def city():
        (place,) = desk_of("officer", "lanchuan-bureau")["desks"][0].figures["places"].rows
        return (place.people, place.share, [(one.label, one.n) for one in place.stages])

    assert cells() == [(None, None, None, 0), (None, None, None, 0)]  # 4 and 0 results
    assert city() == (None, None, [])
    grow(1)
    assert cells()[0] == (5, None, None, 0)  # one complete: it would be a person
    assert city() == (5, None, [("Junior craftsman", 5)])  # one in the next stage: it would be a person
    grow(5, marked=4, start=2)
    assert cells()[0] == (10, 50, Decimal("76.1"), 5)  # 80.5 and four times 75.0
    assert city() == (10, 50, [("Junior craftsman", 10)])
    page = unescape(browse("officer").get("/o/lanchuan-bureau/").content.decode())
    assert not [row.person.name for row in cast.enrolments.values() if row.person.name in page]


def test_the_auditor_sees_the_latest_history_in_words(cast, desk_of):
    entries = desk_of("auditor", "lanchuan-bureau")["desks"][0].figures["latest"]
    assert entries[0].what == "recorded marks for Welders 2026/1 · Junior craftsman; new: 16, changed: 0"
    assert {entry.who for entry in entries} == {"何静"}


def test_the_administrator_sees_the_tree_with_its_people(cast, desk_of):
    figures = desk_of("administrator")["desks"][0].figures
    assert [(place.url, place.people) for place in figures["places"].rows] == [("/o/lanchuan-east/", 0)]
    assert figures["counted"] is not None
    assert figures["roles"] == [
        (Role.APPRENTICE, 5), (Role.TRAINER, 1), (Role.COORDINATOR, 1), (Role.ASSESSOR, 1), (Role.ADMINISTRATOR, 1),
    ]  # fmt: skip


def test_somebody_with_two_roles_is_one_person_of_the_tree(cast, desk_of):
    join([cast.people["administrator"]], cast.college, Role.COORDINATOR, on=TODAY.replace(month=1))
    page = desk_of("administrator")
    assert ("9", "people have a role") in [(one.figure, one.words) for one in page["sums"]]
    assert [desk.role for desk in page["desks"]] == [Role.ADMINISTRATOR, Role.COORDINATOR]


def test_places_count_what_lies_below_them(cast, desk_of):
    join([cast.people["administrator"]], cast.city, Role.ADMINISTRATOR, on=TODAY.replace(month=1))
    join([cast.people["trainer"]], cast.campus, Role.TRAINER, on=TODAY.replace(month=1))
    shown = desk_of("administrator", "lanchuan-bureau")["desks"][0].figures["places"].rows
    assert {place.url: place.people for place in shown} == {
        "/o/lanchuan/": 10, "/o/jinheng/": 2, "/o/qinghe/": 1,
    }  # fmt: skip


def test_an_empty_house_says_what_to_do_first(browse, desk_of):
    assert _said(desk_of("stranger", "dongling")["waiting"]) == [
        ("Plan your first cohort", "Its name, occupation, programme and first day.", ""),
        ("Then upload your roster", "Your own spreadsheet will do; the cohort's page takes it.", ""),
    ]


def test_an_upload_that_nobody_took_in_is_on_its_way_for_two_weeks(cast, browse):
    for age in (1, 13, 15, 300):
        sheet = _upload(cast, "coordinator", f"{age}.csv")
        with everywhere("a test turns back the clock"):
            SheetImport.objects.filter(pk=sheet.pk).update(made_at=timezone.now() - timedelta(days=age))
    page = browse("administrator").get("/o/lanchuan/")
    assert page.context["desks"][0].figures["imports"] == 2
    assert "Imports on their way, of the last 14 days" in page.content.decode()


def test_a_mean_has_the_scheme_s_places_here_and_on_the_results_page(cast, browse):
    with everywhere("a test marks"):
        record_marks(
            cast.evaluation,
            [NewMark(cast.enrolments["26001"].pk, "final_exam", "scored", Decimal("71.25"))],
            by=cast.actor("coordinator"),
            at=AT,
        )
    client = browse("coordinator")
    results = client.get(f"/o/lanchuan/results/{cast.evaluation.public_id}/")
    for page in (client.get("/o/lanchuan/"), results):
        assert re.search(r">79\.0\b", page.content.decode())
    assert not re.search(r">79<", results.content.decode())


def test_an_absence_of_an_earlier_stage_singles_nobody_out_in_the_present_one(cast, desk_of):
    with everywhere("a test writes"):
        absent = [NewMark(cast.enrolments["26001"].pk, "task1", "absent")]
        record_marks(cast.evaluation, absent, by=cast.actor("coordinator"), at=AT)
        pass_stages(
            [cast.enrolments["26001"]],
            stage=cast.evaluation.stage,
            on=TODAY,
            by=cast.actor("coordinator"),
            at=AT,
        )
    cards = desk_of("mentor", "jinheng")["desks"][0].figures["cards"]
    oddities = {card.learner.enrolment.number: card.oddity for card in cards}
    assert oddities["26001"] == ""
