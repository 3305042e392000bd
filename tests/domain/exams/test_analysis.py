"""What sittings say about their questions, against figures counted here."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import pytest

from craftpath.domain.exams.actions import EssayPlan
from craftpath.domain.exams.analysis import (
    LEAST_COMMON,
    choices_of,
    groupings,
    harder,
    linked,
    markers_of,
    modelled,
    sheets_of,
)
from craftpath.domain.exams.analysis.modelling import observed
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Candidate, EssayMark, PaperLine
from craftpath.domain.exams.queries import content_of
from craftpath.domain.exams.reporting import alike, used
from tests.cast import AT, Cast
from tests.domain.exams.crowd import cohort, form, held, items, options
from tests.domain.exams.hall import answer, begin, opened
from tests.domain.exams.test_forms import two_forms
from tests.engines.psychometrics.simulated import simulated

pytestmark = pytest.mark.usefixtures("all_rows")
SMALL = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0]]


def drawn(people: int, count: int, seed: int = 1) -> list[list[str | None]]:
    return options(simulated(people, count, seed, common=1.2).responses.scores.tolist())


class TestOneForm:
    def test_difficulty_and_discrimination_are_as_by_hand(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 3))
        row = held(cast, [(paper, one) for one in options(SMALL)])
        [sheet] = sheets_of(scored(row)).values()
        columns = list(zip(*SMALL, strict=True))
        assert sheet.classical.difficulty.values.tolist() == pytest.approx(
            [statistics.mean(one) for one in columns]
        )
        rest = [
            statistics.correlation(one, [sum(whole) - mine for whole, mine in zip(SMALL, one, strict=True)])
            for one in columns
        ]
        assert sheet.classical.item_rest.values.tolist() == pytest.approx(rest)
        totals = [sum(one) for one in SMALL]
        variance = statistics.variance(totals)
        alpha = 3 / 2 * (1 - sum(statistics.variance(one) for one in columns) / variance)
        assert sheet.classical.alpha.value == pytest.approx(alpha)
        assert sheet.classical.kr20.value == pytest.approx(alpha)
        assert sheet.classical.error.value == pytest.approx((variance * (1 - alpha)) ** 0.5)
        assert sheet.totals == totals

    def test_who_was_absent_has_no_row_and_who_gave_nothing_has_no_points(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 3))
        row = held(cast, [(paper, ["b", None, "b"]), (paper, ["b", "b", "b"]), (paper, [None, None, None])])
        gone = Candidate.objects.filter(sitting=row).latest("pk")
        Candidate.objects.filter(pk=gone.pk).update(started_at=None, ends_at=None)
        [sheet] = sheets_of(scored(row)).values()
        assert sheet.n == 2
        assert sheet.responses.scores.tolist() == [[1, 0, 1], [1, 1, 1]]

    def test_an_essay_that_waits_is_a_gap_and_its_writer_has_no_total(self, cast: Cast) -> None:
        row, codes = opened(cast)
        answer(begin(codes["26001"]), {1: ["b"], 8: {"text": "先粗后精。"}})
        begin(codes["26002"])
        [sheet] = sheets_of(scored(row)).values()
        assert sheet.totals == [None, 0.0]
        assert np.isnan(sheet.responses.scores[0, 7])

    def test_the_same_columns_have_one_digest_and_are_fitted_once(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 6))
        row = held(cast, [(paper, one) for one in drawn(60, 6)])
        first, second = (next(iter(sheets_of(scored(row)).values())) for _time in range(2))
        assert modelled(first) is modelled(second)


class TestChoices:
    def table(self, cast: Cast, given: list[str | None]) -> Any:
        """The first question; the second one orders people: the later, the better."""
        paper = form(cast, items(cast, 5))
        n = len(given)
        rest = [["b" if place >= n * cut else "a" for cut in (0.25, 0.34, 0.67, 0.9)] for place in range(n)]
        row = held(cast, [(paper, [one, *more]) for one, more in zip(given, rest, strict=True)])
        [sheet] = sheets_of(scored(row)).values()
        version = sheet.table.lines[0].version
        return choices_of(sheet, 0, content_of(version, version.item.kind))

    def test_shares_by_thirds_are_those_that_were_given(self, cast: Cast) -> None:
        found = self.table(cast, ["a"] * 5 + ["a"] * 3 + ["c"] * 2 + ["b"] * 4 + [None])
        rows = {one.key: one for one in found.rows}
        assert (found.n, found.skipped, found.told) == (15, 1, True)
        assert [rows[key].count for key in ("a", "b", "c", "nothing")] == [8, 4, 2, 1]
        assert rows["a"].overall == pytest.approx(8 / 15)
        assert rows["a"].thirds[0] == pytest.approx(1)
        assert rows["b"].thirds[0] == pytest.approx(0)
        assert rows["b"].right
        for third in range(3):
            assert sum(one.thirds[third] or 0 for one in found.rows) == pytest.approx(1)

    def test_a_wrong_choice_that_nobody_made_is_idle(self, cast: Cast) -> None:
        found = self.table(cast, ["b"] * 20)
        assert [(one.key, one.idle) for one in found.rows] == [("a", True), ("b", False), ("c", True)]

    def test_thirds_of_a_handful_are_not_told(self, cast: Cast) -> None:
        found = self.table(cast, ["a", "b", "c", "b"])
        assert not found.told
        assert all(one.thirds == (None, None, None) for one in found.rows)
        assert not any(one.idle for one in found.rows)

    def test_questions_without_options_say_who_was_right_and_what_was_written_twice(self, cast: Cast) -> None:
        row, codes = opened(cast)
        for number, figure in (("26001", "40"), ("26002", "40"), ("26003", "125.7")):
            answer(begin(codes[number]), {4: figure})
        [sheet] = sheets_of(scored(row)).values()
        version = sheet.table.lines[3].version
        found = choices_of(sheet, 3, content_of(version, version.item.kind))
        assert {one.key: one.count for one in found.rows} == {"full": 1, "none": 2}
        assert found.typed == (("40", 2),)

    def test_where_several_may_be_chosen_each_option_counts_for_itself(self, cast: Cast) -> None:
        row, codes = opened(cast)
        for number, chosen in (("26001", ["a", "b", "d"]), ("26002", ["a", "c"]), ("26003", [])):
            answer(begin(codes[number]), {2: chosen})
        [sheet] = sheets_of(scored(row)).values()
        version = sheet.table.lines[1].version
        found = choices_of(sheet, 1, content_of(version, version.item.kind))
        assert found.several
        assert {one.key: one.count for one in found.rows} == {"a": 2, "b": 1, "c": 1, "d": 1}
        assert found.skipped == 1


class TestScale:
    @pytest.mark.parametrize(
        ("people", "model", "why"),
        [(49, None, "too_few_people"), (50, "common", ""), (199, "common", ""), (200, "2pl", "")],
    )
    def test_the_number_of_people_decides_which_model(
        self, cast: Cast, people: int, model: str | None, why: str
    ) -> None:
        paper = form(cast, items(cast, 8))
        row = held(cast, [(paper, one) for one in drawn(people, 8)])
        [sheet] = sheets_of(scored(row)).values()
        found = modelled(sheet)
        assert found.why == why
        assert (found.fitted.model.value if found.fitted else None) == model
        assert (found.mean_squares is None) == (model != "common")
        assert (found.chi_square is None) == (model != "2pl")

    def test_groups_of_like_ability_hold_everybody_once(self) -> None:
        theta, right = np.arange(25.0), np.array([0.0] * 10 + [1.0] * 15)
        found = observed(theta, right)
        assert [count for _theta, _share, count in found] == [13, 12]
        assert found[0][1] == pytest.approx(3 / 13)
        assert observed(theta[:9], right[:9]) == []


class TestForms:
    def both(self, cast: Cast, common: int, people: int = 60) -> Any:
        bank = items(cast, 20 - common)
        first, second = form(cast, bank[:10], "A"), form(cast, bank[-10:], "B")
        true = simulated(2 * people, 20 - common, 3, common=1.3).responses.scores
        rows = [(first, one) for one in options(true[:people, :10].tolist())]
        rows += [(second, one) for one in options(true[people:, -10:].tolist())]
        return list(sheets_of(scored(held(cast, rows))).values())

    def test_equally_hard_forms_have_nearly_equal_scores_and_the_ends_meet(self, cast: Cast) -> None:
        base, new = self.both(cast, 8)
        found = linked(base, new)
        assert (found.common, found.why) == (8, "")
        assert found.scores[0] == (0, 0.0)
        assert found.scores[-1] == (found.most[1], found.most[0])
        worth = [other for _one, other in found.scores]
        assert worth == sorted(worth)
        assert len(found.gaps) == found.used >= LEAST_COMMON

    def test_a_form_beside_itself_is_worth_itself(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 8))
        [sheet] = sheets_of(scored(held(cast, [(paper, one) for one in drawn(80, 8)]))).values()
        found = linked(sheet, sheet)
        assert [other for _one, other in found.scores] == pytest.approx(range(9), abs=1e-6)
        assert all(ours == pytest.approx(theirs, abs=1e-6) for _name, ours, theirs in found.gaps)

    def test_too_few_common_questions_link_nothing(self, cast: Cast) -> None:
        base, new = self.both(cast, LEAST_COMMON - 1)
        found = linked(base, new)
        assert (found.common, found.why, found.scores) == (LEAST_COMMON - 1, "too_few_common", ())

    def test_forms_that_few_had_are_not_linked(self, cast: Cast) -> None:
        base, new = self.both(cast, 8, people=12)
        assert linked(base, new).why == "too_few_people"

    def test_a_form_is_read_in_its_own_order(self, cast: Cast) -> None:
        row, codes = two_forms(cast)
        answer(begin(codes["26001"]), {1: ["b"]})
        answer(begin(codes["26002"]), {2: ["b"]})
        sheets = {
            scored(row).candidates[one.rows[0]].paper.title: one for one in sheets_of(scored(row)).values()
        }
        assert sheets["期末理论考试 B"].orders == (1, 2, 3)
        assert sheets["期末理论考试 B"].names[1] == sheets["期末理论考试"].names[0]


class TestGroups:
    def test_groups_on_paper_are_those_of_the_enrolments(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 3))
        row = held(
            cast,
            [(paper, ["b", "b", "a"])] * 53,
            enterprises=[cast.jinheng] * 50 + [None] * 3,
        )
        [sheet] = sheets_of(scored(row)).values()
        [way] = groupings(sheet).ways
        assert (way.kind, way.groups, way.hidden) == ("enterprise", (), True)

    def test_a_question_made_harder_for_one_group_is_found(self, cast: Cast) -> None:
        true = simulated(400, 12, 7, common=1.2).responses.scores
        focal = np.arange(400) % 2 == 1
        true[focal & (np.arange(400) % 4 == 1), 4] = 0  # half of the group never gets it
        paper = form(cast, items(cast, 12))
        row = held(
            cast,
            [(paper, one) for one in options(true.tolist())],
            enterprises=[cast.qinghe if one else cast.jinheng for one in focal],
        )
        [sheet] = sheets_of(scored(row)).values()
        [way] = groupings(sheet).ways
        group = next(one for one in way.groups if one.key == cast.qinghe.public_id)
        found = harder(sheet, group)
        assert found is not None
        worst = int(np.nanargmin(found.found.delta.values))
        assert worst == 4
        assert found.found.categories[4] == "C"
        ratio = self.odds(true, focal, 4)
        assert found.found.delta.values[4] == pytest.approx(-2.35 * np.log(ratio))

    def odds(self, table: Any, focal: Any, at: int) -> float:
        """The common odds ratio of Mantel and Haenszel, counted stratum by stratum."""
        above = below = 0.0
        totals = table.sum(axis=1)
        for total in set(totals.tolist()):
            mine = totals == total
            right = table[:, at] > 0
            a, b = (mine & ~focal & right).sum(), (mine & ~focal & ~right).sum()
            c, d = (mine & focal & right).sum(), (mine & focal & ~right).sum()
            above, below = above + a * d / mine.sum(), below + b * c / mine.sum()
        return float(above / below)


class TestMarkers:
    def test_marks_of_two_are_compared_in_percent(self, cast: Cast) -> None:
        row, codes = opened(cast, marking=EssayPlan(raters=2, gap=None))
        line = PaperLine.objects.get(paper=row.paper, order=8)
        most = line.version.points
        people = [cast.people["trainer"], cast.people["coordinator"]]
        marks = [(most, most), (most / 2, most), (0, 0), (most, most / 2)]
        who = list(Candidate.objects.filter(sitting=row).order_by("pk"))
        for candidate, pair in zip(who, marks, strict=False):
            for place, (marker, points) in enumerate(zip(people, pair, strict=True), start=1):
                EssayMark.objects.create(
                    candidate=candidate, line=line, marker=marker, place=place, points=points, marked_at=AT
                )
        found = markers_of([row])
        assert (found.essays, found.markers, len(found.pairs)) == (4, 2, 4)
        assert found.mean_gap == pytest.approx(25)
        assert found.by_person is None  # four are too few


class TestTogether:
    def test_sittings_of_the_same_paper_make_one_table(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 3))
        first = held(cast, [(paper, one) for one in options(SMALL)])
        second = held(cast, [(paper, one) for one in options(SMALL[:2])], among=cohort(cast, "Other"))
        other = form(cast, items(cast, 1, points=2), "Other")
        stray = held(cast, [(other, ["b"])], among=cohort(cast, "Third"))
        assert {one.pk for one in alike(first)} == {first.pk, second.pk}
        [sheet] = sheets_of(scored(first, second)).values()
        assert sheet.n == 8
        assert sheet.classical.difficulty.values[0] == pytest.approx(6 / 8)
        assert stray.pk not in {one.pk for one in alike(second)}

    def test_a_question_knows_how_it_did_in_all_papers(self, cast: Cast) -> None:
        bank = items(cast, 4)
        first, second = form(cast, bank[:3]), form(cast, [bank[3], bank[0]], "B")
        held(cast, [(first, one) for one in options(SMALL)])
        held(cast, [(second, ["b", "b"]), (second, ["a", "a"])], among=cohort(cast, "Other"))
        [found] = used(bank[0]).values()
        assert (found.papers, found.n, found.n_rest) == (2, 8, 6)
        assert found.difficulty == pytest.approx((4 + 1) / 8)
        assert found.discrimination == pytest.approx(
            statistics.correlation([one[0] for one in SMALL], [one[1] + one[2] for one in SMALL])
        )
        [other] = used(bank[3]).values()
        assert (other.papers, other.n) == (1, 2)


def test_nobody_came_and_nothing_breaks(cast: Cast) -> None:
    row, _codes = opened(cast)
    assert sheets_of(scored(row)) == {}
