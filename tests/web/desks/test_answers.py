"""What a home answers at a glance: the line on top, what is most urgent, who needs somebody and what to do next."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.web.desks.shapes import Line, by_urgency
from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.counts.following import begin_anew, look_through
from craftpath.domain.logbook.models import Entry
from craftpath.domain.reviews.models import Review
from craftpath.domain.support.models import Look
from craftpath.kernel.access import join
from craftpath.kernel.organisations import plant
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import TODAY

DAY = date(2026, 9, 14)
LINES = st.builds(
    Line,
    label=st.sampled_from("abcdef"),
    badge=st.sampled_from(["", "x"]),
    tone=st.sampled_from(["plain", "attention", "wrong"]),
    on=st.none() | st.dates(DAY - timedelta(days=9), DAY + timedelta(days=20)),
    rest=st.booleans(),
)


@given(st.lists(LINES, max_size=12))
def test_lines_are_in_order_of_urgency_and_none_is_lost(lines):
    found = by_urgency(lines, DAY)
    assert set(found) == set(lines)
    assert len(found) == len(set(lines))
    assert all(one.urgency(DAY) <= two.urgency(DAY) for one, two in zip(found, found[1:], strict=False))
    rests = [line.rest for line in found]
    assert rests == sorted(rests)  # what only leads to more comes last


def test_what_is_overdue_comes_before_what_is_due_and_the_oldest_first():
    late = Line("late", badge="overdue", tone="wrong", on=DAY - timedelta(days=1))
    later = Line("later", badge="overdue", tone="wrong", on=DAY - timedelta(days=5))
    today, soon = Line("today", on=DAY), Line("soon", on=DAY + timedelta(days=3))
    odd, plain = Line("odd", badge="!", tone="attention"), Line("plain")
    far, more = Line("far", on=DAY + timedelta(days=30)), Line("more", rest=True, on=DAY - timedelta(days=99))
    found = by_urgency([more, far, plain, soon, odd, today, late, later], DAY)
    assert [line.label for line in found] == ["later", "late", "today", "odd", "soon", "plain", "far", "more"]


def _entry(enrolment, *, days: int, state: str = "submitted") -> None:
    """An entry as it stands after so many days."""
    at = timezone.now() - timedelta(days=days)
    with everywhere("a test writes"):
        Entry.objects.create(
            enrolment=enrolment, made_id=uuid.uuid4(), on=timezone.localdate(at), text="-", minutes=60,
            state=state, written_at=at, saved_at=at, submitted_at=at, first_submitted_at=at,
        )  # fmt: skip


def _review(cast, enrolment, *, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    with everywhere("a test plans"):
        Review.objects.create(
            organisation=cast.college, enrolment=enrolment, round=1, due_on=timezone.localdate(at), starts_at=at,
            ends_at=at + timedelta(minutes=30), mode="on_site", mentor=cast.people["mentor"],
            trainer=cast.people["trainer"], changed_at=at,
        )  # fmt: skip


def _train(cast, *numbers: str) -> None:
    EnrolmentParty.objects.bulk_create(
        EnrolmentParty(
            enrolment=cast.enrolments[number], person=cast.people["trainer"], role="trainer", starts_on=TODAY
        )
        for number in numbers
    )


def test_a_trainer_s_people_stand_in_order_of_need_with_reason_and_next_act(cast, desk_of):
    _train(cast, "26001", "26002", "26003", "26005")
    _entry(cast.enrolments["26002"], days=9)
    _entry(cast.enrolments["26003"], days=20)
    _review(cast, cast.enrolments["26001"], days=3)
    (desk,) = desk_of("trainer")["desks"]
    told = [(line.label, line.note.split(" · "), line.act, line.act_url) for line in desk.needs]
    day = (timezone.localdate() - timedelta(days=20)).day
    assert [name for name, *_rest in told] == ["孙佳怡", "欧阳思远", "陈雨桐", "林浩然"]
    alone, quiet, review, log = told  # the first two weigh the same, and she waits longer
    assert quiet[1][0].startswith("no log entry since ")
    assert str(day) in quiet[1][0]
    assert quiet[1][1].startswith("log waits for an answer since ")
    assert quiet[2:] == ("Read the log", f"/o/lanchuan/log/of/{cast.enrolments['26003'].public_id}/")
    assert alone[1:3] == (["no mentor"], "Look at it")  # a trainer pairs nobody
    assert review[1][0].startswith("review was due on ")
    assert review[2:] == ("Hold the review", "/o/lanchuan/reviews/")
    assert log[2:] == ("Answer the log", "/o/lanchuan/log/team/")
    page = desk_of("trainer")
    assert ("4", "people need you") in [(one.figure, one.words) for one in page["sums"]]


def test_a_need_is_gone_as_soon_as_it_is_answered(cast, desk_of):
    _train(cast, "26001")
    _entry(cast.enrolments["26001"], days=9)
    assert [line.label for line in desk_of("trainer")["desks"][0].needs] == ["陈雨桐"]
    with everywhere("a test answers"):
        Entry.objects.filter(state="submitted").update(
            state="confirmed", confirmed_by=cast.people["mentor"], confirmed_at=timezone.now()
        )
    assert desk_of("trainer")["desks"][0].needs == []


def test_hr_is_shown_nobody_whose_need_was_answered_since_the_count(cast, browse, desk_of):
    desk_of("hr", "jinheng")
    EnrolmentParty.objects.create(
        enrolment=cast.enrolments["26005"], person=cast.people["mentor"], role="mentor", starts_on=TODAY
    )
    (desk,) = browse("hr").get("/o/jinheng/").context["desks"]  # nothing was counted since
    assert desk.needs == []


def test_the_line_on_top_says_what_the_lists_say(cast, browse):
    page = browse("classmate").get("/o/lanchuan/")
    said = [(one.figure, one.words) for one in page.context["sums"]]
    assert said[:2] == [("3", "things wait for you"), ("37.5", "points to date")]
    lines = [page.context["first"], *page.context["next"], *page.context["later"]]
    assert lines == page.context["waiting"]
    assert page.context["first"].label == "What did you do today?"
    text = unescape(page.content.decode())
    assert text.index("things wait for you") < text.index("What did you do today?") < text.index("37.5 of 45")


@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_places_are_read_onwards_twelve_at_a_time(cast, browse, who):
    for n in range(15):
        plant(key=f"more-{n}", kind="college", name={"en": f"More {n}"}, parent=cast.city)
    with everywhere("a test counts"):
        begin_anew()
        look_through(timezone.localdate())
    client, seen, after = browse(who), [], ""
    for _turn in range(3):
        places = (
            client.get("/o/lanchuan-bureau/", {"places": after} if after else {})
            .context["desks"][0]
            .figures["places"]
        )
        seen.append([place.url for place in places.rows])
        after = places.after
        if not after:
            break
    assert [len(page) for page in seen] == [12, 4]
    assert len({url for page in seen for url in page}) == 16
    assert client.get(seen[0][0]).status_code == 200  # the same person's home there
    for junk in ("zzz", "0001", "\x7f", "%"):
        assert client.get("/o/lanchuan-bureau/", {"places": junk}).status_code == 200


def test_before_the_first_count_no_figure_is_invented(cast, browse):
    page = browse("officer").get("/o/lanchuan-bureau/")
    assert "being counted for the first time" in page.content.decode()
    assert [one.figure for one in page.context["sums"]] == ["0"]  # what waits is known


def test_somebody_with_two_roles_has_one_line_of_figures(cast, desk_of):
    join([cast.people["trainer"]], cast.college, Role.COORDINATOR, on=TODAY.replace(month=1))
    _train(cast, "26005")
    page = desk_of("trainer")
    words = [one.words for one in page["sums"]]
    assert len(words) == len(set(words)) == 5  # what waits, and four figures of both


def _look(enrolment, weight: int, reasons: list[list[object]], act: str) -> None:
    with everywhere("a test looks"):
        Look.objects.create(
            enrolment=enrolment, college=enrolment.cohort.organisation, weight=weight, reasons=reasons, next_act=act,
            looked_at=timezone.now(),
        )  # fmt: skip


def test_early_help_orders_people_where_it_may_be_seen(cast, desk_of):
    _train(cast, "26001", "26002", "26005")
    _entry(cast.enrolments["26001"], days=9)
    _look(cast.enrolments["26002"], 30, [["silent", 3, 30]], "talk")
    _look(cast.enrolments["26001"], 50, [["waiting", 9, 30], ["review", 3, 20]], "answer_log")
    (desk,) = desk_of("trainer")["desks"]
    told = [(line.label, line.act) for line in desk.needs]
    assert told == [("陈雨桐", "Answer the log"), ("林浩然", "Have a talk"), ("孙佳怡", "Look at it")]
    assert desk.needs[0].note == (
        "Log entries wait for an answer: the oldest entry has waited for 9 days · A review is late"
    )
    (hr,) = desk_of("hr", "jinheng")["desks"]  # the personnel office reads facts only
    assert "Log entries wait for an answer" not in "".join(line.note for line in hr.needs)
    assert "陈雨桐" in [line.label for line in hr.needs]
