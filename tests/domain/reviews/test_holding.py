"""In a review: parts, goals that are carried on, a colour with its reason, signatures in any order, who has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.reviews.actions import (
    drop_goals,
    excuse_signer,
    hold_review,
    meet_goals,
    miss_review,
    reach_goal,
    reopen_review,
    say_part,
    set_goal,
    sign_review,
    write_review,
)
from craftpath.domain.reviews.models import Goal, Part, Review
from craftpath.domain.reviews.queries import goals_in, last_colours
from craftpath.kernel.access import Actor
from craftpath.kernel.signing import parties_of
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.reviews.world import PATTERN, of, planned, written

pytestmark = pytest.mark.usefixtures("all_rows")
ORDERS: list[Sequence[str]] = list(permutations(["apprentice", "mentor", "college"]))


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def actors(cast: Cast) -> dict[str, Actor]:
    return {
        "apprentice": cast.actor("apprentice"),
        "mentor": cast.actor("mentor", cast.jinheng),
        "college": cast.actor("trainer"),
    }


def sign(row: Review, role: str, by: Actor, **instead: str) -> bool:
    assert row.document is not None
    party = next(one for one in parties_of(row.document) if one.role == role)
    seen = instead.get("seen", row.document.sha256)
    return sign_review(party, seen=seen, by=by, at=row.ends_at)


def test_each_side_writes_its_own_part_before_or_during(cast: Cast) -> None:
    row = of(cast)
    for role, by in actors(cast).items():
        say_part(row, words=f"{role} 的话", by=by, at=row.starts_at - timedelta(days=3))
    say_part(row, words="改过的话", by=cast.actor("apprentice"), at=row.starts_at)
    words = dict(Part.objects.filter(review=row).values_list("role", "words"))
    assert words == {"apprentice": "改过的话", "mentor": "mentor 的话", "college": "college 的话"}


@pytest.mark.parametrize("who", ["classmate", "hr", "assessor"])
def test_nobody_else_says_anything(who: str, cast: Cast) -> None:
    by = cast.actor(who, cast.jinheng if who == "hr" else None)
    with refused("reviews.not_yours"):
        say_part(of(cast), words="x", by=by, at=of(cast).starts_at)


@pytest.mark.parametrize("words", ["", "   ", "字" * 2001])
def test_a_part_has_words_and_an_end(words: str, cast: Cast) -> None:
    with refused("reviews.no_words"):
        say_part(of(cast), words=words, by=cast.actor("apprentice"), at=of(cast).starts_at)


def test_goals_are_carried_on_until_somebody_settles_them(cast: Cast) -> None:
    first = of(cast)
    by, at = cast.actor("mentor", cast.jinheng), first.starts_at
    one = set_goal(first, text="独立对刀", owner="apprentice", due_on=first.due_on, by=by, at=at)
    other = set_goal(first, text="每周一次讲图", owner="mentor", by=by, at=at)
    assert set_goal(first, text="独立对刀 ", owner="apprentice", by=by, at=at).pk == one.pk
    hold_review(first, colour="green", by=by, at=at)
    write_review(first, seen=Review.objects.get(pk=first.pk).revision, by=by, at=at)
    second = _next(cast)
    assert goals_in(second).carried == [one, other]
    assert meet_goals([one], second, by=by, at=second.starts_at) == 1
    assert meet_goals([one], second, by=by, at=second.starts_at) == 0
    assert drop_goals([other], second, by=by, at=second.starts_at) == 1
    found = goals_in(second)
    assert found.carried == []
    assert {goal.state for goal in found.settled} == {"met", "dropped"}


def _next(cast: Cast) -> Review:
    from dataclasses import replace

    planned(cast, replace(PATTERN, first_on=PATTERN.first_on + timedelta(weeks=4)))
    return Review.objects.select_related("organisation", "enrolment").get(
        enrolment=cast.enrolments["26001"], round=2
    )


def test_goals_of_somebody_else_are_not_settled(cast: Cast) -> None:
    row, other = of(cast), of(cast, "26002")
    by = cast.actor("mentor", cast.jinheng)
    goal = set_goal(other, text="x", owner="mentor", by=by, at=row.starts_at)
    assert meet_goals([goal], row, by=by, at=row.starts_at) == 0
    assert Goal.objects.get(pk=goal.pk).state == "open"


def test_a_dozen_goals_are_enough(cast: Cast) -> None:
    row, by = of(cast), cast.actor("mentor", cast.jinheng)
    for n in range(12):
        set_goal(row, text=f"目标 {n}", owner="mentor", by=by, at=row.starts_at)
    with refused("reviews.goals_too_many"):
        set_goal(row, text="再来一个", owner="mentor", by=by, at=row.starts_at)


@pytest.mark.parametrize(
    ("colour", "because", "reason"),
    [("blue", "x", "reviews.no_colour"), ("amber", " ", "reviews.colour_without_reason")],
)
def test_a_colour_is_one_of_three_and_says_why(colour: str, because: str, reason: str, cast: Cast) -> None:
    row = of(cast)
    with refused(reason):
        hold_review(row, colour=colour, because=because, by=cast.actor("trainer"), at=row.starts_at)


def test_it_is_held_from_the_day_before_on_by_those_who_lead(cast: Cast) -> None:
    row = of(cast)
    with refused("reviews.not_yet"):
        hold_review(row, colour="green", by=cast.actor("trainer"), at=row.starts_at - timedelta(days=2))
    with refused("reviews.led_by_others"):
        hold_review(row, colour="green", by=cast.actor("apprentice"), at=row.starts_at)
    with refused("reviews.in_the_future"):
        hold_review(
            row,
            colour="green",
            on=row.due_on + timedelta(days=30),
            by=cast.actor("trainer"),
            at=row.starts_at,
        )
    held = hold_review(row, colour="red", because="常缺勤", by=cast.actor("trainer"), at=row.starts_at)
    assert (held.state, held.colour, held.colour_because) == ("held", "red", "常缺勤")
    assert last_colours([row.enrolment_id]) == {row.enrolment_id: "red"}


def test_one_that_was_missed_can_be_written_down_after_all(cast: Cast) -> None:
    row, by = of(cast), cast.actor("trainer")
    miss_review(row, because="x", by=by, at=row.ends_at)
    assert hold_review(row, colour="green", by=by, at=row.ends_at + timedelta(days=1)).state == "held"


def test_nobody_is_reviewed_after_the_apprenticeship(cast: Cast) -> None:
    row = of(cast)
    end_enrolments(
        [cast.enrolments["26001"]], because="x", on=row.on, by=cast.actor("coordinator"), at=row.starts_at
    )
    with refused("reviews.has_left"):
        hold_review(of(cast), colour="green", by=cast.actor("trainer"), at=row.ends_at)


def test_what_was_written_meanwhile_is_read_before_it_is_fixed(cast: Cast) -> None:
    row, by = of(cast), cast.actor("mentor", cast.jinheng)
    held = hold_review(row, colour="green", by=by, at=row.starts_at)
    say_part(row, words="还有一句", by=cast.actor("apprentice"), at=row.starts_at)
    with refused("reviews.written_meanwhile"):
        write_review(held, seen=held.revision, by=by, at=row.starts_at)


def test_the_text_says_what_was_said_in_both_languages(cast: Cast) -> None:
    row = of(cast)
    say_part(row, words="会看图了。", by=cast.actor("apprentice"), at=row.starts_at)
    set_goal(row, text="独立对刀", owner="apprentice", by=cast.actor("trainer"), at=row.starts_at)
    document = written(cast).document
    assert document is not None
    assert "会看图了。" in document.text["zh"]
    assert "独立对刀（学徒负责；新定）" in document.text["zh"]
    assert "Green: on track" in document.text["en"]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_all_three_sign_in_any_order(order: Sequence[str], cast: Cast) -> None:
    row = written(cast)
    done = [sign(row, role, actors(cast)[role]) for role in order]
    assert done == [False, False, True]
    assert sign(row, order[2], actors(cast)[order[2]])
    row.refresh_from_db()
    assert (row.state, row.signed_at) == ("signed", row.ends_at)


def test_what_was_taken_back_is_written_anew_and_signed_anew(cast: Cast) -> None:
    row = written(cast)
    sign(row, "apprentice", cast.actor("apprentice"))
    with refused("reviews.text_is_fixed"):
        say_part(row, words="x", by=cast.actor("apprentice"), at=row.ends_at)
    again = reopen_review(row, by=cast.actor("trainer"), at=row.ends_at)
    with pytest.raises(Refused):
        sign(row, "mentor", actors(cast)["mentor"])
    say_part(again, words="补充。", by=cast.actor("apprentice"), at=row.ends_at)
    again = write_review(
        again, seen=Review.objects.get(pk=row.pk).revision, by=cast.actor("trainer"), at=row.ends_at
    )
    assert [sign(again, role, by) for role, by in actors(cast).items()] == [False, False, True]


def test_a_mentor_who_left_cannot_sign_and_is_excused_with_a_reason(cast: Cast) -> None:
    row = written(cast)
    sign(row, "apprentice", cast.actor("apprentice"))
    sign(row, "college", cast.actor("trainer"))
    EnrolmentParty.objects.filter(person=cast.people["mentor"]).update(ends_on=row.due_on)
    with refused("reviews.signer_has_left"):
        sign(row, "mentor", actors(cast)["mentor"])
    with pytest.raises(Refused):
        excuse_signer(row, role="mentor", because="离职", by=cast.actor("trainer"), at=row.ends_at)
    assert excuse_signer(row, role="mentor", because="离职", by=cast.actor("coordinator"), at=row.ends_at)
    row.refresh_from_db()
    assert row.state == "signed"


def test_who_has_signed_is_not_excused_and_nobody_signs_by_being_excused(cast: Cast) -> None:
    row, by = written(cast), cast.actor("coordinator")
    sign(row, "apprentice", cast.actor("apprentice"))
    with refused("reviews.signed_by_them"):
        excuse_signer(row, role="apprentice", because="x", by=by, at=row.ends_at)
    other = written(cast, "26002")
    for role in ("apprentice", "mentor", "college"):
        assert not excuse_signer(other, role=role, because="x", by=by, at=row.ends_at)
    other.refresh_from_db()
    assert other.state == "written"


def test_a_text_that_was_not_read_is_not_signed(cast: Cast) -> None:
    with refused("kernel.document_differs"):
        sign(written(cast), "apprentice", cast.actor("apprentice"), seen="0" * 64)


# ---- goals between two reviews


@pytest.mark.parametrize("owner", ["apprentice", "mentor", "college"])
def test_whoever_took_a_goal_on_says_that_it_is_reached_and_nobody_else(cast: Cast, owner: str) -> None:
    first, second = twice(cast)
    goal = set_goal(first, text="独立对刀", owner=owner, by=actors(cast)["mentor"], at=first.starts_at)
    later = first.starts_at + timedelta(days=3)
    for role, by in actors(cast).items():
        if role != owner:
            with refused("reviews.goal_of_another"):
                reach_goal(goal, by=by, at=later)
    by = actors(cast)[owner]
    reach_goal(goal, by=by, at=later)
    again = reach_goal(goal, by=by, at=later + timedelta(hours=1))  # pressed twice
    assert (again.state, again.settled_by, again.settled_at) == ("met", by.person, later)
    assert goals_in(second).settled == [again]
    assert (goals_in(first).settled, goals_in(first).fresh, goals_in(second).carried) == ([], [again], [])


def test_a_goal_reached_with_no_review_to_come_stands_where_it_was_agreed(cast: Cast) -> None:
    row = written(cast)
    document = row.document
    goal = Goal(
        enrolment=row.enrolment, set_in=row, text="编程", owner="apprentice",
        set_by=cast.people["mentor"], set_at=row.starts_at,
    )  # fmt: skip
    goal.save()
    reach_goal(goal, by=cast.actor("apprentice"), at=row.ends_at)
    row.refresh_from_db()
    assert [one.state for one in goals_in(row).settled] == ["met"]
    assert (row.document, row.revision) == (document, 0)  # what is being signed stays as it is


def test_a_goal_that_a_review_dropped_is_not_reached_any_more(cast: Cast) -> None:
    row, by = of(cast), actors(cast)["mentor"]
    goal = set_goal(row, text="x", owner="apprentice", by=by, at=row.starts_at)
    drop_goals([goal], row, by=by, at=row.starts_at)
    with refused("reviews.goal_settled"):
        reach_goal(goal, by=cast.actor("apprentice"), at=row.ends_at)


def test_goals_rest_when_the_apprenticeship_has_ended(cast: Cast) -> None:
    row = of(cast)
    goal = set_goal(row, text="x", owner="apprentice", by=actors(cast)["mentor"], at=row.starts_at)
    apprentice = cast.actor("apprentice")
    end_enrolments(
        [row.enrolment], because="转学", on=row.starts_at.date(), by=cast.actor("coordinator"), at=row.ends_at
    )
    with refused("reviews.goal_over"):
        reach_goal(goal, by=apprentice, at=row.ends_at)


def twice(cast: Cast) -> tuple[Review, Review]:
    """The same apprentice's first two reviews."""
    planned(cast, replace(PATTERN, rounds=2))
    first, second = Review.objects.filter(enrolment=cast.enrolments["26001"]).order_by("round")
    return first, second
