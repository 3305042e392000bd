"""Pages of rounds: four clicks to pairs, reasons in words, what is refused stays, wishes that only the office reads."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.web.matching import choosing
from craftpath.domain.matching.actions import ask_preferences, write_profile
from craftpath.domain.matching.models import Mark, Preference, Profile, Round, Seat, TravelTime
from craftpath.domain.pairing.actions import set_standing, take_over_mentors
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.kernel.access import join, system
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import AT, Cast
from tests.domain.matching.world import apprentices, learning, masters, opened, proposed, teaching

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def client(cast: Cast, who: str | Person = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who] if isinstance(who, str) else who)
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"matching:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def as_mentors(cast: Cast, people: list[Person]) -> None:
    join(people, cast.jinheng, Role.MENTOR, on=date(2026, 1, 1))


def running(cast: Cast, teachers: int = 2, learners: int = 3, **more: Any) -> Round:
    people = masters(cast, *[4] * teachers)
    as_mentors(cast, people)
    row = opened(
        cast, teaching(cast, people) + learning(cast, apprentices(cast, learners)), starts_on=today(), **more
    )
    proposed(cast, row)
    return row


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def ticked(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)" checked', page)


def test_from_the_overview_to_pairs_in_four_presses(cast: Cast) -> None:
    as_mentors(cast, masters(cast, *[4] * 3))
    rows = apprentices(cast, 8)
    asks = client(cast)
    assert url("new") in text(asks.get(reverse("pairing:board", args=["lanchuan"])))  # 1
    page = text(asks.get(url("new")))
    assert {row.public_id for row in rows} <= set(ticked(page, "learn"))
    form = {
        "made_id": hidden(page, "made_id"), "name": "秋季", "starts_on": today().isoformat(), "shares": "1000",
        "method": "worth", "learn": [row.public_id for row in rows], "teach": ticked(page, "teach"),
    }  # fmt: skip
    there = asks.post(url("new"), form)  # 2
    again = asks.post(url("new"), form)
    row = Round.objects.get()
    assert there.url == again.url == url("round", row.public_id)
    page = text(asks.get(there.url))
    assert "Publish 8 pairs" in page  # 3 opens, 4 publishes
    for _ in range(2):
        asks.post(url("publish", row.public_id), {"number": hidden(page, "number"), "ask": "no"})
    assert Pair.objects.count() == Bond.objects.count() == 8
    assert Round.objects.get().state == "published"


def test_what_is_refused_stays_as_it_was_typed(cast: Cast) -> None:
    rows = apprentices(cast, 2)
    form = {"name": "只有学徒", "starts_on": "2026-12-01", "shares": "1000", "method": "worth", "w-goals": "4",
            "learn": [rows[1].public_id]}  # fmt: skip
    response = client(cast).post(url("new"), form)
    page = text(response)
    assert response.status_code == 409
    assert "Choose at least one person who teaches." in page
    assert ('value="只有学徒"' in page, ticked(page, "learn")) == (True, [rows[1].public_id])
    assert not Round.objects.exists()


@pytest.mark.parametrize("weight", ["9", "-1", "x", "３"])
def test_a_weight_that_is_none_is_refused_and_the_old_ones_stand(cast: Cast, weight: str) -> None:
    row = running(cast)
    before = row.weights
    said = client(cast).post(url("propose", row.public_id), {"w-goals": weight}, follow=True)
    assert "A weight lies between 0 and 5." in text(said)
    assert Round.objects.get().weights == before


def test_another_weight_stands_beside_the_plan_before(cast: Cast) -> None:
    row = running(cast)
    asks = client(cast)
    said = asks.post(url("propose", row.public_id), {"w-site": "0", "w-continuity": "5"}, follow=True)
    assert "Beside proposal 1" in text(said)
    assert row.proposals.count() == 2


def test_a_pin_is_kept_and_proposed_with_in_one_press(cast: Cast) -> None:
    row = running(cast)
    [first, second, *_] = Seat.objects.filter(round=row, side="learns").order_by("person__name")
    teacher = Seat.objects.filter(round=row, side="teaches").order_by("person__name")[1]
    asks = client(cast)
    for _ in range(2):
        asks.post(url("mark", row.public_id), {"mark": f"pin:{teacher.public_id}:{first.public_id}"})
    asks.post(url("mark", row.public_id), {"mark": f"forbid:{teacher.public_id}:{second.public_id}"})
    assert sorted(Mark.objects.values_list("mark", flat=True)) == ["forbid", "pin"]
    newest = row.proposals.order_by("-number")[0]
    given = set(newest.pairs.filter(teacher=teacher).values_list("learner_id", flat=True))
    assert (first.pk in given, second.pk in given) == (True, False)
    page = text(asks.get(url("round", row.public_id)))
    assert "not with" in page
    for wrong in (f"pin:{first.public_id}:{teacher.public_id}", "pin::", "glue", ""):
        said = text(asks.post(url("mark", row.public_id), {"mark": wrong}, follow=True))
        assert "does not take part in the round" in said or "Pin two people" in said
    assert Mark.objects.count() == 2


def test_a_reason_stands_beside_everybody_who_could_teach(cast: Cast) -> None:
    row = running(cast, teachers=3)
    learner = Seat.objects.filter(round=row, side="learns").first()
    assert learner is not None
    page = text(client(cast).get(url("why", row.public_id, learner.public_id)))
    assert "Chosen in this plan." in page
    assert all(f"师傅0{n}" in page for n in range(3))
    assert client(cast).get(url("why", row.public_id, "x" * 12)).status_code == 404


def test_a_plan_that_fits_no_more_is_said_before_and_after_the_press(cast: Cast) -> None:
    row = running(cast)
    teacher = Seat.objects.filter(round=row, side="teaches")[0].person
    set_standing(teacher, organisation=cast.jinheng, capacity=1, by=system(cast.jinheng), at=AT)
    asks = client(cast)
    assert "Something has changed since this was proposed" in text(asks.get(url("round", row.public_id)))
    response = asks.post(url("publish", row.public_id), {"number": "1", "ask": "no"})
    assert response.status_code == 409
    assert not Pair.objects.exists()


def test_a_leaving_teacher_brings_the_whole_place_and_few_changes(cast: Cast) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    as_mentors(cast, masters(cast, 5))
    asks = client(cast)
    page = text(asks.get(url("new") + f"?leaving={cast.people['mentor'].public_id}"))
    here = {one.public_id for one in cast.enrolments.values() if one.enterprise == cast.jinheng}
    assert set(ticked(page, "learn")) == here
    assert f":{cast.people['mentor'].public_id}" not in page  # as a key of somebody who may be ticked
    nobody = text(asks.get(url("new") + f"?leaving={cast.people['assessor'].public_id}"))
    assert cast.people["assessor"].name not in nobody


def test_people_of_a_round_are_changed_by_ticks(cast: Cast) -> None:
    row = running(cast)
    asks = client(cast)
    page = text(asks.get(url("people", row.public_id)))
    learn, teach = ticked(page, "learn"), ticked(page, "teach")
    assert (len(learn), len(teach)) == (3, 2)
    asks.post(url("people", row.public_id), {"learn": learn[:2], "teach": teach, f"most-{teach[0]}": "0"})
    assert Seat.objects.filter(round=row, side="learns").count() == 2
    refused = asks.post(url("people", row.public_id), {"learn": learn[:2]})
    assert refused.status_code == 409


# ---- Wishes ----------------------------------------------------------------------------------


def test_who_takes_part_names_people_and_the_other_side_never_reads_it(cast: Cast) -> None:
    row = running(cast)
    ask_preferences(row, until=date(2099, 1, 1), by=cast.actor("coordinator"), at=AT)
    learner = Seat.objects.filter(round=row, side="learns")[0]
    teachers = list(Seat.objects.filter(round=row, side="teaches").order_by("pk"))
    join([learner.person], cast.college, Role.APPRENTICE, on=date(2026, 1, 1))
    asks = client(cast, learner.person)
    assert "Who should teach you?" in text(asks.get(url("wishes")))
    wanted = [teachers[1].public_id, "", teachers[0].public_id]
    for _ in range(2):
        asks.post(url("state", learner.public_id), {"wanted": wanted})
    told = Preference.objects.order_by("rank").values_list("wanted_id", flat=True)
    assert list(told) == [teachers[1].pk, teachers[0].pk]
    twice = asks.post(url("state", learner.public_id), {"wanted": [teachers[0].public_id] * 2})
    assert (twice.status_code, Preference.objects.count()) == (409, 2)
    teacher = client(cast, teachers[1].person)
    page = text(teacher.get(url("wishes", at="jinheng")))
    assert "Whom would you like to teach?" in page
    assert "selected" not in page.split("wish-form")[1]
    assert teacher.post(url("state", learner.public_id, at="jinheng"), {"wanted": []}).status_code == 404
    assert teacher.get(url("round", row.public_id, at="jinheng")).status_code in (403, 404)


def test_an_office_asks_until_a_day_and_ends_it(cast: Cast) -> None:
    row = running(cast)
    asks = client(cast)
    past = asks.post(url("ask", row.public_id), {"until": (today() - DAY).isoformat()})
    assert past.status_code == 409
    asks.post(url("ask", row.public_id), {"until": (today() + DAY).isoformat()})
    assert "0 of 5 have said" in text(asks.get(url("round", row.public_id)))
    asks.post(url("close", row.public_id))
    assert Round.objects.get().state == "open"
    assert asks.post(url("drop", row.public_id), {"because": ""}).status_code == 422
    asks.post(url("drop", row.public_id), {"because": "改期"})
    assert Round.objects.get().state == "dropped"
    assert "改期" in text(asks.get(url("round", row.public_id)))


# ---- Profiles and ways -------------------------------------------------------------------------


def test_everybody_writes_the_own_profile_with_any_comma(cast: Cast) -> None:
    asks = client(cast, "mentor")
    form = {
        "teaches": "TIG 焊接，PLC; 制图、tig 焊接",
        "wants": "",
        "shift": "late",
        "first": "zh",
        "second": "en",
    }
    assert asks.post(url("about", at="jinheng"), form).status_code == 302
    row = Profile.objects.get()
    assert (row.teaches, row.shift, row.languages) == (["TIG 焊接", "PLC", "制图"], "late", ["zh", "en"])
    assert asks.post(url("about", at="jinheng"), form | {"teaches": "字" * 41}).status_code == 409
    assert asks.post(url("about", at="jinheng"), form | {"shift": "noon"}).status_code == 422


def test_an_office_writes_profiles_in_a_table_all_or_none(cast: Cast) -> None:
    person = cast.people["mentor"]
    key = person.public_id
    asks = client(cast)
    form = {f"{part}-{key}": "" for part in ("wants", "shift", "first", "second")}
    said = asks.post(url("profiles"), form | {f"teaches-{key}": "TIG"})
    assert said.status_code == 302
    wrong = asks.post(url("profiles"), form | {f"teaches-{key}": "TIG", f"shift-{key}": "noon"})
    assert wrong.status_code == 422
    assert Profile.objects.get().teaches == ["TIG"]
    learner = cast.enrolments["26001"]
    asks.post(url("profiles") + f"?cohort={learner.cohort.public_id}", {
        f"{part}-{learner.person.public_id}": value
        for part, value in {"teaches": "", "wants": "PLC", "shift": "", "first": "", "second": ""}.items()
    })  # fmt: skip
    assert Profile.objects.get(person=learner.person).wants == ["PLC"]


def test_a_way_between_two_places_is_noted_once(cast: Cast) -> None:
    asks = client(cast)
    for minutes in ("40", "35"):
        asks.post(url("travel"), {"one": "jinheng", "other": "lanchuan-east", "minutes": minutes})
    assert TravelTime.objects.get().minutes == 35
    same = asks.post(url("travel"), {"one": "jinheng", "other": "jinheng", "minutes": "5"})
    assert same.status_code == 409
    assert asks.post(url("travel"), {"one": "jinheng", "other": "nowhere", "minutes": "5"}).status_code == 422


# ---- Every page -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["new", "round", "people", "profiles", "rounds"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    counts, asks = [], client(cast)
    for learners in (3, 30):
        row = running(cast, learners=learners)
        for person in Seat.objects.filter(round=row, side="teaches"):
            write_profile(
                person.person,
                organisation=cast.jinheng,
                teaches=["TIG"],
                wants=[],
                by=system(cast.jinheng),
                at=AT,
            )
        ids = [row.public_id] if page in ("round", "people") else []
        asks.get(url(page, *ids))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url(page, *ids)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 50


def test_a_list_that_is_too_long_begins_with_who_has_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    row = running(cast, learners=6)
    seated = {
        one.enrolment.public_id
        for one in Seat.objects.filter(round=row, side="learns").select_related("enrolment")
    }
    monkeypatch.setattr(choosing, "MOST_SHOWN", 3)
    asks = client(cast)
    page = text(asks.get(url("new")))
    listed = re.findall(r'name="learn" value="([^"]+)"', page)
    nobody = seated | {cast.enrolments["26005"].public_id}
    assert ("There are more apprentices" in page, len(listed), set(listed) <= nobody) == (True, 3, True)
    assert set(ticked(text(asks.get(url("people", row.public_id))), "learn")) == seated
