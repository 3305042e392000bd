"""Pages of study: one journey from the question to the result, who reads what, and queries for few and many."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.apprenticeships.actions import RosterEntry, appoint, take_roster
from craftpath.domain.courses.actions import start_run
from craftpath.domain.exams import actions as exams
from craftpath.domain.exams.models import Item
from craftpath.domain.study import actions
from craftpath.domain.study.models import Answered, Diagnosis, Override, PracticeCard, PracticeSet
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.courses.world import page, published
from tests.domain.study.world import PLANS, RIGHT, TALKS, WRONG, answered, begun, known, opened, questions

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def client(person: Person) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(person)
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"study:{page}", args=[at, *ids])


def mine(cast: Cast, page: str = "mine", *more: str, number: str = "26001", at: str = "lanchuan") -> str:
    return url(page, cast.enrolments[number].public_id, *more, at=at)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', text(response))
    assert found is not None
    return found[1]


def test_from_where_do_i_stand_to_a_result_and_five_minutes(place: Cast) -> None:
    opened(place, 8)
    browser = client(place.people["apprentice"])
    page = browser.get(mine(place))
    assert "Where do I stand?" in text(page)

    page = browser.post(mine(place, "diagnose", TALKS), {"made_id": hidden(page, "made_id")}, follow=True)
    row = Diagnosis.objects.get()
    while "I do not know" in text(page):
        values = {"made_id": hidden(page, "made_id"), "version": hidden(page, "version"), "choice": "b"}
        page = browser.post(url("answer", row.public_id), values, follow=True)

    said = text(page)
    assert "Not yet" in said
    assert "It ended because enough is known." in said
    assert "What was asked" in said
    assert "No mark is made of it." in said
    PracticeCard.objects.update(due_at=timezone.now() - timedelta(days=1))
    home = browser.get(reverse("desks:home", args=["lanchuan"]))
    assert "5 questions are due" in text(home)
    page = browser.post(mine(place, "practise"), {"made_id": str(uuid.uuid4())}, follow=True)
    while "I am sure" in text(page):
        values = {
            "made_id": hidden(page, "made_id"),
            "version": hidden(page, "version"),
            "choice": "a",
            "sure": "yes",
        }
        page = browser.post(url("answer_set", PracticeSet.objects.get().public_id), values, follow=True)
        assert "It comes again on" in text(page)
        page = browser.get(url("set", PracticeSet.objects.get().public_id))
    assert "5 of 5 right" in text(page)
    assert "comes again on" in text(page)


def test_left_in_the_middle_it_is_found_again_at_home(place: Cast) -> None:
    opened(place, 8)
    row = begun(place)
    browser = client(place.people["apprentice"])

    assert url("diagnosis", row.public_id) in text(browser.get(reverse("desks:home", args=["lanchuan"])))
    assert "Go on with the diagnosis" in text(browser.get(mine(place)))


def test_a_question_is_seen_by_its_apprentice_alone_and_its_answer_by_nobody_before_the_end(
    place: Cast,
) -> None:
    opened(place, 8)
    row = begun(place)

    asked = text(client(place.people["trainer"]).get(url("diagnosis", row.public_id)))

    assert "Only the apprentice sees its questions" in asked
    assert f"{TALKS} " not in asked
    assert client(place.people["classmate"]).get(url("diagnosis", row.public_id)).status_code == 404


def test_a_question_that_was_kept_back_is_not_shown(place: Cast) -> None:
    items = opened(place, 8)
    row = begun(place)
    browser = client(place.people["apprentice"])
    exams.keep_items_back(items, by=place.actor("trainer"), at=AT)

    page = browser.get(url("diagnosis", row.public_id))

    assert "kept back in the meantime" in text(page)
    assert "item-choice" not in text(page)
    values = {"made_id": hidden(page, "made_id"), "version": hidden(page, "version")}
    assert "no more questions" in text(browser.post(url("answer", row.public_id), values, follow=True))


def test_an_answer_to_another_question_says_so_and_shows_the_one_that_waits(place: Cast) -> None:
    opened(place, 8)
    row = begun(place)
    browser = client(place.people["apprentice"])

    page = browser.post(
        url("answer", row.public_id), {"made_id": str(uuid.uuid4()), "version": "0", "choice": "a"}
    )

    assert page.status_code == 409
    assert "Another question waits here by now." in text(page)
    assert not Answered.objects.exists()


def test_what_is_mastered_is_skipped_and_shown_anyway(place: Cast) -> None:
    opened(place, 20)
    answered(place, begun(place), [RIGHT], at=timezone.now() - timedelta(hours=1))
    browser = client(place.people["apprentice"])
    actions.set_override(
        place.enrolments["26001"], PLANS, "must", words="下月要用", until=timezone.localdate(),
        by=place.actor("mentor", place.jinheng), at=timezone.now(),
    )  # fmt: skip

    page = text(browser.get(mine(place, "way")))

    assert "Because" in page
    assert "下月要用" in page
    assert "Mastered" in text(browser.get(mine(place)))
    assert "1 skill is surer than a month ago." in text(browser.get(mine(place)))
    assert "1 skill is surer than a month ago." in text(browser.get(mine(place)))


def test_an_online_course_of_the_own_class_leads_to_its_skills(place: Cast) -> None:
    opened(place, 8)
    version = published(place, page())
    version.course.skills = [PLANS]
    version.course.save()
    start_run(
        course=version.course, cohort=place.cohort, organisation=place.college, made_id=uuid.uuid4(),
        starts_on=timezone.localdate(), ends_on=None, by=place.actor("trainer"), at=timezone.now(),
    )  # fmt: skip
    actions.set_override(
        place.enrolments["26001"], PLANS, "must", words="下月要用", until=timezone.localdate(),
        by=place.actor("mentor", place.jinheng), at=timezone.now(),
    )  # fmt: skip
    assert "/courses/runs/" in text(client(place.people["apprentice"]).get(mine(place, "way")))
    assert "/courses/runs/" not in text(client(place.people["mentor"]).get(mine(place, "way", at="jinheng")))


def test_a_mentor_says_what_holds_and_the_apprentice_sees_who_and_why_and_objects(place: Cast) -> None:
    opened(place, 8)
    mentor, browser = client(place.people["mentor"]), client(place.people["apprentice"])
    page = mine(place, "override", TALKS, at="jinheng")
    assert mentor.post(page, {"kind": "known", "words": "", "until": "nonsense"}).status_code == 409

    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    mentor.post(page, {"kind": "known", "words": "现场听过", "until": until})

    seen = text(browser.get(mine(place, "skill", TALKS)))
    assert "现场听过" in seen
    assert place.people["mentor"].name in seen
    held = Override.objects.get()
    browser.post(mine(place, "object", TALKS), {"override": held.public_id, "words": "我还想练"})
    assert "Object to it (once)" not in text(browser.get(mine(place, "skill", TALKS)))
    assert "我还想练" in text(mentor.get(url("entry", at="jinheng")))


def test_an_enterprise_sees_nobodys_answers_as_a_whole(place: Cast) -> None:
    opened(place, 8)
    answered(place, begun(place), [WRONG])

    assert client(place.people["hr"]).get(mine(place, at="jinheng")).status_code == 404
    assert client(place.people["mentor"]).get(mine(place, at="jinheng")).status_code == 200


def test_the_cohort_is_a_map_in_the_same_queries_for_few_and_many(place: Cast) -> None:
    opened(place, 12)
    answered(place, begun(place), [RIGHT])
    browser = client(place.people["coordinator"])
    page = url("cohort", place.cohort.public_id)
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        seen = text(browser.get(page))
    assert "study-mastered" in seen
    more = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(30)]
    take_roster(place.cohort, more, by=place.actor("coordinator"), at=AT)
    opened(place, 12, PLANS)
    answered(place, begun(place, PLANS, number="26002"), [WRONG])

    with CaptureQueriesContext(connection) as many:
        browser.get(page)

    assert len(many) == len(few)


def test_the_own_page_takes_the_same_queries_however_much_was_answered(place: Cast) -> None:
    opened(place, 12)
    answered(place, begun(place), [RIGHT])
    browser = client(place.people["apprentice"])
    browser.get(mine(place))
    with CaptureQueriesContext(connection) as few:
        browser.get(mine(place))
    opened(place, 12, PLANS)
    answered(place, begun(place, PLANS), [WRONG])

    with CaptureQueriesContext(connection) as many:
        browser.get(mine(place))

    assert len(many) == len(few)


def test_items_are_opened_in_the_bank_and_say_so(place: Cast) -> None:
    (item,) = questions(place, 1)
    browser = client(place.people["trainer"])
    values = {"item": item.public_id, "from": "item"}

    page = browser.post(reverse("exams:move", args=["lanchuan"]), values | {"do": "open"}, follow=True)

    assert "Apprentices can practise with 1 item now" in text(page)
    assert Item.objects.get(pk=item.pk).for_practice
    page = browser.post(reverse("exams:move", args=["lanchuan"]), values | {"do": "keep-back"}, follow=True)
    assert not Item.objects.get(pk=item.pk).for_practice


def test_a_trainer_of_the_apprentice_may_guide_and_another_one_only_reads(place: Cast) -> None:
    trainer = client(place.people["trainer"])
    assert "Say what holds" not in text(trainer.get(mine(place, "skill", TALKS)))

    row = place.enrolments["26001"]
    appoint(
        [row], person=place.people["trainer"], role="trainer", on=TODAY, by=place.actor("coordinator"), at=AT
    )

    assert "Say what holds" in text(trainer.get(mine(place, "skill", TALKS)))
