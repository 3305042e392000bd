"""A request on its way: asked, answered on the clock, agreed, done, judged; who may, and who sees what."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.offers import actions, queries
from craftpath.domain.offers.facts import MessageSent, RequestOpened
from craftpath.domain.offers.models import DeskRequest, Message
from craftpath.domain.places.actions import Told, Way, keep_place, keep_travel
from craftpath.engines.geography.types import Position
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.kernel.facts import REACTIONS, name_of, react
from craftpath.kernel.links import Purpose, make_link
from craftpath.kernel.organisations import plant
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.offers.world import agreed, asked, done, hr, offered, officer, opened, refused, said

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def test_the_clock_runs_in_workdays_from_the_promise_of_the_city(cast: Cast) -> None:
    actions.set_promise(cast.city, promise_days=3, ask_after_days=10, by=officer(cast), at=AT)
    row = opened(cast, at=AT + 3 * DAY)  # a Thursday
    assert row.promised_on == date(2026, 9, 22)  # Friday, Monday, Tuesday
    said(cast, row, at=AT + 7 * DAY)
    row.refresh_from_db()
    assert (row.state, row.answer_days, row.in_time) == ("answered", 2, True)
    late = opened(cast, at=AT)
    said(cast, late, at=AT + 4 * DAY)
    late.refresh_from_db()
    assert (late.answer_days, late.in_time) == (4, False)
    assert queries.pace_of(cast.city, AT) == queries.Pace(2, 3.0, 1, 0)


def test_one_press_asks_once_and_answers_once(cast: Cast) -> None:
    name = uuid.uuid4()
    first = actions.open_request(cast.jinheng, asked(), made_id=name, by=hr(cast), at=AT)
    assert actions.open_request(cast.jinheng, asked(), made_id=name, by=hr(cast), at=AT).pk == first.pk
    words = actions.Said("可以")
    for _press in range(2):
        actions.send_message(first, words, made_id=name, by=cast.actor("coordinator"), at=AT)
    assert Message.objects.count() == 1


def test_one_name_of_a_press_serves_each_organisation_and_each_thread(cast: Cast) -> None:
    """Whoever goes back, chooses another organisation and sends again has the same name in the form."""
    name = uuid.uuid4()
    first = actions.open_request(cast.jinheng, asked(), made_id=name, by=hr(cast), at=AT)
    second = actions.open_request(cast.qinghe, asked(), made_id=name, by=officer(cast), at=AT)
    assert first.pk != second.pk
    for row in (first, second):
        actions.send_message(row, actions.Said("可以"), made_id=name, by=cast.actor("coordinator"), at=AT)
    assert Message.objects.count() == 2


def test_what_is_refused(cast: Cast) -> None:
    with refused("offers.kind_unknown"):
        opened(cast, kind="rooms")
    with refused("offers.ends_before_start"):
        opened(cast, starts_on=TODAY, ends_on=TODAY - DAY)
    with refused("offers.people_unlikely"):
        opened(cast, people=0)
    with refused("kernel.belongs_to_another"):
        opened(cast, place=cast.qinghe)
    with refused("kernel.role_lacks"):
        opened(cast, by=cast.actor("apprentice"), place=cast.college, kind="courses")
    alone = plant(key="alone", kind="enterprise", name={"zh": "外地企业"})
    with refused("offers.no_city"):
        actions.open_request(
            alone, asked(), made_id=uuid.uuid4(), by=Actor(alone, hr(cast).person, hr(cast).roles), at=AT
        )


def test_only_somebody_else_answers_and_one_agrees_with_whoever_answered(cast: Cast) -> None:
    row = opened(cast)
    said(cast, row, "请尽快。", by=hr(cast))
    row.refresh_from_db()
    assert row.state == "open"
    said(cast, row, "已收到。", by=officer(cast))
    row.refresh_from_db()
    assert row.state == "answered"
    with refused("offers.has_not_answered"):
        actions.agree_on(row, cast.college, by=hr(cast), at=AT)
    said(cast, row)
    with refused("offers.not_yours"):
        actions.agree_on(row, cast.college, by=cast.actor("coordinator"), at=AT)
    assert actions.agree_on(row, cast.college, by=hr(cast), at=AT).partner == cast.college
    with refused("offers.ended"):
        actions.change_request(row, asked(), by=hr(cast), at=AT)


def test_it_is_followed_to_a_result(cast: Cast) -> None:
    row = agreed(cast)
    row = actions.start_request(row, by=cast.actor("coordinator"), at=AT)
    outcome = Ref("apprenticeships", "cohort", cast.cohort.public_id)
    row = actions.finish_request(row, words="办了一期", trained=12, outcome=outcome, by=officer(cast), at=AT)
    assert (row.state, row.outcome, row.ask_on) == ("done", str(outcome), TODAY + 14 * DAY)
    with refused("offers.stars_unknown"):
        actions.judge_outcome(row, stars=6, by=hr(cast), at=AT)
    with refused("offers.not_yours"):
        actions.judge_outcome(row, stars=5, by=cast.actor("coordinator"), at=AT)
    assert actions.judge_outcome(row, stars=4, words="讲得清楚", by=hr(cast), at=AT).stars == 4
    with refused("offers.not_done"):
        actions.judge_outcome(opened(cast), stars=4, by=hr(cast), at=AT)


def test_the_desk_declines_with_a_reason_and_that_is_an_answer(cast: Cast) -> None:
    row = opened(cast)
    with refused("offers.not_yours"):
        actions.decline_request(row, because="不办", by=hr(cast), at=AT)
    with refused("offers.no_words"):
        actions.decline_request(row, because=" ", by=officer(cast), at=AT)
    row = actions.decline_request(row, because="本市无此工种师资", by=officer(cast), at=AT)
    assert (row.state, row.answer_days, row.in_time) == ("declined", 0, True)
    with refused("offers.ended"):
        said(cast, row)


def test_it_expires_after_its_last_day_and_is_withdrawn_by_whoever_asked(cast: Cast) -> None:
    row = opened(cast, ends_on=TODAY)
    with refused("offers.not_over"):
        actions.expire_request(row, by=hr(cast), at=AT)
    assert actions.expire_request(row, by=officer(cast), at=AT + DAY).state == "expired"
    other = opened(cast)
    with refused("offers.not_yours"):
        actions.withdraw_request(other, by=cast.actor("coordinator"), at=AT)
    assert actions.withdraw_request(other, because="已解决", by=hr(cast), at=AT).state == "withdrawn"


def test_a_contact_speaks_by_a_link(cast: Cast) -> None:
    row = opened(cast)
    link = make_link(
        row.ref, purpose=Purpose.REPLY, name="沈师傅", organisation=cast.jinheng, by=hr(cast), at=AT
    ).link
    made = actions.send_message(
        row, actions.Said("周二可以"), made_id=uuid.uuid4(), link=link, by=Actor(cast.jinheng), at=AT
    )
    assert (made.part, made.name, made.author) == ("asker", "沈师傅", None)


def test_who_sees_what(cast: Cast) -> None:
    row = opened(cast)
    said(cast, row)
    said(cast, row, "费用怎么算？", by=hr(cast), to=cast.college)
    places = {"city": cast.city, "asker": cast.jinheng, "college": cast.college, "other": cast.qinghe}

    def seen(where: str) -> tuple[int, int]:
        with looking_for(Scope(path=places[where].path)):
            return DeskRequest.objects.count(), Message.objects.count()

    assert {where: seen(where) for where in places} == {
        "city": (1, 2), "asker": (1, 2), "college": (1, 2), "other": (1, 0),
    }  # fmt: skip
    with looking_for(Scope(path=cast.neighbour.path)):
        assert DeskRequest.objects.count() == 0
    actions.agree_on(row, cast.college, by=hr(cast), at=AT)
    assert [seen(where)[0] for where in places] == [1, 1, 1, 0]


def test_what_fits_is_of_the_same_city_and_still_open(cast: Cast) -> None:
    row, good = opened(cast), offered(cast)
    offered(cast, occupation={"zh": "焊工"})
    weak = offered(cast, people=3, languages=[])
    assert [one for one, _fit in queries.fitting(row, TODAY)] == [good, weak]
    actions.withdraw_request(good, by=cast.actor("coordinator"), at=AT)
    assert [one for one, _fit in queries.fitting(row, TODAY)] == [weak]


def test_what_has_passed_fits_no_more(cast: Cast) -> None:
    row, other = opened(cast), offered(cast, starts_on=TODAY - 9 * DAY, ends_on=TODAY)
    assert [one for one, _fit in queries.fitting(row, TODAY)] == [other]
    assert queries.fitting(row, TODAY + DAY) == []


def test_the_way_is_a_reason_stated_or_estimated(cast: Cast) -> None:
    row = opened(cast)
    offered(cast)

    def way() -> list[tuple[str, int]]:
        [(_other, fit)] = queries.fitting(row, TODAY)
        return [(one.code, one.facts["minutes"]) for one in fit.reasons if one.code.startswith("way")]

    assert way() == []  # nobody has said where they are
    for place, at in ((cast.jinheng, Position(30.5, 114.3)), (cast.college, Position(30.52, 114.3))):
        keep_place(place, Told("路 1 号", at), by=officer(cast), at=AT)
    [(code, minutes)] = way()
    assert code == "way_estimated"
    assert 5 < minutes < 30
    ways = [Way(cast.jinheng, cast.college, "bus", 41), Way(cast.jinheng, cast.college, "walk", 90)]
    keep_travel(ways, organisation=cast.city, by=officer(cast), at=AT)
    assert way() == [("way", 41)]
    with looking_for(Scope(person_id=cast.people["hr"].pk, path=cast.jinheng.path)):
        assert way() == [("way", 41)]


def test_the_report_counts_by_kind_occupation_and_city(cast: Cast) -> None:
    row = done(cast)
    actions.judge_outcome(row, stars=4, by=hr(cast), at=AT)
    opened(cast, occupation={"en": "CNC turner"}, kind="master")
    [master, training] = queries.report("kind", TODAY, TODAY)
    assert (master.key, master.asked, master.answered) == ("master", 1, 0)
    assert training == queries.Line("training", 1, 1, 1, 1, 12, 4.0)
    [both] = queries.report("occupation", TODAY, TODAY)
    assert (both.key, both.asked) == ("数控车工", 2)
    assert [line.key for line in queries.report("authority", TODAY, TODAY)] == [cast.city.key]
    assert queries.report("kind", TODAY + DAY, TODAY + DAY) == []


def test_the_report_of_an_enterprise_leaves_out_what_others_still_look_for(cast: Cast) -> None:
    done(cast)
    opened(cast, place=cast.qinghe, by=officer(cast))
    with looking_for(Scope(path=cast.jinheng.path)):
        assert DeskRequest.objects.count() == 2
        assert [line.asked for line in queries.report("kind", TODAY, TODAY)] == [1]
    with looking_for(Scope(path=cast.city.path)):
        assert [line.asked for line in queries.report("kind", TODAY, TODAY)] == [2]


def test_overdue_ones_are_first_and_a_duty_of_the_office(cast: Cast) -> None:
    fresh, old = opened(cast), opened(cast, at=AT - 30 * DAY)
    assert list(queries.listed(TODAY)) == [old, fresh]
    [found] = open_duties(KINDS["offers.answer"], Clock(Asked(AT, TODAY)))
    reached = dict(zip(found.subjects, found.reached.tolist(), strict=True))
    assert reached == {old.public_id: 2, fresh.public_id: 0}
    assert set(found.places.tolist()) == {cast.city.pk}


def test_asking_and_answering_are_handed_down(cast: Cast) -> None:
    row = opened(cast)
    said(cast, row)
    for entry in AuditEntry.objects.filter(fact__in=[RequestOpened.code, MessageSent.code]):
        for name in map(name_of, REACTIONS[entry.fact]):
            react(entry, name)
    verbs = Statement.objects.filter(object_id__contains=row.public_id)
    assert verbs.count() == 2
