"""Papers and sittings: what may stand in a paper, who sits, codes, seats and extra time."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.exams.actions import (
    cancel_sitting,
    close_sitting,
    fix_paper,
    give_codes,
    make_paper,
    open_sitting,
    plan_sitting,
    seat_candidate,
    shelve_paper,
    tag_item,
)
from craftpath.domain.exams.codes import SIGNS, digest, new_code
from craftpath.domain.exams.models import Candidate, Item, Paper, PaperLine, Sitting
from craftpath.domain.exams.queries import Tags
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import OPENS, begin, candidate, opened, paper, planned

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def again(cast: Cast, items: list[Item], **other: Any) -> Paper:
    given: dict[str, Any] = {"made_id": uuid.uuid4(), "title": "x", "minutes": 30} | other
    return make_paper(items, organisation=cast.college, **given, by=cast.actor("trainer"), at=AT)


def test_a_paper_keeps_what_its_items_say_and_their_order(cast: Cast) -> None:
    made = paper(cast)
    items = list(Item.objects.order_by("-pk"))
    other = again(cast, items)
    assert [line.version.item_id for line in other.lines.order_by("order")] == [one.pk for one in items]
    assert other.state == "draft"
    assert made.state == "ready"


def test_the_same_form_makes_one_paper(cast: Cast) -> None:
    paper(cast)
    items, made_id = list(Item.objects.all()), uuid.uuid4()
    assert again(cast, items, made_id=made_id) == again(cast, items[:1], made_id=made_id)


def test_what_may_not_stand_in_a_paper(cast: Cast) -> None:
    paper(cast)
    items = list(Item.objects.order_by("pk"))
    with refused("paper_no_items"):
        again(cast, [])
    with refused("no_title"):
        again(cast, items, title=" ")
    with refused("minutes_outside"):
        again(cast, items, minutes=0)
    enemies = Tags(enemies=(items[1].public_id,))
    tag_item(items[0], enemies, by=cast.actor("trainer"), at=AT)
    with refused("paper_enemies"):
        again(cast, items)
    Item.objects.filter(pk=items[2].pk).update(state="retired")
    with refused("paper_item_not_ready"):
        again(cast, list(Item.objects.order_by("pk"))[2:])


def test_an_item_stands_in_no_more_papers_than_it_may(cast: Cast) -> None:
    first = paper(cast)
    by, items = cast.actor("trainer"), list(Item.objects.order_by("pk"))
    for limit in (2, 3):
        tag_item(items[0], Tags(exposure_limit=limit), by=by, at=AT)
        again(cast, list(Item.objects.order_by("pk"))[: limit - 1])
        with refused("paper_item_used_up"):
            again(cast, list(Item.objects.order_by("pk")))
    assert PaperLine.objects.filter(version__item=items[0]).exclude(paper=first).count() == 2
    again(cast, list(Item.objects.order_by("pk"))[1:])  # the others are free


def test_a_paper_is_fixed_once_and_put_away(cast: Cast) -> None:
    made, by = paper(cast), cast.actor("trainer")
    with pytest.raises(Refused):
        fix_paper(made, by=by, at=AT)
    shelve_paper(made, by=by, at=AT)
    with refused("paper_not_ready"):
        planned(cast, paper=Paper.objects.get(pk=made.pk))


def test_everybody_who_is_active_sits_by_number(cast: Cast) -> None:
    row = planned(cast)
    seats = Candidate.objects.filter(sitting=row).order_by("pk").values_list("enrolment__number", "seat")
    assert list(seats) == [(f"2600{n}", str(n)) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("other", "reason"),
    [({"starts_at": AT}, "sitting_in_the_past"), ({"minutes": 0}, "minutes_outside"),
     ({"starts_at": AT.replace(year=9999)}, "sitting_too_far"),
     ({"minutes": 601}, "minutes_outside")],
)  # fmt: skip
def test_a_plan_that_makes_no_sense_is_refused(cast: Cast, other: dict[str, Any], reason: str) -> None:
    with refused(reason):
        planned(cast, **other)


def test_the_same_plan_twice_is_one(cast: Cast) -> None:
    made_id, used = uuid.uuid4(), paper(cast)
    assert planned(cast, made_id=made_id, paper=used) == planned(cast, made_id=made_id, paper=used)
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "hr", "officer", "stranger"])
def test_others_plan_and_open_nothing(cast: Cast, who: str) -> None:
    row = planned(cast)
    house = {
        "mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour,
    }.get(who)  # fmt: skip
    by = cast.actor(who, house)
    for act in (
        lambda: plan_sitting(
            cast.cohort, row.paper, made_id=uuid.uuid4(), starts_at=OPENS, minutes=9, by=by, at=AT
        ),
        lambda: open_sitting(row, by=by, at=OPENS),
        lambda: give_codes(row, by=by, at=AT),
    ):
        with pytest.raises(Refused) as found:
            act()
        assert found.value.verdict.who


def test_a_new_code_ends_the_one_before(cast: Cast) -> None:
    row, first = opened(cast)
    second = give_codes(row, by=cast.actor("trainer"), at=OPENS)
    assert len(set(second.values()) | set(first.values())) == 10
    with refused("code_unknown"):
        begin(first["26001"])
    assert begin(second[candidate(cast, row).pk]).grip == 1


def test_codes_are_read_with_forgiveness_and_kept_as_a_digest() -> None:
    code = new_code()
    assert len(code) == 9
    assert set(code) <= set(SIGNS) | {"-"}
    for typed in (code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]} ", code.replace("-", "－")):
        assert digest(typed) == digest(code) or "－" in typed
    for wrong in ("", "x", code + "A", "0" * 8, "\0" * 8, code[:-1] + "é"):
        assert digest(wrong) == ""
    assert code.replace("-", "") not in digest(code)


def test_seat_extra_time_and_large_print_count_at_once_also_under_way(cast: Cast) -> None:
    row, codes = opened(cast)
    begin(codes["26001"])
    who, by = candidate(cast, row), cast.actor("trainer")
    seat_candidate(who, seat=" A1 ", extra_minutes=15, large_print=True, by=by, at=OPENS)
    seat_candidate(who, seat="A1", extra_minutes=15, large_print=True, by=by, at=OPENS)
    who.refresh_from_db()
    assert (who.seat, who.ends_at) == ("A1", OPENS + timedelta(minutes=75))
    with refused("minutes_outside"):
        seat_candidate(who, seat="A1", extra_minutes=999, large_print=False, by=by, at=OPENS)


def test_a_sitting_is_opened_closed_and_never_again(cast: Cast) -> None:
    row, _codes = opened(cast)
    by = cast.actor("trainer")
    with pytest.raises(Refused):
        open_sitting(row, by=by, at=OPENS)
    with pytest.raises(Refused):
        cancel_sitting(row, because="x", by=by, at=OPENS)
    close_sitting(row, by=by, at=OPENS)
    with refused("is_closed"):
        give_codes(row, by=by, at=OPENS)
    other = planned(cast, paper=row.paper)
    with refused("no_reason"):
        cancel_sitting(other, because="", by=by, at=AT)
    assert cancel_sitting(other, because="停电", by=by, at=AT).state == "cancelled"
