"""What a table gives: dated rows, rates, caps; and that a request is decided by the rows of its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from craftpath.domain.apprenticeships.models import StageProgress
from craftpath.domain.credits import actions, points, queries
from craftpath.domain.credits.models import ConversionRule, Request
from craftpath.kernel.access import system
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import (
    START,
    SYSTEM,
    Reached,
    account,
    asked,
    balance,
    credits,
    decided,
    diploma,
    earning,
    posted,
    rate,
    reached,
    refused,
)

__all__ = ["reached"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _three(cast: Cast, reached: Reached, **instead: Any) -> Any:
    earning(cast)
    for n in range(3):
        reached.add(cast.people["apprentice"], f"c{n}", **instead)
    return account(cast)


def test_points_are_read_and_said_exactly() -> None:
    assert [points.of_text(one) for one in ("12", "4.5", " 0.25 ", "0.125", "x", "nan", "1e400")] == [
        1200,
        450,
        25,
        None,
        None,
        None,
        None,
    ]
    assert [points.shown(one) for one in (1200, 450, 25, -325, 0)] == ["12", "4.5", "0.25", "−3.25", "0"]
    assert points.converted(33, 5000) == 16  # never more than went in
    assert points.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert points.months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert points.months_after(date(2026, 11, 30), 14) == date(2028, 1, 30)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"most": 900}, "over_area"),
        ({"share": 1000}, "over_share"),
        ({"year": 900}, "over_year"),
        ({"half": 900}, "over_half"),
        ({"certificates": 2}, "over_certificates"),
    ],
)
def test_each_cap_refuses_the_credit_that_would_exceed_it(
    cast: Cast, reached: Reached, limits: dict[str, int], reason: str
) -> None:
    row, goal = _three(cast, reached), diploma(cast, **limits)
    found = queries.proposals(goal, row, credits(row), TODAY)
    assert [one.amount for one in found] == [400, 400, 0]
    assert found[2].verdict.reason == f"credits.{reason}"
    # In whatever order they were chosen, and over two requests as in one.
    assert queries.proposals(goal, row, credits(row)[::-1], TODAY) == found
    posted(cast, decided(cast, asked(cast, goal, credits(row)[:2]), 400, 400))
    with refused(f"credits.{reason}"):
        asked(cast, goal, credits(row)[2:])
    assert balance(row) == 800


def test_the_cap_of_a_row_outlives_the_row(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast)
    rate(goal, cap=900, valid_from=date(2026, 3, 1))
    posted(cast, decided(cast, asked(cast, goal, credits(row)[:2]), 400, 400))
    rate(goal, cap=900, valid_from=TODAY + timedelta(days=1))
    [found] = queries.proposals(goal, row, credits(row)[2:], TODAY + timedelta(days=1))
    assert (found.verdict.reason, found.left["rule"]) == ("credits.over_rule", 100)


def test_the_rows_of_the_day_of_the_request_hold_until_the_end(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast)
    request = asked(cast, goal, credits(row)[:1])
    by = cast.actor("coordinator")
    rate(goal, rate=2500, valid_from=TODAY + timedelta(days=1), by=by)
    request = posted(cast, decided(cast, request, 400, at=AT + timedelta(days=30)))
    assert [one.points for one in queries.taken_by(row, goal)] == [400]
    [line] = asked(cast, goal, credits(row)[1:2], on=TODAY + timedelta(days=1)).lines.all()
    assert line.proposed == 200


def test_what_changed_meanwhile_is_refused_and_nothing_is_spent(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast, most=900)
    first, second = asked(cast, goal, credits(row)[:2]), asked(cast, goal, credits(row)[2:])
    first, second = decided(cast, first, 400, 400), decided(cast, second, 400)
    posted(cast, second)
    with refused("credits.over_area"):
        posted(cast, first)  # one of its two lines would still fit: all of it or nothing
    assert balance(row) == 1600
    assert Request.objects.get(pk=first.pk).state == "accepted"
    # Somebody corrected the table behind everybody's back.
    actions.reverse_request(second, because="x", on=TODAY, by=cast.actor("coordinator"), at=AT)
    ConversionRule.objects.filter(diploma=goal).update(rate=2500)
    with refused("credits.rule_changed"):
        posted(cast, first)
    ConversionRule.objects.filter(diploma=goal).update(valid_from=TODAY + timedelta(days=1))
    with refused("credits.no_row"):
        posted(cast, first)
    assert balance(row) == 2400


def test_the_most_exact_row_takes_a_credit(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast)
    rate(goal, key="by-kind", area="", outcome="certificate", rate=6000)
    rate(goal, key="by-level", area="", outcome="certificate", scheme="cn5", level="4", rate=8000)
    rate(goal, key="other", area="", outcome="certificate", scheme="onex", level="4", rate=9000)
    found = queries.proposals(goal, row, credits(row), TODAY)
    assert [one.amount for one in found] == [640] * 3


def test_a_credit_that_expires_counts_until_the_day_of_the_request(cast: Cast, reached: Reached) -> None:
    earning(cast, expires_months=5)
    reached.add(cast.people["apprentice"], "c0", on=date(2026, 4, 14))  # until TODAY
    row, goal = account(cast), diploma(cast)
    with refused("credits.expired"):
        asked(cast, goal, credits(row), on=TODAY + timedelta(days=1))
    request = asked(cast, goal, credits(row))
    late = {"by": cast.actor("coordinator"), "at": AT + timedelta(days=90)}
    request = decided(cast, request, 400)
    actions.post_request(request, on=TODAY + timedelta(days=90), **late)
    assert balance(row, TODAY + timedelta(days=90)) == 0
    assert len(queries.taken_by(row, goal)) == 1


def test_a_request_is_sent_once_and_only_by_its_owner(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast)
    same = uuid4()
    request = asked(cast, goal, credits(row)[:1], made_id=same)
    assert asked(cast, goal, credits(row)[:1], made_id=same) == request
    with refused("credits.asked_already"):
        asked(cast, goal, credits(row)[:1])
    with refused("credits.own_only"):
        asked(cast, goal, credits(row)[1:], by=cast.actor("coordinator"))
    with refused("credits.own_only"):
        actions.withdraw_request(request, by=cast.actor("coordinator"), at=AT)
    other = actions.open_account(cast.people["classmate"], **SYSTEM)
    with refused("credits.own_only"):
        by = cast.actor("classmate")
        actions.ask_for_conversion(other, goal, [credits(row)[1].pk], made_id=uuid4(), on=TODAY, by=by, at=AT)
    own = cast.actor("apprentice")
    assert actions.withdraw_request(request, by=own, at=AT).state == "withdrawn"
    assert actions.withdraw_request(request, by=own, at=AT).state == "withdrawn"
    asked(cast, goal, credits(row)[:1])  # free again


def test_checking_and_deciding_are_two_people(cast: Cast, reached: Reached) -> None:
    row, goal = _three(cast, reached), diploma(cast)
    request = asked(cast, goal, credits(row)[:1])
    with refused("kernel.role_lacks"):
        actions.check_request(request, by=cast.actor("auditor", cast.college), at=AT)
    coordinator = cast.actor("coordinator")
    request = actions.check_request(request, by=coordinator, at=AT)
    [line] = request.lines.all()
    whole = {line.pk: actions.LineVerdict(400)}
    with refused("credits.checked_by_you"):
        actions.decide_request(request, whole, by=coordinator, at=AT)
    with refused("kernel.role_lacks"):
        actions.decide_request(request, whole, by=cast.actor("trainer"), at=AT)
    administrator = cast.actor("administrator")
    with refused("credits.more_than_table"):
        actions.decide_request(request, {line.pk: actions.LineVerdict(401)}, by=administrator, at=AT)
    with refused("credits.decide_every_line"):
        actions.decide_request(request, {}, by=administrator, at=AT)
    with refused("credits.say_why"):
        actions.decide_request(request, {line.pk: actions.LineVerdict(0)}, by=administrator, at=AT)
    assert actions.accept_request(request, by=administrator, at=AT).state == "accepted"
    other = actions.check_request(asked(cast, goal, credits(row)[1:]), by=coordinator, at=AT)
    with refused("credits.say_why"):
        actions.reject_request(other, because=" ", by=administrator, at=AT)
    other = actions.reject_request(other, because="课程不符", by=administrator, at=AT)
    assert (other.state, {line.because for line in other.lines.all()}) == ("rejected", {"课程不符"})
    with refused("flow.not_now"):
        posted(cast, other)


def test_prior_learning_is_recognised_with_evidence(cast: Cast, reached: Reached) -> None:
    technical = earning(cast).area
    by = cast.actor("apprentice")
    learned = [actions.Learned("三年钳工", technical, 600), actions.Learned("自学", technical, 200)]
    values: dict[str, Any] = {"made_id": uuid4(), "words": "", "on": TODAY, "by": by, "at": AT}
    with refused("credits.no_evidence"):
        actions.ask_for_recognition(cast.college, learned, [], **values)
    files = [(b"%PDF-1.4 x", "证明.pdf")]
    request = actions.ask_for_recognition(cast.college, learned, files, **values)
    assert actions.ask_for_recognition(cast.college, learned, files, **values) == request
    request = posted(cast, decided(cast, request, 500, 0))
    row = request.account
    assert (request.state, balance(row)) == ("posted", 500)
    [credit] = credits(row)
    assert (credit.outcome, credit.institution) == ("prior", cast.college)
    goal = diploma(cast)
    conversion = posted(cast, decided(cast, asked(cast, goal, [credit]), 250))
    with refused("credits.spent_already"):
        actions.reverse_request(request, because="x", on=TODAY, by=cast.actor("coordinator"), at=AT)
    for one in (conversion, request):
        actions.reverse_request(one, because="x", on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert balance(row) == 0


def test_rows_in_force_end_and_begin_and_are_never_edited(cast: Cast) -> None:
    goal, by = diploma(cast), cast.actor("coordinator")
    with refused("credits.begins_before_today"):
        rate(goal, rate=100, valid_from=TODAY - timedelta(days=1), by=by)
    made = rate(goal, rate=100, valid_from=TODAY, by=by)
    assert rate(goal, rate=100, valid_from=TODAY, by=by) == made  # pressed twice
    with refused("credits.begins_too_early"):
        rate(goal, rate=200, valid_from=TODAY, by=by)
    assert [(one.rate, one.valid_to) for one in ConversionRule.objects.order_by("valid_from")] == [
        (5000, TODAY - timedelta(days=1)),
        (100, None),
    ]
    with refused("credits.end_unclear"):
        actions.end_conversion(made, on=TODAY - timedelta(days=1), today=TODAY, by=by, at=AT)
    actions.end_conversion(made, on=TODAY, today=TODAY, by=by, at=AT)
    for bad, reason in (
        ({"valid_to": TODAY - timedelta(days=1)}, "ends_before_it_begins"),
        ({"rate": 10001}, "rate_unclear"),
        ({"to_area": "x"}, "area_unknown"),
        ({"area": ""}, "about_nothing"),
        ({"cap": 0}, "points_unclear"),
    ):
        with refused(f"credits.{reason}"):
            rate(goal, key="new", valid_from=TODAY, by=by, **bad)
    with refused("credits.diploma_open"):
        actions.set_area(goal, "more", {"zh": "更多"}, by=by, at=AT)
    with refused("kernel.belongs_to_another"):
        rate(goal, valid_from=TODAY, by=cast.actor("stranger", cast.neighbour))
    with refused("credits.of_the_site"):
        actions.begin_earning(
            None,
            actions.keep_area("technical", {"zh": "技术"}, **SYSTEM),
            actions.NewEarning({"zh": "x"}, "stage", 100, TODAY),
            today=TODAY,
            by=by,
            at=AT,
        )


def test_a_diploma_opens_once_its_areas_add_up(cast: Cast) -> None:
    by, new = cast.actor("coordinator"), actions.NewDiploma({"zh": "专科"}, 1000)
    row = actions.draft_diploma(cast.college, new, by=by, at=AT)
    assert actions.draft_diploma(cast.college, new, key=row.key, by=by, at=AT) == row
    with refused("credits.areas_unclear"):
        actions.open_diploma(row, by=by, at=AT)
    actions.set_area(row, "a", {"zh": "甲"}, least=600, most=700, by=by, at=AT)
    with refused("credits.areas_unclear"):  # 700 at most never reach 1000
        actions.open_diploma(row, by=by, at=AT)
    actions.set_area(row, "b", {"zh": "乙"}, least=600, by=by, at=AT)
    with refused("credits.areas_unclear"):
        actions.open_diploma(row, by=by, at=AT)
    actions.set_area(row, "b", {"zh": "乙"}, least=400, by=by, at=AT)
    with refused("credits.ends_before_it_begins"):  # also while it is a draft
        rate(row, to_area="a", valid_to=START - timedelta(days=1), by=by)
    row = actions.open_diploma(row, by=by, at=AT)
    row = actions.retire_diploma(row, by=by, at=AT)
    reached_by = actions.open_account(cast.people["apprentice"], by=system(), at=AT)
    with refused("credits.diploma_closed"):
        actions.ask_for_conversion(
            reached_by, row, [1], made_id=uuid4(), on=TODAY, by=cast.actor("apprentice"), at=AT
        )


def test_stages_and_courses_are_what_the_record_says(cast: Cast) -> None:
    """The site's own providers: what was passed here counts, what was taken over does not."""
    earning(cast, outcome="stage", scheme="", level="", key="stage")
    apprentice = cast.enrolments["26001"]
    progress = StageProgress.objects.get(enrolment=apprentice)
    StageProgress.objects.filter(pk=progress.pk).update(
        state="passed", passed_on=date(2026, 9, 1), basis="decision"
    )
    [made] = actions.look_what_is_earned(apprentice.person, **SYSTEM).added
    assert (made.on, made.institution, made.source) == (
        date(2026, 9, 1),
        cast.college,
        f"apprenticeships/enrolment/{apprentice.public_id}",
    )
    assert StageProgress.objects.filter(enrolment=cast.enrolments["26005"], basis="taken_over").exists()
    looked = actions.look_what_is_earned(cast.enrolments["26005"].person, **SYSTEM)
    assert (looked.added, looked.without) == ([], [])
