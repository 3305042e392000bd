"""Ventures: planned by a side, worked in by those in charge, finished with a product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.partnership.actions import end_cooperation
from craftpath.domain.ventures import actions, queries
from craftpath.domain.ventures.models import Charge, Side, Venture
from craftpath.kernel.access import Membership
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.hearing import hears
from tests.domain.partnership.test_cooperation import signed
from tests.domain.ventures.world import PLAN, office, planned, refused, running
from tests.photos import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
PRODUCT: dict[str, Any] = {
    "product": {"zh": "快换夹具", "en": "Quick clamp"},
    "words": "换装由 40 分钟降到 12 分钟",
}


def test_it_is_planned_for_the_sides_within_their_agreement(cast: Cast) -> None:
    cooperation = signed(cast)
    row = planned(cast, cooperation)
    assert [(side.organisation.key, side.role) for side in row.sides.all()] == [
        ("jinheng", "出设备和一名工程师"),
        ("lanchuan", ""),
    ]
    for plan, reason in (
        (replace(PLAN, title={}), "no_title"),
        (replace(PLAN, goal=" "), "no_goal"),
        (replace(PLAN, ends_on=date(2026, 9, 1)), "days_unclear"),
        (replace(PLAN, ends_on=date(2029, 1, 1)), "after_basis"),
    ):
        with refused(f"ventures.{reason}"):
            planned(cast, cooperation, plan=plan)
    with refused("ventures.not_a_side"):
        planned(cast, cooperation, by=cast.actor("stranger", cast.neighbour))
    end_cooperation(cooperation, on=TODAY, by=cast.actor("coordinator"), at=AT)
    with refused("ventures.no_basis"):
        planned(cast, Venture.objects.get().cooperation)


def test_each_side_names_its_own_people(cast: Cast) -> None:
    row, by = planned(cast), cast.actor("coordinator")
    college, host = (Side.objects.get(venture=row, organisation=one) for one in (cast.college, cast.jinheng))
    with refused("ventures.not_ours"):
        actions.name_in_charge(row, host, cast.people["hr"], role="", by=by, at=AT)
    with refused("ventures.not_ours"):
        actions.name_in_charge(row, college, cast.people["hr"], role="", by=by, at=AT)
    made = actions.name_in_charge(row, host, cast.people["hr"], role="", by=office(cast), at=AT)
    with refused("ventures.not_ours"):
        actions.release(made, by=by, at=AT)
    assert actions.release(made, by=office(cast), at=AT)
    new = Membership.objects.filter(person=cast.people["mentor"])
    new.update(starts_on=date(2026, 9, 15))
    tomorrow = {"by": office(cast), "at": AT.replace(hour=17)}  # in Shanghai it is the next day
    made = actions.name_in_charge(row, host, cast.people["mentor"], role="", **tomorrow)
    new.delete()
    assert actions.release(made, **tomorrow)  # who has left is taken out as well


def test_those_in_charge_work_and_the_office_ends_it(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    row, by, office_of_college = running(cast), cast.actor("trainer"), cast.actor("coordinator")
    with refused("ventures.no_milestone"):
        actions.add_milestone(row, title="样件", due_on=date(2028, 1, 1), by=by, at=AT)
    milestone = actions.add_milestone(row, title="样件", due_on=date(2026, 9, 20), by=by, at=AT)
    actions.write_log(row, words="完成第一版图纸", on=TODAY, by=by, at=AT)
    actions.add_file(row, content=b"%PDF-1.4 x", name="图纸.pdf", title="", by=by, at=AT)
    with refused("ventures.not_in_charge"):
        actions.write_log(row, words="x", on=TODAY, by=cast.actor("mentor", cast.jinheng), at=AT)
    with refused("ventures.not_in_charge"):
        actions.finish_venture(row, **PRODUCT, picture=None, on=TODAY, by=by, at=AT)
    with refused("ventures.open_milestones"):
        actions.finish_venture(row, **PRODUCT, picture=None, on=TODAY, by=office_of_college, at=AT)
    assert actions.reach_milestone(milestone, on=TODAY, by=by, at=AT)
    assert not actions.reach_milestone(milestone, on=TODAY, by=by, at=AT)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with refused("ventures.end_unclear"):
            actions.finish_venture(row, **PRODUCT, picture=None, on=day, by=office_of_college, at=AT)
    with refused("ventures.no_product"):
        actions.finish_venture(
            row, product={}, words="x", picture=None, on=TODAY, by=office_of_college, at=AT
        )
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.finish_venture(
            row, **PRODUCT, picture=(picture(), "x.jpg"), on=TODAY, by=office_of_college, at=AT
        )
    assert row.product_photo is not None
    told_of = Statement.objects.get(person=cast.people["trainer"], object_id__endswith=row.public_id)
    assert told_of.raw["verb"]["id"].endswith("/completed")
    with refused("ventures.over"):
        actions.write_log(row, words="x", on=TODAY, by=by, at=AT)
    [told] = queries.work_under(row.cooperation, date(2026, 1, 1), date(2026, 12, 31))
    assert (told.reached, told.milestones, told.product["en"]) == (1, 1, "Quick clamp")
    assert queries.work_under(row.cooperation, date(2027, 1, 1), date(2027, 12, 31)) == []
    actions.resume_venture(row, by=office_of_college, at=AT)
    [told] = queries.work_under(row.cooperation, date(2026, 1, 1), date(2026, 12, 31))
    assert (told.state, told.product) == ("running", {})  # nothing has come out of what goes on


def test_pointers_lead_to_what_the_writer_was_offered(cast: Cast) -> None:
    row, by = running(cast), cast.actor("trainer")
    with refused("ventures.pointer_unknown"):
        actions.point_to(row, "courses/course/x", offered=set(), by=by, at=AT)
    assert actions.point_to(row, "courses/course/x", offered={"courses/course/x"}, by=by, at=AT)
    assert not actions.point_to(row, "courses/course/x", offered={"courses/course/x"}, by=by, at=AT)
    assert actions.take_back_pointer(row.pointers.get(), by=by, at=AT)


def test_it_stops_with_a_reason_and_goes_on_while_the_agreement_does(cast: Cast) -> None:
    row, by = running(cast), cast.actor("coordinator")
    with refused("ventures.say_why"):
        actions.stop_venture(row, because=" ", on=TODAY, by=by, at=AT)
    row = actions.stop_venture(row, because="订单变化", on=TODAY, by=by, at=AT)
    assert (row.state, row.ended_on) == ("stopped", TODAY)
    assert actions.resume_venture(row, by=by, at=AT).ended_on is None
    actions.stop_venture(row, because="x", on=TODAY, by=by, at=AT)
    end_cooperation(row.cooperation, on=TODAY, by=by, at=AT)
    with refused("ventures.no_basis"):
        actions.resume_venture(Venture.objects.get(), by=by, at=AT)


def test_sides_and_those_in_charge_see_it_and_nobody_else(cast: Cast) -> None:
    row = running(cast)
    mentor = cast.people["mentor"]

    def sees(who: str, where: Any = None) -> bool:
        with looking_for(cast.actor(who, where).scope):
            return Venture.objects.filter(pk=row.pk).exists()

    assert sees("coordinator")
    assert sees("hr", cast.jinheng)
    assert not sees("auditor", cast.qinghe)
    assert not sees("stranger", cast.neighbour)
    assert not sees("mentor", cast.jinheng)
    side = Side.objects.get(venture=row, organisation=cast.jinheng)
    actions.name_in_charge(row, side, mentor, role="", by=office(cast), at=AT)
    assert sees("mentor", cast.jinheng)
    assert Charge.objects.count() == 2


def test_whoever_is_in_charge_hears_of_a_milestone(cast: Cast) -> None:
    row, by = running(cast), cast.actor("trainer")
    actions.add_milestone(row, title="样件", due_on=date(2026, 9, 20), by=by, at=AT)
    person = cast.people["trainer"]
    line = hears(person, TODAY + timedelta(days=4))["ventures.milestone"]
    assert not line.told
    assert "ventures.milestone" in hears(cast.people["coordinator"], TODAY + timedelta(days=14))
