"""What somebody may hold is decided in one place, from the record and from whatever nouns above offer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.certificates import actions, holding
from craftpath.domain.certificates.holding import PROVIDERS, Offer, RequirementFaulty, judge, provides, read
from craftpath.domain.courses.models import Follower
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.domain.training.models import HourLine
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import STAGE, due, issued, kind, passed
from tests.domain.courses.world import page, running
from tests.domain.growth.world import TALKS, known, seen

pytestmark = pytest.mark.usefixtures("all_rows")


def judged(cast: Cast, row: dict[str, Any], who: str = "apprentice", on: date = TODAY) -> tuple[bool, int]:
    person = cast.people[who]
    [finding] = judge([row], [person], on)[person.pk]
    return finding.met, finding.facts["have"]


def hours(cast: Cast, minutes: int, key: str, number: str = "26001") -> None:
    HourLine(
        enrolment=cast.enrolments[number], bucket="site", on=TODAY, minutes=minutes, source="x/y/z", key=key,
        posted_at=AT,
    ).save()  # fmt: skip


def taught(cast: Cast, number: str, months: int, role: str = "responsible") -> None:
    learner = cast.enrolments[number]
    pair = Pair(organisation=cast.jinheng, kind="master_apprentice", state="active", starts_on=TODAY)
    pair.save()
    first = date(2026, 9 - months, 14)
    Bond.objects.create(
        pair=pair, teacher=cast.people["mentor"], learner=learner.person, enrolment=learner, place=cast.jinheng,
        role=role, starts_on=first,
    )  # fmt: skip


def test_hours_are_whole_ones_of_the_bucket_that_is_asked(cast: Cast) -> None:
    hours(cast, 119, "a")
    assert judged(cast, {"kind": "hours", "at_least": 2}) == (False, 1)
    hours(cast, 1, "b")
    assert judged(cast, {"kind": "hours", "at_least": 2}) == (True, 2)
    assert judged(cast, {"kind": "hours", "at_least": 1, "bucket": "college"}) == (False, 0)
    assert judged(cast, {"kind": "hours", "at_least": 1}, on=TODAY - timedelta(days=1)) == (False, 0)


def test_a_stage_counts_from_the_day_on_which_it_was_passed(cast: Cast) -> None:
    passed(cast, "26001")
    assert judged(cast, {"kind": "stage", "stage": STAGE}) == (True, 1)
    assert judged(cast, {"kind": "stage", "stage": STAGE}, on=TODAY - timedelta(days=1)) == (False, 0)
    assert judged(cast, {"kind": "stage", "stage": STAGE, "programme": "uk_standard"}) == (False, 0)
    assert judged(cast, {"kind": "stage", "stage": STAGE}, who="classmate") == (False, 0)


def test_a_course_counts_once_it_is_finished(cast: Cast) -> None:
    run = running(cast, page())
    row = Follower.objects.create(run=run, person=cast.people["apprentice"], begun_at=AT, last_at=AT)
    asked = {"kind": "course", "course": run.course.public_id}
    assert judged(cast, asked) == (False, 0)
    certificate = kind(cast, purpose="course", ground={"course": run.course.public_id})
    assert due(certificate) == []
    Follower.objects.filter(pk=row.pk).update(finished_at=AT, finished_version=1)
    assert judged(cast, asked) == (True, 1)
    assert [ground for _person, ground, _lines in due(certificate)] == [
        f"courses/course/{run.course.public_id}"
    ]


def test_a_skill_takes_three_observations_and_the_level(cast: Cast) -> None:
    known()
    row = kind(cast, purpose="skill", ground={"skill": TALKS, "at_least": 3}, skills=[TALKS])
    asked = {"kind": "skill", "skill": TALKS, "at_least": 3}
    for _job in range(2):
        seen(cast)
    assert judged(cast, asked) == (False, 0)
    looks = actions.overview(row, on=TODAY, by=cast.actor("coordinator")) or []
    assert {one.verdict.reason for one in looks} == {"certificates.skill_unseen"}
    seen(cast)
    assert judged(cast, asked) == (True, 1)
    assert judged(cast, asked | {"at_least": 4}) == (False, 0)
    [made] = issued(cast, row)
    assert made.content["skills"][0]["key"] == TALKS
    [aligned] = made.credential["credentialSubject"]["achievement"]["alignment"]
    assert aligned["targetType"] == "CFItem"
    assert aligned["targetUrl"].endswith(aligned["targetCode"])
    for _job in range(6):
        seen(cast, "not_yet")
    assert judged(cast, asked) == (False, 0)


def test_months_of_teaching_count_once_however_many_are_taught(cast: Cast) -> None:
    taught(cast, "26001", 6)
    taught(cast, "26002", 3)
    taught(cast, "26003", 8, role="second")
    before = judged(cast, {"kind": "pair_served", "at_least": 8}, who="mentor")
    assert before == (True, 8)
    assert judged(cast, {"kind": "pairs", "at_least": 4}, who="mentor") == (False, 3)


def test_service_as_a_trainer_is_due_by_months(cast: Cast) -> None:
    taught(cast, "26001", 6)
    short = kind(cast, purpose="service", ground={"unit": "months", "at_least": 7})
    assert due(short) == []
    row = kind(cast, purpose="service", ground={"unit": "months", "at_least": 6})
    [one] = issued(cast, row)
    assert one.person == cast.people["mentor"]
    assert {
        "label": {"zh": "带徒时间", "en": "Time of teaching"},
        "value": {"zh": "6个月", "en": "6 months"},
    } in (one.content["lines"])


def test_a_certificate_meets_its_level_and_those_below_and_nothing_of_another_scheme(cast: Cast) -> None:
    passed(cast, "26001")
    row = kind(cast, level="4")
    made = issued(cast, row)[0]

    def asked(scheme: str, level: str) -> dict[str, str]:
        return {"kind": "certificate", "scheme": scheme, "level": level}

    assert judged(cast, asked("cn5", "5")) == (True, 1)
    assert judged(cast, asked("cn5", "4")) == (True, 1)
    assert judged(cast, asked("cn5", "3")) == (False, 0)
    assert judged(cast, asked("onex", "junior")) == (False, 0)
    assert judged(cast, asked("cn5", "5"), who="classmate") == (False, 0)
    actions.revoke_certificate(made, because="误发", by=cast.actor("coordinator"), at=AT)
    assert judged(cast, asked("cn5", "5")) == (False, 0)


def test_a_noun_above_meets_a_requirement_and_brings_one_of_its_own(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PROVIDERS", {key: list(some) for key, some in holding.PROVIDERS.items()})
    monkeypatch.setitem(holding.PROVIDERS, "points", [])
    person = cast.people["apprentice"]

    @provides("certificate")
    def outside(row: Any, people: Any, on: date) -> Any:
        return [Offer(person.pk, scheme="cn5", level="3", source="claims/claim/x")]

    @provides("points")
    def points(row: Any, people: Any, on: date) -> Any:
        return [Offer(person.pk, 2), Offer(person.pk, 3)]

    rows = read([{"kind": "certificate", "scheme": "cn5", "level": "4"}, {"kind": "points", "at_least": 6}])
    found = judge(rows, [person, cast.people["classmate"]], TODAY)
    assert [(one.met, one.facts["have"]) for one in found[person.pk]] == [(True, 1), (False, 5)]
    assert found[person.pk][0].facts["sources"] == ["claims/claim/x"]
    assert [one.met for one in found[cast.people["classmate"].pk]] == [False, False]


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([{"kind": "clicks", "at_least": 1}], "kind_unknown", 1),
        ([{"kind": ["hours"]}], "kind_unknown", 1),
        ([{"kind": "months", "at_least": 1}, {"kind": "hours"}], "amount_unknown", 2),
        ([{"kind": "hours", "at_least": 0}], "amount_unknown", 1),
        ([{"kind": "hours", "at_least": True}], "amount_unknown", 1),
        ([{"kind": "skill", "skill": "x", "at_least": 5}], "amount_unknown", 1),
        ([{"kind": "stage"}], "incomplete", 1),
        ([{"kind": "certificate", "scheme": "cn5", "level": "junior"}], "level_unknown", 1),
        ([{"kind": "hours", "at_least": 1}] * 2, "twice", 2),
        ([{"kind": "hours", "at_least": n} for n in range(1, 23)], "too_many", 20),
    ],
)
def test_rows_that_no_kind_can_have(rows: list[dict[str, Any]], code: str, place: int) -> None:
    with pytest.raises(RequirementFaulty) as faulty:
        read(rows)
    assert (faulty.value.code, faulty.value.place) == (code, place)


def test_many_people_cost_no_more_questions(cast: Cast, django_assert_num_queries: Any) -> None:
    rows = [
        {"kind": "stage", "stage": STAGE}, {"kind": "hours", "at_least": 1}, {"kind": "months", "at_least": 1},
        {"kind": "course", "course": "x"}, {"kind": "pair_served", "at_least": 1}, {"kind": "pairs", "at_least": 1},
        {"kind": "certificate", "scheme": "cn5", "level": "5"},
    ]  # fmt: skip
    people = [one.person for one in cast.enrolments.values()]
    asked = sum(len(PROVIDERS[row["kind"]]) for row in rows)  # nouns above offer for the same kinds
    with django_assert_num_queries(asked):
        judge(rows, people[:1], TODAY)
    with django_assert_num_queries(asked):
        judge(rows, people, TODAY)


def test_a_qualification_is_due_by_what_it_asks_alone(cast: Cast) -> None:
    nothing = kind(cast, purpose="qualification", ground={})
    assert due(nothing) == []
    row = kind(cast, purpose="qualification", ground={}, requirements=[{"kind": "hours", "at_least": 1}])
    hours(cast, 60, "a")
    looks = actions.overview(row, on=TODAY, by=cast.actor("coordinator")) or []
    assert [one.person.name for one in looks if one.verdict] == ["陈雨桐"]
    assert len(looks) == 5


def test_what_only_a_noun_above_knows_is_asked_there(cast: Cast) -> None:
    row = kind(cast, purpose="diploma", ground={})
    assert actions.overview(row, on=TODAY, by=cast.actor("coordinator")) is None
    person = Person.objects.create(name="新人", username=str(uuid.uuid4()))
    made, _left = actions.issue_certificates(
        row, [(person, "credits/award/x", [])], on=TODAY, by=cast.actor("coordinator"), at=AT
    )
    assert [one.person for one in made] == [person]
