"""Pages of pairs: the same queries for few and many, who finds which button, what is refused stays, nothing twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.web.pairing.drawing import Arrow, Person, draw, layers
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.pairing.actions import form_pair, set_standing, take_over_mentors
from craftpath.domain.pairing.models import Bond, ChangeWish, HouseRule, Pair, Standing
from craftpath.kernel.access import join, system
from craftpath.kernel.people import Person as Somebody
from craftpath.kernel.roles import Role
from tests.cast import AT, Cast
from tests.domain.pairing.world import of, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(cast: Cast, page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"pairing:{page}", args=[at, *ids])


def paired(cast: Cast, number: str = "26001", teacher: Somebody | None = None, **more: Any) -> Pair:
    wanted = [of(cast, number, teacher or cast.people["mentor"])]
    return form_pair(
        "master_apprentice", wanted, organisation=cast.college, starts_on=more.pop("on", today()),
        by=system(cast.college), at=AT, **more,
    )  # fmt: skip


def text(response: Any) -> str:
    return str(response.content.decode())


# ---- The overview and the picture ------------------------------------------------------------


@pytest.mark.parametrize("page", ["board", "picture", "teachers"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    asks = client(cast)
    counts = []
    for people in (0, 45):
        entries = [
            RosterEntry(
                f"9{n:03}", f"徒 {n}", enterprise=cast.jinheng, mentor=f"新师傅 {n}" if n % 2 else None
            )
            for n in range(people)
        ]
        if entries:
            take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
            take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
        asks.get(url(cast, page))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url(cast, page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 40


def test_the_overview_counts_names_and_filters(cast: Cast) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    set_standing(cast.people["mentor"], organisation=cast.jinheng, capacity=1, by=system(), at=AT)
    page = client(cast).get(url(cast, "board"))
    figures = page.context["figures"]
    assert figures == {"with": 4, "total": 5, "without": 1, "late": 1, "over": 1}
    assert [gap.enrolment.number for gap in page.context["gap_page"]] == ["26005"]
    assert [line.load.person.name for line in page.context["teachers"]] == ["周国栋", "吴海燕"]
    one = client(cast).get(url(cast, "board") + f"?person={cast.people['mentor'].public_id}")
    assert [line.load.person.name for line in one.context["teachers"]] == ["周国栋"]
    there = client(cast).get(url(cast, "board") + "?place=qinghe")
    assert there.context["figures"]["total"] == 2
    assert [line.load.person.name for line in there.context["teachers"]] == ["吴海燕"]


def test_who_sees_figures_only_reads_no_name(cast: Cast) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    page = client(cast, "officer").get(url(cast, "board", at="lanchuan-bureau"))
    assert page.context["figures"]["total"] == 5
    assert "周国栋" not in text(page)
    assert client(cast, "officer").get(url(cast, "picture", at="lanchuan-bureau")).status_code == 403


def test_mentors_of_a_roster_are_taken_over_by_one_press(cast: Cast) -> None:
    assert "4 apprentices have mentors" in text(client(cast).get(url(cast, "board")))
    for _ in range(2):
        client(cast).post(url(cast, "take_over", cast.cohort.public_id))
    assert Pair.objects.count() == 4
    assert (
        client(cast, "hr").post(url(cast, "take_over", cast.cohort.public_id, at="jinheng")).status_code
        == 403
    )


def test_layers_are_the_longest_way_and_mutual_pairs_stand_beside(cast: Cast) -> None:
    people = [Person(n, f"p{n}", staff=n != 3) for n in range(6)]
    arrows = [Arrow(0, 1), Arrow(1, 2), Arrow(2, 3), Arrow(0, 3, 0.4), Arrow(4, 5, mutual=True),
              Arrow(5, 4, mutual=True)]  # fmt: skip
    assert layers({one.key: one for one in people}, arrows) == {0: 3, 1: 2, 2: 1, 3: 0, 4: 1, 5: 1}
    made = draw(people, arrows, [Person(9, "q", "20 d", "gap")])
    places = {(node.x, node.y) for node in made.nodes}
    assert len(places) == 6
    assert len(made.lines) == 5  # the way back of a mutual pair is the same line
    assert all(node.y > max(y for _, y in places) for node in made.gaps)
    circle = [Arrow(0, 1), Arrow(1, 0)]
    assert len(draw(people[:2], circle).nodes) == 2  # ends, whatever the rows say


def test_the_picture_has_its_table(cast: Cast) -> None:
    paired(cast)
    page = text(client(cast).get(url(cast, "picture")))
    assert page.count("pair-node-gap") == 4
    assert "周国栋" in page.split("chart-table")[1]


# ---- A new pair --------------------------------------------------------------------------------


def given(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "made_id": str(uuid.uuid4()), "learner": cast.enrolments["26005"].public_id, "starts_on": str(today()),
        "teacher_1": f"jinheng:{cast.people['mentor'].public_id}", "role_1": "responsible", "share_1": "100",
        "ask": "no", **more,
    }  # fmt: skip


def test_a_pair_is_made_once_however_often_it_is_pressed(cast: Cast) -> None:
    address, form = url(cast, "new") + "?kind=master_apprentice", given(cast, ends_on=str(today() + 9 * DAY))
    for _ in range(2):
        answer = client(cast).post(address, form)
        assert answer.status_code == 302
    pair = Pair.objects.get()
    assert (pair.state, pair.organisation, pair.ends_on) == ("active", cast.college, today() + 10 * DAY)
    assert pair.bonds.get().place == cast.jinheng


def test_shares_that_are_not_typed_get_what_is_left(cast: Cast) -> None:
    other, third = somebody("李师傅"), somebody("钱师傅")
    for person in (other, third):
        set_standing(person, organisation=cast.jinheng, capacity=3, by=system(), at=AT)
        join([person], cast.jinheng, Role.MENTOR, on=date(2026, 1, 1))
    form = given(
        cast, share_1="60", teacher_2=f"jinheng:{other.public_id}", role_2="second",
        teacher_3=f"jinheng:{third.public_id}", role_3="second",
    )  # fmt: skip
    client(cast).post(url(cast, "new") + "?kind=master_apprentice", form)
    shares = dict(Bond.objects.values_list("teacher__name", "share"))
    assert shares == {"周国栋": 600, "李师傅": 200, "钱师傅": 200}


def test_what_is_refused_stays_with_the_sentence(cast: Cast) -> None:
    set_standing(cast.people["mentor"], organisation=cast.jinheng, capacity=0, by=system(), at=AT)
    answer = client(cast).post(url(cast, "new") + "?kind=master_apprentice", given(cast, share_1="100"))
    assert answer.status_code == 409
    page = text(answer)
    assert "may teach 0 at once" in page
    assert f'value="{cast.enrolments["26005"].public_id}" selected' in page
    wrong = client(cast).post(url(cast, "new") + "?kind=master_apprentice", given(cast, starts_on="soon"))
    assert wrong.status_code == 422
    assert 'value="soon"' in text(wrong)
    assert not Pair.objects.exists()


def test_two_and_three_learn_from_one_another_and_two_have_a_project(cast: Cast) -> None:
    keys = [f"jinheng:{cast.people['mentor'].public_id}", f"lanchuan:{cast.people['trainer'].public_id}"]
    form = {
        "made_id": "a", "person_1": keys[0], "subject_1": "TIG", "person_2": keys[1], "subject_2": "PLC",
        "starts_on": str(today()), "ask": "yes",
    }  # fmt: skip
    assert client(cast).post(url(cast, "new") + "?kind=mutual", form).status_code == 302
    pair = Pair.objects.get()
    assert pair.state == "proposed"
    assert {(b.teacher.name, b.learner.name, b.subject) for b in pair.bonds.all()} == {
        ("周国栋", "马建国", "TIG"), ("马建国", "周国栋", "PLC"),
    }  # fmt: skip
    red = client(cast).post(url(cast, "new") + "?kind=red_white", form | {"made_id": "b", "project": " "})
    assert red.status_code == 422
    assert Pair.objects.count() == 1


def test_the_enterprise_pairs_its_own_and_the_college_looks_after_it(cast: Cast) -> None:
    answer = client(cast, "hr").post(
        url(cast, "new", at="jinheng") + "?kind=master_apprentice",
        given(cast, learner=cast.enrolments["26002"].public_id),
    )
    assert answer.status_code == 302
    assert Pair.objects.get().organisation == cast.college
    strange = client(cast, "hr").post(
        url(cast, "new", at="jinheng") + "?kind=master_apprentice",
        given(cast, learner=cast.enrolments["26003"].public_id),
    )
    assert strange.status_code == 422  # works elsewhere: not among the choices


# ---- One pair ----------------------------------------------------------------------------------


def test_yes_of_both_forms_it_and_no_is_said_with_a_reason(cast: Cast) -> None:
    pair = paired(cast, ask=True)
    assert "Yes, I agree" in text(client(cast, "apprentice").get(url(cast, "mine")))
    for who, place in [("mentor", "jinheng"), ("mentor", "jinheng"), ("apprentice", "lanchuan")]:
        client(cast, who).post(url(cast, "accept", pair.public_id, at=place))
    pair.refresh_from_db()
    assert pair.state == "active"
    other = paired(cast, "26002", ask=True)
    no = url(cast, "decline", other.public_id, at="jinheng")
    assert client(cast, "mentor").post(no, {"because": ""}).status_code == 422
    for _ in range(2):
        assert client(cast, "mentor").post(no, {"because": "没有时间"}).status_code == 302
    other.refresh_from_db()
    assert (other.state, other.because) == ("declined", "没有时间")


def test_it_is_ended_renewed_and_objected_to(cast: Cast) -> None:
    pair = paired(cast, ends_on=today() + 30 * DAY, on=today() - 40 * DAY)
    page, asks = url(cast, "pair", pair.public_id), client(cast)
    assert "Renew this pair" in text(asks.get(page))
    early = asks.post(url(cast, "renew", pair.public_id), {"until": str(today())})
    assert early.status_code == 409
    assert "Choose a later day" in text(early)
    asks.post(url(cast, "renew", pair.public_id), {"until": str(today() + 60 * DAY)})
    form = {"on": str(today() + 5 * DAY), "because": "调岗"}
    for _ in range(2):
        assert asks.post(url(cast, "end", pair.public_id), form).status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.ends_on) == ("ended", today() + 6 * DAY)
    fresh = paired(cast, "26002")
    assert (
        client(cast, "classmate").post(url(cast, "object", fresh.public_id), {"because": "x"}).status_code
        == 302
    )
    fresh.refresh_from_db()
    assert fresh.state == "dissolved"


def test_a_teacher_is_replaced_and_one_stands_in(cast: Cast) -> None:
    pair, other = paired(cast, on=today() - 5 * DAY), somebody("李师傅")
    join([other], cast.jinheng, Role.MENTOR, on=date(2026, 1, 1))
    bond, key = pair.bonds.get(), f"jinheng:{other.public_id}"
    form = {"bond": bond.pk, "deputy": key, "starts_on": str(today()), "ends_on": str(today() + 2 * DAY)}
    for _ in range(2):
        own = client(cast, "mentor").post(url(cast, "deputy", pair.public_id, at="jinheng"), form)
        assert own.status_code == 302
    assert pair.bonds.filter(role="deputy").get().ends_on == today() + 3 * DAY
    assert "stands in now" in text(client(cast, "mentor").get(url(cast, "mine", at="jinheng")))
    form = {"bond": bond.pk, "teacher": key, "on": str(today()), "because": "退休"}
    assert (
        client(cast, "mentor").post(url(cast, "replace", pair.public_id, at="jinheng"), form).status_code
        == 403
    )
    for _ in range(2):
        assert client(cast).post(url(cast, "replace", pair.public_id), form).status_code == 302
    assert pair.bonds.filter(teacher=other, role="responsible").count() == 1
    assert "Who taught before" in text(client(cast).get(url(cast, "pair", pair.public_id)))
    bad = client(cast).post(url(cast, "replace", pair.public_id), form | {"bond": "x", "because": "旧话"})
    assert bad.status_code == 422
    assert "旧话" in text(bad)


# ---- Teachers, rules, changes asked for ---------------------------------------------------------


def test_standings_are_kept_row_by_row_all_or_nothing(cast: Cast) -> None:
    key = cast.people["mentor"].public_id
    form = {"place": "jinheng", f"capacity-{key}": "3", f"qualification-{key}": "技师",
            f"from-{key}": "", f"until-{key}": "2027-08-31"}  # fmt: skip
    asks, page = client(cast, "hr"), url(cast, "teachers", at="jinheng")
    assert asks.post(page, form).status_code == 302
    row = Standing.objects.get()
    assert (row.capacity, row.qualification, row.qualified_until) == (3, "技师", date(2027, 9, 1))
    wrong = asks.post(page, form | {f"capacity-{key}": "400", f"qualification-{key}": "高级技师"})
    assert wrong.status_code == 422
    assert 'value="400"' in text(wrong)
    assert asks.post(page, form | {f"until-{key}": "someday"}).status_code == 422
    assert Standing.objects.get().qualification == "技师"


def test_the_rules_of_the_house_are_kept(cast: Cast) -> None:
    form = {"capacity": "5", "gap_days": "7", "objection_days": "10", "skilled_workers": "0",
            "ratio_learners": "0", "ratio_skilled": "1"}  # fmt: skip
    assert client(cast).post(url(cast, "rules"), form).status_code == 302
    assert HouseRule.objects.get().capacity == 5
    assert client(cast).post(url(cast, "rules"), form | {"capacity": "99"}).status_code == 422
    assert client(cast, "trainer").post(url(cast, "rules"), form).status_code == 403


WORDS = "私下说的话"


def test_a_change_is_between_the_apprentice_and_the_college(cast: Cast) -> None:
    pair = paired(cast)
    ask = url(cast, "ask", pair.public_id)
    wrong = client(cast, "apprentice").post(ask, {"wish": "", "words": WORDS})
    assert wrong.status_code == 409
    assert WORDS in text(wrong)
    for _ in range(2):
        assert client(cast, "apprentice").post(ask, {"wish": "talk_first", "words": WORDS}).status_code == 302
    assert WORDS in text(client(cast, "apprentice").get(url(cast, "mine")))
    assert WORDS in text(client(cast).get(url(cast, "wishes")))
    wish = ChangeWish.objects.get().public_id
    empty = client(cast).post(url(cast, "settle", wish), {"answer": " "})
    assert empty.status_code == 409
    client(cast).post(url(cast, "see", wish))
    client(cast).post(url(cast, "settle", wish), {"answer": "周五来办公室谈。"})
    assert "周五来办公室谈。" in text(client(cast, "apprentice").get(url(cast, "mine")))


@pytest.mark.parametrize(
    ("who", "place"),
    [("mentor", "jinheng"), ("hr", "jinheng"), ("trainer", "lanchuan"), ("auditor", "lanchuan-bureau"),
     ("classmate", "lanchuan"), ("officer", "lanchuan-bureau")],
)  # fmt: skip
def test_nobody_else_finds_a_word_of_it_anywhere(cast: Cast, who: str, place: str) -> None:
    pair = paired(cast)
    client(cast, "apprentice").post(
        url(cast, "ask", pair.public_id), {"wish": "another_teacher", "words": WORDS}
    )
    wish, asks = ChangeWish.objects.get(), client(cast, who)
    pages = [url(cast, page, at=place) for page in ("mine", "board", "picture", "wishes", "teachers")]
    pages += [url(cast, "pair", pair.public_id, at=place), reverse("history:list", args=[place])]
    pages += [
        reverse("desks:home", args=[place]),
        reverse("duties:list", args=[place]),
        reverse("accounts:inbox"),
    ]
    for page in pages:
        found = text(asks.get(page))
        assert WORDS not in found, page
        assert wish.public_id not in found, page
        assert "change was asked for" not in found, page
    for verb in ("see", "settle", "withdraw"):
        assert asks.post(url(cast, verb, wish.public_id, at=place), {"answer": "x"}).status_code in {403, 404}
