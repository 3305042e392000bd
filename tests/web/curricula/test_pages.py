"""Pages of the studio: the same queries for few and many, who finds what, what is refused stays, nothing twice."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from craftpath.domain.curricula.actions import draft_version, open_review, put_in, save_card, set_minutes
from craftpath.domain.curricula.models import (
    ChosenUnit,
    Curriculum,
    CurriculumVersion,
    ReviewComment,
    Reviewer,
    UnitCard,
    VersionReview,
)
from craftpath.domain.programmes.models import Programme
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.domain.curricula.world import asked, card, complete, cooperating, first, keys, values

pytestmark = pytest.mark.usefixtures("all_rows")
JUNIOR = "junior_craftsman"


@pytest.fixture(autouse=True)
def frameworks(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"curricula:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def version_page(version: CurriculumVersion, page: str = "version", at: str = "lanchuan") -> str:
    return url(page, version.public_id, at=at)


def reviewed(cast: Cast) -> VersionReview:
    """A complete version before all sides, from today on."""
    cooperating(cast)
    version = complete(first(cast), cast.actor("coordinator"))
    return open_review(
        version, asked(cast), due_on=timezone.localdate() + timedelta(days=10), revision=version.revision,
        by=system(), at=timezone.now(),
    )  # fmt: skip


# ---- Reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["list", "library", "version", "coverage", "trace", "review", "compare"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    version, counts, asks = first(cast), [], client(cast, "trainer")
    review = reviewed(cast) if page == "review" else None
    second = draft_version(version, by=cast.actor("coordinator"), at=AT)
    for rows in (1, 9):
        for n in range(rows):
            made = save_card(
                cast.college, values(f"more_{rows}_{n}", prerequisites=("quality",)), by=system(), at=AT
            )
            second.refresh_from_db()
            put_in(second, made, stage=JUNIOR, revision=second.revision, by=system(), at=AT)
            if review is not None:
                ReviewComment.objects.create(
                    review=review, person=cast.people["trainer"], side="college", about="unit", key="quality",
                    words="?", made_id=f"{rows}-{n}", made_at=AT,
                )  # fmt: skip
        shown = version if page == "review" else second
        ids = {"list": [], "library": [], "compare": [second.curriculum.public_id]}
        address = url(page, *ids.get(page, [shown.public_id]))
        asks.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert asks.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] < 45


def test_the_board_shows_stages_hours_with_sign_and_what_does_not_fit(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    made = save_card(cast.college, values("measuring", prerequisites=("quality",)), by=by, at=AT)
    put_in(version, made, stage=JUNIOR, revision=1, by=by, at=AT)
    save_card(cast.college, values("spare"), by=by, at=AT)
    page = text(client(cast).get(version_page(version)))
    for part in (
        "Junior craftsman", "20 h too many", "“Unit measuring” comes before “Quality", "Learning areas",
        "Put it in", 'name="hours-quality"',
    ):  # fmt: skip
        assert part in page, part
    auditor = text(client(cast, "auditor").get(version_page(version, at="lanchuan-bureau")))
    assert 'name="hours-quality"' not in auditor


def test_whoever_is_not_asked_and_has_no_office_finds_nothing(cast: Cast) -> None:
    version = first(cast)
    assert client(cast, "mentor").get(version_page(version, at="jinheng")).status_code == 404
    assert client(cast, "apprentice").get(version_page(version)).status_code == 404
    assert client(cast, "apprentice").get(url("list")).status_code == 403
    reviewed(cast)
    for page in ("version", "coverage", "trace", "review"):
        assert client(cast, "mentor").get(version_page(version, page, at="jinheng")).status_code == 200


# ---- Beginning and changing ----------------------------------------------------------------------


def start_form(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "name_zh": "数控车工", "name_en": "CNC turners", "occupation_zh": "车工", "key": "cnc",
        "programme": cast.programme.public_id, "scheme": cast.preset.public_id,
    } | more  # fmt: skip


def test_a_curriculum_begins_and_a_second_press_begins_no_other(cast: Cast) -> None:
    asks = client(cast, "trainer")
    for _press in range(2):
        assert asks.post(url("new"), start_form(cast)).status_code == 302
    assert Curriculum.objects.count() == 1
    again = asks.post(url("new"), start_form(cast, name_en="Other"))
    assert again.status_code == 409
    assert "There is a curriculum with the key" in text(again)
    assert 'value="Other"' in text(again)


def test_hours_typed_are_kept_with_a_move_and_a_move_twice_is_one(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    form = {
        "revision": "1", "hours-quality": "61:30", "hours-safety_first": "24",
        "do": f"move:house_rules/{JUNIOR}/1",
    }  # fmt: skip
    for _press in range(2):
        assert asks.post(version_page(version), form).status_code == 302
    assert keys(version, JUNIOR)[0] == "house_rules"
    assert version.units.get(key="quality").minutes == 61 * 60 + 30
    assert CurriculumVersion.objects.get().revision == 3


@pytest.mark.parametrize("typed", ["moon", "-3", "1:75", "９", "99999999"])
def test_hours_that_cannot_be_read_are_said_in_their_card_and_nothing_is_lost(cast: Cast, typed: str) -> None:
    version = first(cast)
    answer = client(cast).post(
        version_page(version), {"revision": "1", "hours-quality": typed, "hours-house_rules": "41"}
    )
    assert answer.status_code == 422
    assert f'value="{typed[:12]}"' in text(answer)
    assert 'value="41"' in text(answer)
    assert version.units.get(key="house_rules").minutes == 40 * 60


def test_a_change_by_somebody_else_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    version = first(cast)
    set_minutes(version, {"quality": 50 * 60}, revision=1, by=cast.actor("trainer"), at=AT)
    answer = client(cast).post(version_page(version), {"revision": "1", "hours-quality": "70"})
    assert answer.status_code == 409
    assert "马建国 has changed this draft" in text(answer)
    assert 'value="70"' in text(answer)
    assert "now 50" in text(answer)
    assert version.units.get(key="quality").minutes == 3000


def test_a_unit_is_put_in_and_taken_out_on_the_board(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    save_card(cast.college, values(), by=cast.actor("coordinator"), at=AT)
    asks.post(version_page(version), {"revision": "1", "do": "in:", "card": "measuring", "stage": JUNIOR})
    assert keys(version, JUNIOR)[-1] == "measuring"
    asks.post(version_page(version), {"revision": "2", "do": "out:measuring"})
    assert "measuring" not in keys(version, JUNIOR)
    refused = asks.post(
        version_page(version), {"revision": "3", "do": "in:", "card": "moon", "stage": JUNIOR}
    )
    assert refused.status_code == 409


def test_coverage_is_ticked_together_and_links_of_other_stages_stay(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    page = text(asks.get(version_page(version, "coverage") + "?ticks=1"))
    assert "No assessment shows" in page
    form = {"revision": "1", "outcome": ["measure"], "unit|measure|tools_materials": "1",
            "assessment|measure|final_exam": "1"}  # fmt: skip
    for _press in range(2):
        assert asks.post(version_page(version, "coverage"), form).status_code == 302
    outcome = version.outcomes.get(key="measure")
    assert [one.key for one in outcome.assessments.all()] == ["final_exam"]
    assert [one.key for one in outcome.units.all()] == ["tools_materials"]
    assert CurriculumVersion.objects.get().revision == 2
    stale = asks.post(version_page(version, "coverage"), form | {"unit|measure|quality": "1"})
    assert stale.status_code == 409
    assert 'name="unit|measure|tools_materials" value="1" checked' in text(stale)


def test_an_outcome_and_an_assessment_are_written_and_left_out(cast: Cast) -> None:
    version, asks = first(cast), client(cast, "trainer")
    asks.post(version_page(version, "new_outcome"), {
        "revision": "1", "name_en": "sets the tools", "units": ["quality"], "skills": ["communication"],
        "tasks": "对刀\n换刀",
    })  # fmt: skip
    outcome = version.outcomes.get(key="sets_the_tools")
    assert [one["words"] for one in outcome.tasks] == ["对刀", "换刀"]
    asks.post(
        version_page(version, "new_assessment"), {"revision": "2", "name_en": "Work sample", "words": "轴"}
    )
    assert version.assessments.get(key="work_sample").words == "轴"
    traced = text(asks.get(version_page(version, "trace") + "?from=task:对刀"))
    assert "sets the tools" in traced
    assert "names the hazards" not in traced
    asks.post(url("drop", version.public_id, "outcome", "sets_the_tools"), {"revision": "3"})
    assert not version.outcomes.filter(key="sets_the_tools").exists()
    wrong = asks.post(version_page(version, "new_outcome"), {"revision": "4"})
    assert wrong.status_code == 422


# ---- The library ---------------------------------------------------------------------------------


def card_form(**more: Any) -> dict[str, Any]:
    return {
        "name_zh": "测量", "name_en": "Measuring", "hours": "30:30", "bucket": "workplace", "stages": [JUNIOR],
        "strength-communication": "60", "trainer": "skilled_master", "room": "计量室", "area": "",
        "outcome-TOTAL_FORMS": "2", "outcome-INITIAL_FORMS": "0", "outcome-0-zh": "会用千分尺",
        "outcome-0-en": "uses a micrometer", "outcome-0-skills": ["communication"], "outcome-1-zh": "",
        "resource-TOTAL_FORMS": "1", "resource-INITIAL_FORMS": "0", "resource-0-words": "图册",
        "resource-0-link": "https://example.org/a",
    } | more  # fmt: skip


def test_a_card_is_written_changed_and_offered_no_more(cast: Cast) -> None:
    asks = client(cast)
    for _press in range(2):
        asks.post(url("new_card"), card_form(key="measuring"))
    made = card(cast, "measuring")
    assert (made.minutes, made.place, made.skills, made.trainer) == (
        1830, "workplace", {"communication": 60}, "skilled_master",
    )  # fmt: skip
    assert [one.key for one in made.outcomes.all()] == ["uses_a_micrometer"]
    assert made.resources == [{"words": "图册", "link": "https://example.org/a"}]
    page = url("card", made.public_id)
    assert asks.post(page, card_form(revision="1", hours="31")).status_code == 302
    stale = asks.post(page, card_form(revision="1", hours="32"))
    assert stale.status_code == 409
    assert 'value="32"' in text(stale)
    asks.post(url("move_card", made.public_id, "retire"))
    assert card(cast, "measuring").state == "retired"
    assert "Offered no more" in text(asks.get(url("library") + "?q=measur"))


def test_a_card_that_does_not_hold_says_why_in_the_form(cast: Cast) -> None:
    asks = client(cast)
    wrong = asks.post(url("new_card"), card_form(hours="moon"))
    assert wrong.status_code == 422
    assert "Write hours as 40" in text(wrong)
    link = asks.post(url("new_card"), card_form(**{"resource-0-link": "ftp://x"}))
    assert link.status_code == 409
    assert "is no address" in text(link)
    assert not UnitCard.objects.exists()


# ---- Review, approval, comparison ----------------------------------------------------------------


def test_a_draft_is_put_before_people_of_all_sides(cast: Cast) -> None:
    cooperating(cast)
    version = first(cast)
    asks, due = client(cast), (timezone.localdate() + timedelta(days=7)).isoformat()
    page = version_page(version, "ask")
    assert "周国栋" in text(asks.get(page))
    empty = asks.post(page, {"revision": "1", "due_on": due})
    assert empty.status_code == 409
    assert "Choose at least one person" in text(empty)
    asked_for = {
        "revision": "1", "due_on": due, "college": [f"c{cast.people['trainer'].public_id}"],
        "enterprise": [f"e{cast.people['mentor'].public_id}"], "cohort": cast.cohort.public_id, "sample": "3",
    }  # fmt: skip
    for _press in range(2):
        assert asks.post(page, asked_for).status_code == 302
    sides = list(Reviewer.objects.order_by("side").values_list("side", flat=True))
    assert sides == ["apprentices"] * 3 + ["college", "enterprise"]


def test_a_mentor_votes_with_a_word_on_a_phone_and_reads_no_names_of_apprentices(cast: Cast) -> None:
    review = reviewed(cast)
    asks = client(cast, "mentor")
    assert "waits for your vote" in text(asks.get(url("reviews", at="jinheng")))
    form = {"vote": "changes", "words": "测量学时太少", "made_id": "m1"}
    for _press in range(2):
        assert asks.post(url("vote", review.public_id, at="jinheng"), form).status_code == 302
    assert ReviewComment.objects.get().words == "测量学时太少"
    assert Reviewer.objects.get(person=cast.people["mentor"]).vote == "changes"
    client(cast, "apprentice").post(
        url("remark", review.public_id), {"words": "想多练", "topic": "unit:quality", "made_id": "a1"}
    )
    page = text(asks.get(version_page(review.version, "review", at="jinheng")))
    assert "An apprentice" in page
    assert "陈雨桐" not in page
    assert "Votes of apprentices are shown once 5 have voted" in page
    nothing = asks.post(url("vote", review.public_id, at="jinheng"), {"vote": "", "words": "留着"})
    assert nothing.status_code == 409
    assert "留着" in text(nothing)


def test_a_remark_is_answered_and_resolved(cast: Cast) -> None:
    review, asks = reviewed(cast), client(cast)
    page = url("remark", review.public_id)
    asks.post(page, {"words": "顺序？", "topic": "unit:quality", "made_id": "1"})
    made = ReviewComment.objects.get()
    asks.post(page, {"words": "已改", "answers": made.public_id, "made_id": "2"})
    asks.post(url("settle", review.public_id, made.public_id), {"do": "resolve"})
    made.refresh_from_db()
    assert made.resolved_at is not None
    assert "已改" in text(asks.get(version_page(review.version, "review")))
    missing = asks.post(page, {"words": " ", "topic": "whole", "made_id": "3"})
    assert missing.status_code == 409


def test_a_version_is_approved_by_another_and_put_in_force_from_the_page(cast: Cast) -> None:
    review = reviewed(cast)
    version = review.version
    own = client(cast).post(url("do", version.public_id, "approve"), {"words": "x"})
    assert own.status_code == 403
    other = client(cast, "administrator")
    waits = other.post(url("do", version.public_id, "approve"))
    assert waits.status_code == 409
    assert "Nobody has voted yet" in text(waits)
    Reviewer.objects.update(vote="agree", voted_at=AT)
    assert other.post(url("do", version.public_id, "approve")).status_code == 302
    for _press in range(2):
        assert other.post(url("do", version.public_id, "activate")).status_code == 302
    assert Programme.objects.filter(key="cnc-turner").count() == 1
    new_cohort = text(client(cast).get(reverse("apprenticeships:plan", args=["lanchuan"])))
    written = Programme.objects.get(key="cnc-turner").public_id
    assert written in new_cohort
    assert other.post(url("do", version.public_id, "retire")).status_code == 302
    assert written not in text(client(cast).get(reverse("apprenticeships:plan", args=["lanchuan"])))


def test_two_versions_are_compared_as_sentences_and_side_by_side(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    second = draft_version(version, by=by, at=AT)
    set_minutes(second, {"quality": 70 * 60}, revision=1, by=by, at=AT)
    ChosenUnit.objects.filter(version=second, key="house_rules").delete()
    ChosenUnit.objects.filter(version=second, key="quality").update(hazardous=True, room="12")
    page = text(client(cast).get(url("compare", version.curriculum.public_id)))
    assert "has 70 h instead of 60 h" in page
    assert "+10 h" in page
    assert "is described differently: hazardous, Room or equipment." in page
    assert "is left out; it had 40 h in Junior craftsman" in page
    back = url("compare", version.curriculum.public_id) + "?before=2&after=1"
    assert "has 60 h instead of 70 h" in text(client(cast).get(back))


def test_a_version_and_a_comparison_are_printed_in_both_languages(cast: Cast) -> None:
    version = first(cast)
    draft_version(version, by=cast.actor("coordinator"), at=AT)
    night = datetime(2026, 9, 14, 17, 0, tzinfo=UTC)  # the next day in Shanghai
    CurriculumVersion.objects.filter(pk=version.pk).update(state="approved", approved_at=night)
    asks = client(cast)
    book = asks.get(version_page(version, "paper") + "?form=xlsx&language=both")
    assert book.status_code == 200
    cells = [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(book.content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    assert any("小工匠" in cell and "Junior craftsman" in cell for cell in cells)
    assert any("安全生产与应急处置" in cell for cell in cells)
    assert any("2026年9月15日" in cell for cell in cells)
    assert any("也计入该类学时" in cell for cell in cells)
    page = url("differences", version.curriculum.public_id) + "?before=1&after=2&form=xlsx"
    assert asks.get(page).status_code == 200
    assert asks.get(page.replace("after=2", "after=9")).status_code == 404


def test_hours_of_stages_are_shared_anew(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    page = version_page(version, "targets")
    assert "880 h" in text(asks.get(page))
    form = {"revision": "1", f"{JUNIOR}/workplace": "300", "craftsman/workplace": "moon",
            "master_craftsman/workplace": ""}  # fmt: skip
    wrong = asks.post(page, form)
    assert wrong.status_code == 422
    assert 'value="moon"' in text(wrong)
    for _press in range(2):
        assert asks.post(page, form | {"craftsman/workplace": "286:30"}).status_code == 302
    board = text(asks.get(version_page(version)))
    assert "the hours of the stages come to 586 h 30 min, the programme asks for 880 h" in board
