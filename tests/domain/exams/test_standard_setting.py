"""Standard setting: who judges, rounds that close, values that are refused, what a panel comes to, who adopts it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.exams.actions import (
    adopt_cut,
    close_round,
    close_sitting,
    excuse_judge,
    fix_paper,
    give_estimates,
    invite_judges,
    make_paper,
    open_round,
    plan_study,
    propose_cut,
    shelve_paper,
    withdraw_study,
)
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Adoption, Estimate, Item, Judge, Paper, Round, Sitting, Study
from craftpath.domain.exams.panel import agreement, difficulty, in_points, panel_of, reach, spread
from craftpath.domain.exams.studies import candidates_to_judge, closed_sittings_of, cut_of, to_judge
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.exams import hall
from tests.domain.exams.panels import DUE, JUDGES, LINES, actor, closed, estimate, judge, opened, study

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def fresh(row: Study) -> Study:
    return Study.objects.select_related("organisation", "paper").get(pk=row.pk)


def proposed(cast: Cast) -> Study:
    row = study(cast)
    closed(cast, row, {"trainer": 50, "mentor": 60, "assessor": 70})
    return propose_cut(fresh(row), by=cast.actor("coordinator"), at=AT)


def adopted(cast: Cast, row: Study, **other: Any) -> Adoption:
    given = {"body": "考试委员会", "adopted_on": TODAY, "cut": panel_cut(row)} | other
    return adopt_cut(row, **given, by=cast.actor("coordinator"), at=AT)


def panel_cut(row: Study) -> Decimal:
    value = panel_of(row).closed[-1].cut.value
    assert value is not None
    return in_points(value)


class TestPlanning:
    def test_each_judge_has_a_letter_of_their_own(self, cast: Cast) -> None:
        row = study(cast)
        assert sorted(Judge.objects.filter(study=row).values_list("letter", flat=True)) == ["A", "B", "C"]
        assert row.state == "planned"
        assert row.borderline["en"].startswith("Just manages")

    def test_the_same_form_plans_one(self, cast: Cast) -> None:
        made_id, used = uuid.uuid4(), hall.paper(cast)
        assert study(cast, used=used, made_id=made_id) == study(
            cast, used=used, made_id=made_id, title="other"
        )
        assert Study.objects.count() == 1

    @pytest.mark.parametrize(
        ("other", "reason"),
        [({"title": " "}, "no_title"), ({"method": "guess"}, "study_method_unknown"),
         ({"rounds": 0}, "study_rounds_outside"), ({"rounds": 6}, "study_rounds_outside"),
         ({"borderline": Text(zh="  ")}, "study_no_candidate"),
         ({"borderline": Text(en="x" * 2001)}, "study_no_candidate")],
    )  # fmt: skip
    def test_what_makes_no_sense_is_refused(self, cast: Cast, other: dict[str, Any], reason: str) -> None:
        with refused(reason):
            study(cast, **other)
        assert not Study.objects.exists()

    def test_only_a_ready_paper_is_studied(self, cast: Cast) -> None:
        made = shelve_paper(hall.paper(cast), by=cast.actor("trainer"), at=AT)
        with refused("paper_not_ready"):
            study(cast, used=made)

    @pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "hr", "officer", "stranger"])
    def test_others_plan_and_run_nothing(self, cast: Cast, who: str) -> None:
        houses = {
            "mentor": cast.jinheng,
            "hr": cast.jinheng,
            "officer": cast.city,
            "stranger": cast.neighbour,
        }
        by = cast.actor(who, houses.get(who, cast.college))
        row = study(cast)
        given = {"by": by, "at": AT}
        deeds = [
            lambda: plan_study(
                row.paper, made_id=uuid.uuid4(), title="x", borderline=Text("x"), judges=[], **given
            ),
            lambda: invite_judges(row, [], **given),
            lambda: excuse_judge(judge(cast, row, "trainer"), because="x", **given),
            lambda: open_round(row, due_on=DUE, **given),
            lambda: close_round(row, **given),
            lambda: propose_cut(row, **given),
            lambda: adopt_cut(row, body="x", adopted_on=TODAY, cut=Decimal(1), **given),
            lambda: withdraw_study(row, because="x", **given),
        ]
        for deed in deeds:
            with pytest.raises(Refused) as caught:
                deed()
            assert caught.value.verdict.who

    def test_who_can_be_asked_stands_once_and_apprentices_do_not(self, cast: Cast) -> None:
        found = {person.name: role for person, role in candidates_to_judge(cast.college, TODAY)}
        names = {
            one: cast.people[one].name for one in ("trainer", "mentor", "assessor", "apprentice", "stranger")
        }
        assert found[names["trainer"]] == "trainer"
        assert found[names["mentor"]] == "mentor"
        assert found[names["assessor"]] == "assessor"
        assert names["apprentice"] not in found
        assert names["stranger"] not in found


class TestJudges:
    def test_who_is_asked_twice_is_asked_once(self, cast: Cast) -> None:
        row, by = study(cast), {"by": cast.actor("coordinator"), "at": AT}
        assert invite_judges(row, [cast.people["mentor"], cast.people["coordinator"]], **by) == 1
        assert invite_judges(row, [cast.people["coordinator"]], **by) == 0
        assert Judge.objects.get(person=cast.people["coordinator"]).letter == "D"
        assert AuditEntry.objects.filter(fact="exams.judges_invited").count() == 1

    def test_who_is_excused_leaves_the_open_round_and_stays_in_the_closed_one(self, cast: Cast) -> None:
        row, by = study(cast), {"by": cast.actor("coordinator"), "at": AT + timedelta(hours=1)}
        closed(cast, row, dict.fromkeys(JUDGES, 50))
        opened(cast, fresh(row))
        gone = judge(cast, row, "mentor")
        with refused("no_reason"):
            excuse_judge(gone, because=" ", **by)
        excuse_judge(gone, because="病假", **by)
        excuse_judge(gone, because="again", **by)
        assert judge(cast, row, "mentor").excused_because == "病假"
        first, second = panel_of(fresh(row)).passes
        assert [len(first.judges), len(second.judges)] == [3, 2]
        with refused("judge_is_excused"):
            estimate(cast, row, "mentor", {1: 50}, 2)

    def test_a_late_judge_is_not_missing_in_what_was_before(self, cast: Cast) -> None:
        row = study(cast, "trainer", "mentor")
        closed(cast, row, {"trainer": 50, "mentor": 60})
        later = {"by": cast.actor("coordinator"), "at": AT + timedelta(hours=1)}
        invite_judges(fresh(row), [cast.people["assessor"]], **later)
        open_round(fresh(row), due_on=DUE, **later)
        first, second = panel_of(fresh(row)).passes
        assert [len(first.judges), len(second.judges)] == [2, 3]


class TestRounds:
    def test_two_judges_are_the_least(self, cast: Cast) -> None:
        row = study(cast, "trainer")
        with refused("judges_too_few"):
            opened(cast, row)

    @pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(9999, 1, 1)])
    def test_a_day_that_nobody_can_keep_is_refused(self, cast: Cast, day: date) -> None:
        with refused("round_due_outside"):
            opened(cast, study(cast), due_on=day)

    def test_a_round_is_opened_once_and_closed_once(self, cast: Cast) -> None:
        row, by = study(cast), {"by": cast.actor("coordinator"), "at": AT}
        with pytest.raises(Refused, match=r"^flow\.not_now$"):
            close_round(row, **by)
        opened(cast, row)
        with pytest.raises(Refused, match=r"^flow\.not_now$"):
            opened(cast, row)
        close_round(row, **by)
        with pytest.raises(Refused, match=r"^flow\.not_now$"):
            close_round(row, **by)
        assert Round.objects.count() == 1

    def test_the_database_keeps_one_open_round(self, cast: Cast) -> None:
        row = study(cast)
        opened(cast, row)
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.create(study=row, number=2, due_on=DUE, opened_at=AT)

    def test_five_rounds_are_the_most(self, cast: Cast) -> None:
        row, by = study(cast), {"by": cast.actor("coordinator"), "at": AT}
        for _round in range(5):
            opened(cast, fresh(row))
            close_round(row, **by)
        with refused("rounds_used_up"):
            opened(cast, fresh(row))

    def test_only_a_closed_sitting_of_the_paper_shows_how_hard_it_was(self, cast: Cast) -> None:
        under_way, _codes = hall.opened(cast)
        row = study(cast, used=under_way.paper)
        with refused("sitting_of_another_paper"):
            opened(cast, row, sitting=under_way)
        ended = close_sitting(under_way, by=cast.actor("trainer"), at=hall.OPENS)
        with refused("sitting_of_another_paper"):
            opened(cast, study(cast, used=another_paper(cast)), sitting=ended)

    def test_what_judges_are_shown_is_frozen(self, cast: Cast) -> None:
        row = study(cast, used=sat(cast).paper)
        made = opened(cast, row, sitting=Sitting.objects.select_related("paper").get())
        assert made.observed["1"] == (0.5, 2)
        assert Round.objects.get().observed["1"] == [0.5, 2]
        assert made.observed["8"] == (0.0, 2)  # nothing written is nothing earned


class TestValues:
    def test_a_value_is_kept_and_the_same_again_changes_nothing(self, cast: Cast) -> None:
        row = study(cast)
        opened(cast, row)
        assert estimate(cast, row, "mentor", {1: 65, 2: 0}) == 2
        assert estimate(cast, row, "mentor", {1: 65}) == 0
        assert estimate(cast, row, "mentor", {1: 70}) == 1
        said = Estimate.objects.filter(judge__person=cast.people["mentor"]).order_by("line__order")
        assert list(said.values_list("value", flat=True)) == [70, 0]

    @pytest.mark.parametrize("value", [-5, 101, 105, 3, 10**9])
    def test_a_value_off_the_scale_is_refused_and_nothing_beside_it_is_kept(
        self, cast: Cast, value: int
    ) -> None:
        row = study(cast)
        opened(cast, row)
        with refused("value_outside"):
            estimate(cast, row, "mentor", {1: 50, 2: value})
        assert not Estimate.objects.exists()

    def test_yes_and_no_are_the_ends_of_the_scale(self, cast: Cast) -> None:
        row = study(cast, method="yes_no")
        opened(cast, row)
        assert estimate(cast, row, "mentor", {1: 100, 2: 0}) == 2
        with refused("value_yes_or_no"):
            estimate(cast, row, "mentor", {3: 50})

    def test_a_question_of_no_paper_is_refused(self, cast: Cast) -> None:
        row = study(cast)
        opened(cast, row)
        with refused("line_unknown"):
            estimate(cast, row, "mentor", {1: 50, 99: 50})

    def test_nothing_is_written_before_after_or_beside_a_round(self, cast: Cast) -> None:
        row = study(cast)
        with refused("round_is_closed"):
            estimate(cast, row, "mentor", {1: 50})
        closed(cast, row, {"trainer": 50})
        with refused("round_is_closed"):
            estimate(cast, row, "mentor", {1: 50})
        opened(cast, fresh(row))
        with refused("round_is_closed"):  # a page that was open since round 1
            estimate(cast, row, "mentor", {1: 50}, number=1)
        assert set(Estimate.objects.values_list("judge__person", flat=True)) == {cast.people["trainer"].pk}

    def test_nobody_writes_for_another(self, cast: Cast) -> None:
        row = study(cast)
        opened(cast, row)
        for who in ("coordinator", "trainer"):
            with refused("judge_other"):
                give_estimates(judge(cast, row, "mentor"), {1: 50}, number=1, by=cast.actor(who), at=AT)

    def test_the_database_keeps_one_value_a_question_on_the_scale(self, cast: Cast) -> None:
        row = study(cast)
        now = opened(cast, row)
        estimate(cast, row, "mentor", {1: 50})
        kept = Estimate.objects.get()
        for value, line in ((60, kept.line), (101, row.paper.lines.get(order=2))):
            with pytest.raises(IntegrityError), transaction.atomic():
                Estimate.objects.create(judge=kept.judge, round=now, line=line, value=value, saved_at=AT)


def another_paper(cast: Cast) -> Paper:
    """The first items of the paper that there is."""
    by, items = {"by": cast.actor("trainer"), "at": AT}, list(Item.objects.order_by("pk")[:3])
    made = make_paper(items, organisation=cast.college, made_id=uuid.uuid4(), title="B", minutes=9, **by)
    return fix_paper(made, **by)


def sat(cast: Cast) -> Sitting:
    """26001 has all but the essay, 26002 only the second question; the others did not come."""
    row, codes = hall.opened(cast)
    hall.answer(hall.begin(codes["26001"]), hall.RIGHT)
    hall.answer(hall.begin(codes["26002"]), {2: ["a", "b", "d"]})
    return close_sitting(row, by=cast.actor("trainer"), at=hall.OPENS)


class TestPanel:
    def test_a_small_matrix_by_hand(self, cast: Cast) -> None:
        """Equal values on all questions: a judge's cut is that share of all points, the panel's their mean."""
        row = study(cast)
        closed(cast, row, {"trainer": 50, "mentor": 60, "assessor": 70})
        panel = panel_of(fresh(row))
        last, full = panel.passes[-1], float(panel.full)
        assert sorted(last.totals()) == pytest.approx([0.5 * full, 0.6 * full, 0.7 * full])
        assert last.cut.value == pytest.approx(0.6 * full)
        assert last.middle == pytest.approx(0.6 * full)
        assert last.cut.se == pytest.approx(0.1 * full / 3**0.5)
        assert last.cut.n == 3
        one = last.spread(0)
        assert (one.n, one.mean, one.middle, one.low, one.high) == (3, 60, 60, 50, 70)
        assert one.sd == pytest.approx(10)

    def test_points_weigh(self, cast: Cast) -> None:
        row = study(cast, "trainer", "mentor")
        opened(cast, row)
        lines = panel_of(row).lines
        for who in ("trainer", "mentor"):
            estimate(cast, row, who, {line.order: 100 if line.order == LINES else 0 for line in lines})
        assert panel_of(fresh(row)).passes[-1].cut.value == float(lines[-1].version.points)

    def test_a_gap_is_not_a_zero(self, cast: Cast) -> None:
        row = study(cast)
        opened(cast, row)
        for who in ("trainer", "assessor"):
            estimate(cast, row, who, dict.fromkeys(range(1, LINES + 1), 60))
        estimate(cast, row, "mentor", {1: 0})
        panel = panel_of(fresh(row))
        last, at = panel.passes[-1], [one.person_id for one in panel.judges].index(cast.people["mentor"].pk)
        assert last.left(at) == LINES - 1
        assert last.total(at) is None
        assert (last.cut.n, last.cut.value) == (2, pytest.approx(0.6 * float(panel.full)))
        assert last.spread(0).n == 3
        assert last.spread(1).n == 2

    def test_nobody_done_is_no_cut(self, cast: Cast) -> None:
        row = study(cast)
        closed(cast, row, {})
        last = panel_of(fresh(row)).passes[-1]
        assert (last.cut.value, last.cut.why, last.middle) == (None, "too_few_judges", None)
        with refused("no_cut_yet"):
            propose_cut(fresh(row), by=cast.actor("coordinator"), at=AT)

    def test_four_queries_however_many(self, cast: Cast, django_assert_num_queries: Any) -> None:
        row = study(cast)
        for number in (1, 2):
            closed(cast, fresh(row), dict.fromkeys(JUDGES, 50), number)
        row = fresh(row)
        with django_assert_num_queries(4):
            panel_of(row)

    def test_what_a_closed_sitting_says(self, cast: Cast) -> None:
        table = scored(sat(cast))
        seen = difficulty(table)
        assert seen["1"] == (0.5, 2)
        assert seen["2"] == (1.0, 2)
        assert reach(table, Decimal(1)).n == 2
        assert reach(table, table_total(table)).reached == 1
        lines = table.lines
        assert agreement([50, 100, *[50] * (LINES - 2)], lines, seen) == pytest.approx(1.0, abs=0.5)
        assert agreement([50] * LINES, lines, seen) is None
        assert agreement([None] * LINES, lines, seen) is None

    def test_a_single_value_has_no_deviation(self) -> None:
        assert spread([None, 40]).sd is None
        assert spread([None]).mean is None


def table_total(table: Any) -> Decimal:
    best = max(one for n in range(len(table.candidates)) if (one := table.total(n)) is not None)
    return Decimal(best.numerator) / Decimal(best.denominator)


class TestAdoption:
    def test_a_named_body_adopts_what_was_computed(self, cast: Cast) -> None:
        row = proposed(cast)
        made = adopted(cast, row, body=" 考试委员会   Examination board ")
        assert (made.body, made.cut, made.because) == ("考试委员会 Examination board", made.computed, "")
        assert fresh(row).state == "adopted"
        found = cut_of(row.paper)
        assert found == made
        assert made.recorded_by == cast.people["coordinator"]

    @pytest.mark.parametrize(
        ("other", "reason"),
        [({"body": "  "}, "no_body"), ({"body": "x" * 121}, "no_body"), ({"cut": Decimal(0)}, "cut_outside"),
         ({"cut": Decimal("NaN"), "because": "x"}, "cut_outside"), ({"cut": Decimal(999)}, "cut_outside"),
         ({"cut": Decimal(1)}, "cut_differs"), ({"adopted_on": TODAY + timedelta(days=1)}, "adopted_in_the_future")],
    )  # fmt: skip
    def test_what_is_no_decision_is_refused(self, cast: Cast, other: dict[str, Any], reason: str) -> None:
        row = proposed(cast)
        with refused(reason):
            adopted(cast, row, **other)
        assert not Adoption.objects.exists()
        assert fresh(row).state == "proposed"

    def test_another_figure_has_its_reason(self, cast: Cast) -> None:
        row = proposed(cast)
        assert adopted(cast, row, cut=Decimal(1), because="凑整").computed == panel_cut(row)

    def test_adopted_is_final_and_the_same_again_finds_it(self, cast: Cast) -> None:
        row, by = proposed(cast), {"by": cast.actor("coordinator"), "at": AT}
        first = adopted(cast, row)
        assert adopted(cast, row) == first
        with pytest.raises(Refused, match=r"^flow\.not_now$"):
            adopted(cast, row, cut=Decimal(1), because="other")
        for deed in (
            lambda: opened(cast, row),
            lambda: withdraw_study(row, because="x", **by),
            lambda: propose_cut(row, **by),
        ):
            with pytest.raises(Refused, match=r"^flow\.not_now$"):
                deed()
        with refused("study_is_over"):
            invite_judges(row, [cast.people["coordinator"]], **by)
        with refused("study_is_over"):
            excuse_judge(judge(cast, row, "mentor"), because="x", **by)
        with pytest.raises(TypeError, match="never altered"):
            first.save()
        assert AuditEntry.objects.filter(fact="exams.cut_adopted").count() == 1

    def test_nothing_is_adopted_that_was_not_proposed(self, cast: Cast) -> None:
        row = study(cast)
        closed(cast, row, dict.fromkeys(JUDGES, 50))
        with pytest.raises(Refused, match=r"^flow\.not_now$"):
            adopted(cast, fresh(row))

    def test_a_later_study_replaces_the_first_which_is_kept(self, cast: Cast) -> None:
        first = proposed(cast)
        adopted(cast, first)
        second = study(cast, used=first.paper)
        closed(cast, second, dict.fromkeys(JUDGES, 80))
        second = propose_cut(fresh(second), by=cast.actor("coordinator"), at=AT)
        made = adopted(cast, second)
        assert cut_of(Paper.objects.get(pk=first.paper_id)) == made
        assert Adoption.objects.count() == 2

    def test_a_proposal_can_go_back_into_a_round(self, cast: Cast) -> None:
        row = proposed(cast)
        assert opened(cast, row).number == 2
        assert fresh(row).state == "open"

    def test_withdrawn_needs_a_reason_and_ends_the_open_round(self, cast: Cast) -> None:
        row, by = study(cast), {"by": cast.actor("coordinator"), "at": AT}
        opened(cast, row)
        with refused("no_reason"):
            withdraw_study(row, because="", **by)
        withdraw_study(row, because="试卷要改", **by)
        assert Round.objects.get().closed_at is not None
        with refused("round_is_closed"):
            estimate(cast, row, "mentor", {1: 50})


class TestWhoSees:
    def test_a_judge_of_elsewhere_sees_the_own_study_and_values_only(self, cast: Cast) -> None:
        row = study(cast)
        other = study(cast, "trainer", "assessor", used=row.paper)
        opened(cast, row)
        for who in JUDGES:
            estimate(cast, row, who, {1: 50})
        with looking_for(actor(cast, "mentor").scope):
            assert list(Study.objects.all()) == [row]
            assert [one.person_id for one in Judge.objects.all()] == [cast.people["mentor"].pk]
            assert Estimate.objects.count() == 1
            assert to_judge(cast.people["mentor"])[0].left == LINES - 1
        with looking_for(cast.actor("stranger", cast.neighbour).scope):
            assert not Study.objects.exists()
        with everywhere("a test looks"):
            excuse_judge(judge(cast, row, "mentor"), because="x", by=cast.actor("coordinator"), at=AT)
        with looking_for(actor(cast, "mentor").scope):
            assert not Study.objects.exists()
        assert other.state == "planned"

    def test_an_open_round_is_a_duty_until_every_question_has_a_value(self, cast: Cast) -> None:
        row = study(cast)
        kind, clock = KINDS["exams.estimate"], Clock(Asked(AT, TODAY))

        def asked() -> set[int]:
            return {who for some in open_duties(kind, clock) for who in some.who.tolist()}

        assert asked() == set()
        opened(cast, row)
        everybody = {cast.people[one].pk for one in JUDGES}
        assert asked() == everybody
        estimate(cast, row, "mentor", dict.fromkeys(range(1, LINES + 1), 50))
        estimate(cast, row, "trainer", {1: 50})
        assert asked() == everybody - {cast.people["mentor"].pk}
        close_round(row, by=cast.actor("coordinator"), at=AT)
        assert asked() == set()

    def test_closed_sittings_of_the_paper(self, cast: Cast) -> None:
        ended = sat(cast)
        assert list(closed_sittings_of(ended.paper)) == [ended]
