"""Essays: the sample, the gap and the third marker, versions, what markers may see and do, moderation."""

from __future__ import annotations

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given as over
from hypothesis import strategies as st

from craftpath.domain.exams.actions import (
    EssayPlan,
    close_sitting,
    mark_essay,
    open_marks,
    return_marks,
    settle_essay,
)
from craftpath.domain.exams.essays import drawn, essays_of, key_of
from craftpath.domain.exams.marking import desk_of, scored
from craftpath.domain.exams.models import EssayDecision, EssayMark, EssayReturn, Moderator, PaperLine, Sitting
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, candidate, opened, planned, with_markers

pytestmark = pytest.mark.usefixtures("all_rows")
NUMBERS = ("26001", "26002", "26003", "26004")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def held(cast: Cast, plan: EssayPlan, numbers: tuple[str, ...] = NUMBERS) -> Any:
    """A sitting that is over; each of these has written an essay."""
    row, codes = opened(cast, marking=plan)
    for number in numbers:
        answer(begin(codes[number]), {ESSAY: {"text": f"工艺 {number}"}})
    return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


def give(cast: Cast, row: Any, who: str, points: str, number: str = "26001", **other: Any) -> EssayMark:
    line = PaperLine.objects.select_related("version__item").get(paper=row.paper, order=ESSAY)
    values = {"points": Decimal(points), "by": cast.actor(who), "at": OPENS} | other
    return mark_essay(candidate(cast, row, number), line, **values)


def worth(row: Any, number: str = "26001") -> Fraction | None:
    table = scored(row)
    place = [one.enrolment.number for one in table.candidates].index(number)
    return table.points[place][ESSAY - 1]


def settle(
    cast: Cast, row: Any, points: str, because: str = "第二位漏看了切槽", **other: Any
) -> EssayDecision:
    line = PaperLine.objects.select_related("version__item").get(paper=row.paper, order=ESSAY)
    values = {"points": Decimal(points), "because": because, "by": cast.actor("coordinator"), "at": OPENS}
    return settle_essay(candidate(cast, row), line, **values | other)


@pytest.fixture
def trio(cast: Cast) -> Cast:
    """A second and a third trainer of the college, for essays that two or three mark."""
    return with_markers(cast)


# ---- the sample

IDS = st.sets(st.text("abcdefghij0123456789", min_size=1, max_size=8), max_size=60)


class TestSample:
    @over(IDS, st.integers(1, 99), st.text(max_size=8))
    def test_it_is_the_share_rounded_up_and_the_same_every_time(
        self, ids: set[str], percent: int, seed: str
    ) -> None:
        found = drawn(seed, ids, "q", percent)
        assert found <= ids
        assert len(found) == -(-len(ids) * percent // 100)
        assert bool(found) == bool(ids)  # at least one where there are any
        assert found == drawn(seed, sorted(ids, reverse=True), "q", percent)

    @over(IDS, st.integers(1, 98))
    def test_a_larger_share_has_all_of_a_smaller_one(self, ids: set[str], percent: int) -> None:
        assert drawn("s", ids, "q", percent) <= drawn("s", ids, "q", percent + 1)

    def test_nothing_is_drawn_of_nothing_or_at_no_percent(self) -> None:
        assert drawn("s", set(), "q", 50) == drawn("s", {"a", "b"}, "q", 0) == set()

    def test_whoever_does_not_know_the_seed_cannot_foresee_it(self) -> None:
        ids = {f"c{n}" for n in range(200)}
        one, other = drawn("s1", ids, "q", 20), drawn("s2", ids, "q", 20)
        assert one != other
        assert len(one & other) < 20  # 8 by chance
        assert drawn("s1", ids, "q2", 20) != one  # each question has a draw of its own

    def test_every_candidate_is_drawn_about_equally_often(self) -> None:
        ids = {f"c{n}" for n in range(20)}
        counts = dict.fromkeys(ids, 0)
        for seed in range(400):
            for one in drawn(str(seed), ids, "q", 25):
                counts[one] += 1
        assert all(60 <= count <= 140 for count in counts.values())  # 100 expected

    def test_a_second_marks_those_drawn_and_nobody_else(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(sample=50))
        twice = {one.key for one in essays_of(row) if one.wanted == 2}
        assert len(twice) == 2
        assert {one.key for one in essays_of(row) if one.wanted == 2} == twice
        for number in NUMBERS:
            give(trio, row, "trainer", "6", number)
        assert not desk_of(row, trio.actor("trainer")).left
        assert {one.key for one in desk_of(row, trio.actor("second")).left} == twice
        assert sum(scored(row).waits(n) for n in range(4)) == 2

    def test_names_of_essays_lead_to_nobody(self, cast: Cast) -> None:
        row = held(cast, EssayPlan())
        keys = {one.key for one in essays_of(row)}
        assert len(keys) == 4
        publics = {candidate(cast, row, number).public_id for number in NUMBERS}
        assert not keys & publics
        one = essays_of(row)[0]
        assert one.key == key_of(row, one.candidate.public_id, one.line.pk)
        row.essay_seed = "another"
        row.save(update_fields=["essay_seed"])
        assert not {one.key for one in essays_of(row)} & keys


# ---- the gap and the third marker


class TestSettling:
    @pytest.mark.parametrize(
        ("third", "points", "expected"),
        [("nearer", "8", "8.5"), ("median", "8", "8"), ("alone", "8", "8"), ("nearer", "3", "3"),
         ("median", "1", "3"), ("alone", "1", "1"), ("nearer", "6", "7.5")],
    )  # fmt: skip
    def test_a_third_settles_by_the_rule_of_the_plan(
        self, trio: Cast, third: str, points: str, expected: str
    ) -> None:
        row = held(trio, EssayPlan(raters=2, third=third), ("26001",))
        give(trio, row, "trainer", "3")
        give(trio, row, "second", "9")
        assert worth(row) is None
        assert [one.free for one in desk_of(row, trio.actor("third")).left] == [3]
        give(trio, row, "third", points)
        assert worth(row) == Fraction(expected)
        assert EssayMark.objects.filter(superseded_at__isnull=True).count() == 3  # all raw marks are kept

    @pytest.mark.parametrize(
        ("plan", "gap_is_fine"),
        [
            (EssayPlan(raters=2), True),
            (EssayPlan(raters=2, gap=Decimal("19.99")), False),
            (EssayPlan(raters=2, gap=Decimal(2), gap_in="points"), True),
            (EssayPlan(raters=2, gap=Decimal("1.99"), gap_in="points"), False),
            (EssayPlan(raters=2, gap=Decimal(0)), False),
            (EssayPlan(raters=2, gap=None), True),
        ],
    )
    def test_only_more_than_the_gap_asks_for_a_third(
        self, trio: Cast, plan: EssayPlan, gap_is_fine: bool
    ) -> None:
        row = held(trio, plan, ("26001",))
        give(trio, row, "trainer", "5")
        give(trio, row, "second", "7")  # 2 of 10 apart
        assert (worth(row) == 6) is gap_is_fine
        assert bool(desk_of(row, trio.actor("third")).left) is not gap_is_fine
        if gap_is_fine:
            with refused("essay_enough"):
                give(trio, row, "third", "6")

    def test_the_third_is_neither_of_the_two(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(raters=2), ("26001",))
        give(trio, row, "trainer", "2")
        give(trio, row, "second", "9")
        for who in ("trainer", "second"):
            assert not desk_of(row, trio.actor(who)).left
        give(trio, row, "third", "8")
        assert not desk_of(row, trio.actor("administrator")).left
        with refused("essay_enough"):
            give(trio, row, "administrator", "5")

    def test_second_thoughts_that_close_the_gap_need_no_third(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(raters=2), ("26001",))
        give(trio, row, "trainer", "2")
        give(trio, row, "second", "9")
        give(trio, row, "trainer", "8")
        assert worth(row) == Fraction(17, 2)
        assert not desk_of(row, trio.actor("third")).left


# ---- what a marker does


class TestMarker:
    def test_a_mark_given_anew_keeps_the_old_as_a_version_and_is_told(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(), ("26001",))
        first = give(trio, row, "trainer", "4", words="缺少切槽")
        assert give(trio, row, "trainer", "4", words=" 缺少切槽 ").pk == first.pk  # the same again
        give(trio, row, "trainer", "6")
        assert [str(one.points) for one in EssayMark.objects.order_by("pk")] == ["4.00", "6.00"]
        assert worth(row) == 6
        codes = AuditEntry.objects.filter(fact__startswith="exams.essay_").order_by("pk")
        assert [one.fact for one in codes] == ["exams.essay_marked", "exams.essay_remarked"]
        assert not [one for one in codes if "points" in one.payload]  # history tells nobody what another gave

    def test_once_the_marks_are_recorded_the_own_one_stays(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(), ("26001", "26002"))
        give(trio, row, "trainer", "4")
        Sitting.objects.update(published_at=OPENS, published_in="an evaluation", published_item="final_exam")
        row.refresh_from_db()
        assert row.published_at == OPENS
        with refused("essay_published"):
            give(trio, row, "trainer", "5")
        give(trio, row, "trainer", "4")  # the same changes nothing
        give(trio, row, "trainer", "5", "26002")  # what waited is still marked

    def test_nobody_marks_the_own_essay(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        row = held(cast, EssayPlan(), ("26001", "26002"))
        enrolment = cast.enrolments["26001"]
        type(enrolment).objects.filter(pk=enrolment.pk).update(person=cast.people["trainer"])
        assert [one.text for one in desk_of(row, cast.actor("trainer")).left] == ["工艺 26002"]
        with refused("essay_own"):
            give(cast, row, "trainer", "9")

    def test_what_nobody_wrote_is_no_essay(self, cast: Cast) -> None:
        row = held(cast, EssayPlan(), ("26001",))
        with refused("not_an_essay"):
            give(cast, row, "trainer", "1", "26002")

    def test_two_markers_begin_at_different_essays_and_see_the_same_ones(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(raters=2))
        orders = [[one.key for one in desk_of(row, trio.actor(who)).left] for who in ("trainer", "second")]
        assert sorted(orders[0]) == sorted(orders[1])
        assert orders[0] == [one.key for one in desk_of(row, trio.actor("trainer")).left]

    @pytest.mark.parametrize("same", ["place", "marker"])
    def test_the_database_gives_a_place_and_a_marker_one_mark(self, trio: Cast, same: str) -> None:
        row = held(trio, EssayPlan(raters=2), ("26001",))
        first = give(trio, row, "trainer", "5")
        other = {"place": 1, "marker": trio.people["second"]}
        if same == "marker":
            other = {"place": 2, "marker": trio.people["trainer"]}
        with pytest.raises(IntegrityError), transaction.atomic():
            EssayMark.objects.create(
                candidate=first.candidate, line=first.line, points=5, marked_at=OPENS, **other
            )

    def test_marks_of_before_a_plan_had_a_gap_are_a_mean(self, trio: Cast) -> None:
        row = held(trio, EssayPlan(raters=2, gap=None), ("26001",))
        give(trio, row, "trainer", "0")
        give(trio, row, "second", "10")
        assert worth(row) == 5

    def test_essays_take_the_same_queries_however_many(
        self, trio: Cast, django_assert_num_queries: Any
    ) -> None:
        row = held(trio, EssayPlan(raters=2))
        for number in NUMBERS:
            give(trio, row, "trainer", "6", number)
        with django_assert_num_queries(6):
            essays_of(row)


# ---- moderation


@pytest.fixture
def apart(trio: Cast) -> Any:
    """26001's essay has marks of 2 and 9; the coordinator has opened the marks."""
    row = held(trio, EssayPlan(raters=2))
    for number, points in zip(NUMBERS, "2567", strict=True):
        give(trio, row, "trainer", points, number)
    give(trio, row, "second", "9")
    open_marks(row, by=trio.actor("coordinator"), at=OPENS)
    return row


class TestModeration:
    def test_whoever_opens_the_marks_gives_none(self, trio: Cast, apart: Any) -> None:
        open_marks(apart, by=trio.actor("coordinator"), at=OPENS)
        assert Moderator.objects.count() == 1
        assert AuditEntry.objects.filter(fact="exams.marks_opened").count() == 1
        assert not desk_of(apart, trio.actor("coordinator")).left
        with refused("essay_moderator"):
            give(trio, apart, "coordinator", "5")

    @pytest.mark.parametrize("who", ["trainer", "assessor", "apprentice", "auditor"])
    def test_others_moderate_nothing(self, trio: Cast, apart: Any, who: str) -> None:
        by = {"by": trio.actor(who), "at": OPENS}
        for deed in (
            lambda: open_marks(apart, **by),
            lambda: settle(trio, apart, "5", **by),
            lambda: return_marks(apart, trio.people["second"], because="x", **by),
        ):
            with pytest.raises(Refused) as found:
                deed()
            assert found.value.verdict.who
        assert not EssayDecision.objects.exists()

    def test_nothing_is_settled_or_sent_back_with_marks_unopened(self, trio: Cast, apart: Any) -> None:
        by = {"by": trio.actor("administrator"), "at": OPENS}
        with refused("marks_not_opened"):
            settle(trio, apart, "5", **by)
        with refused("marks_not_opened"):
            return_marks(apart, trio.people["second"], because="x", **by)

    def test_marks_are_opened_after_the_end_only(self, cast: Cast) -> None:
        with refused("sitting_not_closed"):
            open_marks(planned(cast), by=cast.actor("coordinator"), at=AT)

    def test_a_decision_settles_and_keeps_both_marks(self, trio: Cast, apart: Any) -> None:
        first = settle(trio, apart, "7.5")
        assert worth(apart) == Fraction(15, 2)
        assert settle(trio, apart, "7.5").pk == first.pk
        settle(trio, apart, "8", because="再看一遍")
        assert worth(apart) == 8
        assert EssayDecision.objects.count() == 2
        assert EssayMark.objects.filter(superseded_at__isnull=True, candidate=first.candidate).count() == 2
        left = {one.candidate.enrolment.number for one in desk_of(apart, trio.actor("third")).left}
        assert left == {"26002", "26003", "26004"}
        with refused("essay_decided"):
            give(trio, apart, "third", "5")
        told = AuditEntry.objects.filter(fact="exams.essay_settled").order_by("pk")
        assert [one.payload["because"] for one in told] == ["第二位漏看了切槽", "再看一遍"]

    @pytest.mark.parametrize(
        ("points", "because", "reason"),
        [("11", "x", "essay_points"), ("-1", "x", "essay_points"), ("NaN", "x", "essay_points"),
         ("5", " ", "no_reason"), ("5", "x" * 301, "no_reason")],
    )  # fmt: skip
    def test_a_decision_has_points_and_a_reason(
        self, trio: Cast, apart: Any, points: str, because: str, reason: str
    ) -> None:
        with refused(reason):
            settle(trio, apart, points, because)

    def test_only_what_two_have_marked_is_settled(self, trio: Cast, apart: Any) -> None:
        line = PaperLine.objects.get(paper=apart.paper, order=ESSAY)
        by = {"by": trio.actor("coordinator"), "at": OPENS}
        with refused("essay_not_twice"):
            settle_essay(candidate(trio, apart, "26002"), line, points=Decimal(5), because="x", **by)

    def test_a_batch_sent_back_is_marked_anew_and_stays_as_versions(self, trio: Cast, apart: Any) -> None:
        by = {"by": trio.actor("coordinator"), "at": OPENS}
        assert return_marks(apart, trio.people["trainer"], because="没有按评分要点", **by) == 4
        assert EssayMark.objects.filter(returned=EssayReturn.objects.get()).count() == 4
        assert worth(apart) is None
        assert len(desk_of(apart, trio.actor("trainer")).left) == 4
        give(trio, apart, "trainer", "8")
        assert worth(apart) == Fraction(17, 2)
        places = EssayMark.objects.filter(superseded_at__isnull=True).order_by("place")
        assert list(places.values_list("place", flat=True)) == [1, 2]
        return_marks(apart, trio.people["trainer"], because="x", **by)
        with refused("nothing_to_return"):
            return_marks(apart, trio.people["trainer"], because="x", **by)

    def test_a_third_mark_waits_while_a_first_one_is_given_anew(self, trio: Cast, apart: Any) -> None:
        give(trio, apart, "third", "8")
        assert worth(apart) == Fraction(17, 2)
        return_marks(apart, trio.people["trainer"], because="x", by=trio.actor("coordinator"), at=OPENS)
        assert worth(apart) is None  # not the mean of second and third
        give(trio, apart, "trainer", "1")
        assert worth(apart) == Fraction(17, 2)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (EssayPlan(raters=3), "essay_plan_unknown"), (EssayPlan(gap_in="stones"), "essay_plan_unknown"),
        (EssayPlan(third="oldest"), "essay_plan_unknown"), (EssayPlan(sample=100), "essay_sample_outside"),
        (EssayPlan(sample=-1), "essay_sample_outside"), (EssayPlan(raters=2, sample=5), "essay_sample_outside"),
        (EssayPlan(gap=Decimal(101)), "essay_gap_outside"), (EssayPlan(gap=Decimal("NaN")), "essay_gap_outside"),
        (EssayPlan(gap=Decimal("0.001")), "essay_gap_outside"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(cast: Cast, plan: EssayPlan, reason: str) -> None:
    with refused(reason):
        planned(cast, marking=plan, made_id=uuid.uuid4())
