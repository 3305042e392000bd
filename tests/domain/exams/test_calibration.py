"""Figures are kept with questions once, by those who may, on scales that can be compared; and forms go by them."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.exams import actions
from craftpath.domain.exams.analysis import sheets_of
from craftpath.domain.exams.assembling import forms_of
from craftpath.domain.exams.calibrated import history_of
from craftpath.domain.exams.calibrating import Drawn, drawn, placed
from craftpath.domain.exams.keeping import broken, substitutes, worse
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Calibration, Item, ItemCalibration, Paper, Sitting
from craftpath.domain.exams.pool import Pool, Pooled, pool_among, pool_of, taking_part
from craftpath.domain.exams.posing import assembled
from craftpath.domain.exams.queries import content_of
from craftpath.domain.exams.wishes import Named, Wish
from craftpath.kernel.audit import AuditEntry
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.blueprints import WISH, asked, bank, blueprint
from tests.domain.exams.crowd import cohort, form, held, items, options
from tests.engines.psychometrics.simulated import simulated

pytestmark = pytest.mark.usefixtures("all_rows")
FREE = Wish(rows=(), questions=(4, 4), minutes=60, forms=2)
INFORMED = replace(FREE, goal="information", thetas=(Decimal(0), Decimal(1)))


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("trainer"), "at": AT}


def answers(people: int, count: int, seed: int = 1, mean: float = 0.0) -> list[list[str | None]]:
    return options(simulated(people, count, seed, common=1.2, mean=mean).responses.scores.tolist())


def sat(cast: Cast, of: list[Item], people: int, name: str = "一班", seed: int = 1) -> tuple[Paper, Sitting]:
    paper = form(cast, of, name)
    rows = [(paper, one) for one in answers(people, len(of), seed)]
    return paper, held(cast, rows, among=cohort(cast, name))


def seen(cast: Cast, row: Sitting, who: str = "trainer") -> Drawn:
    [sheet] = sheets_of(scored(row)).values()
    return drawn(sheet, [row], by=cast.actor(who))


def kept(cast: Cast, row: Sitting) -> Calibration:
    found = seen(cast, row)
    return actions.keep_calibration(row, found, seen=found.digest, **by(cast))


class TestKeeping:
    def test_what_the_report_says_is_kept_once(self, cast: Cast) -> None:
        bank_ = items(cast, 6)
        _paper, row = sat(cast, bank_, 60)
        first = kept(cast, row)
        assert kept(cast, row) == first
        assert (first.model, first.scale, first.linked, first.n) == ("rasch", first.public_id, 0, 60)
        rows = list(ItemCalibration.objects.order_by("version"))
        [sheet] = sheets_of(scored(row)).values()
        assert [one.p for one in rows] == pytest.approx(sheet.classical.difficulty.values.tolist())
        assert [one.r for one in rows] == pytest.approx(sheet.classical.item_rest.values.tolist())
        assert len({one.a for one in rows}) == 1
        assert all(one.n == 60 and one.b_error and 0 < one.b_error < 1 for one in rows)
        told = AuditEntry.objects.filter(fact="exams.figures_kept")
        assert [one.payload for one in told] == [{"questions": 6, "modelled": 6, "candidates": 60}]
        assert [one.n for one in history_of(bank_[0])] == [60]

    def test_few_people_give_shares_and_no_scale_and_fewer_nothing(self, cast: Cast) -> None:
        bank_ = items(cast, 4)
        _paper, row = sat(cast, bank_, 25)
        calibration = kept(cast, row)
        assert (calibration.model, calibration.scale) == ("", "")
        assert {(one.a, one.b) for one in calibration.figures.all()} == {(None, None)}
        assert {one.why for one in seen(cast, row).figures} == {"too_few_people"}
        _paper, small = sat(cast, bank_[:3], 19, "二班")
        assert {one.left for one in seen(cast, small).figures} == {"too_few_people"}
        with refused("figures_none"):
            kept(cast, small)

    def test_what_changed_since_it_was_looked_at_is_not_kept(self, cast: Cast) -> None:
        _paper, row = sat(cast, items(cast, 3), 25)
        found = seen(cast, row)
        with refused("figures_moved"):
            actions.keep_calibration(row, found, seen="another", **by(cast))
        row.state = "open"
        with refused("figures_of_open"):
            actions.keep_calibration(row, found, seen=found.digest, **by(cast))
        assert not Calibration.objects.exists()

    @pytest.mark.parametrize("who", ["apprentice", "mentor", "hr", "officer", "stranger"])
    def test_others_keep_nothing(self, cast: Cast, who: str) -> None:
        _paper, row = sat(cast, items(cast, 3), 25)
        found, house = seen(cast, row), {"mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city}
        actor = cast.actor(who, house.get(who, cast.neighbour if who == "stranger" else None))
        with pytest.raises(Refused) as caught:
            actions.keep_calibration(row, found, seen=found.digest, by=actor, at=AT)
        assert caught.value.verdict.who
        assert not Calibration.objects.exists()

    def test_questions_of_another_bank_are_left_to_it(self, cast: Cast) -> None:
        bank_ = items(cast, 4)
        _paper, row = sat(cast, bank_, 25)
        Item.objects.filter(pk=bank_[0].pk).update(organisation=cast.city)
        found = seen(cast, row)
        assert [one.left for one in found.figures] == ["other_bank", "", "", ""]
        assert kept(cast, row).figures.count() == 3
        forged = replace(found, figures=tuple(replace(one, left="") for one in found.figures), digest="x")
        with pytest.raises(Refused) as caught:
            actions.keep_calibration(row, forged, seen="x", **by(cast))
        assert caught.value.verdict.who


class TestScales:
    def test_common_questions_lay_a_second_class_onto_the_first_scale(self, cast: Cast) -> None:
        bank_ = items(cast, 14)
        true = simulated(400, 14, 3, common=1.2, mean=0.0).responses.scores.tolist()
        able = simulated(400, 14, 3, common=1.2, mean=0.8).responses.scores.tolist()
        first, second = form(cast, bank_[:10], "A"), form(cast, bank_[4:], "B")
        one = held(
            cast, [(first, row) for row in options([row[:10] for row in true])], among=cohort(cast, "1")
        )
        two = held(
            cast, [(second, row) for row in options([row[4:] for row in able])], among=cohort(cast, "2")
        )
        began = kept(cast, one)
        alone = {figure.version: figure.b for figure in seen(cast, two).kept}
        laid = kept(cast, two)
        assert (began.model, laid.model, laid.scale, laid.linked) == ("2pl", "2pl", began.public_id, 6)
        on_first = dict(began.figures.values_list("version", "b"))
        on_second = dict(laid.figures.values_list("version", "b"))
        common = set(on_first) & set(on_second)
        apart = [abs(on_first[v] - on_second[v]) for v in common]
        assert sum(apart) / 6 < 0.25
        moved = [on_second[v] - (alone[v] or 0) for v in common]
        assert all(0.4 < one < 1.2 for one in moved)  # the second class was abler by 0.8
        pool = pool_of(cast.college)
        assert (pool.scale, pool.calibrated) == (began.public_id, 14)

    def test_too_few_in_common_begin_a_scale_of_their_own_and_the_larger_one_counts(self, cast: Cast) -> None:
        bank_ = items(cast, 12)
        _a, one = sat(cast, bank_[:8], 60, "A")
        _b, two = sat(cast, bank_[4:10], 60, "B", seed=2)
        first, second = kept(cast, one), kept(cast, two)
        assert (second.scale, second.linked) == (second.public_id, 0)
        pool = pool_of(cast.college)
        assert (pool.scale, pool.calibrated) == (first.public_id, 8)
        assert pool_of(cast.college, second.scale).calibrated == 6

    def test_another_kind_of_model_is_another_scale(self, cast: Cast) -> None:
        bank_ = items(cast, 6)
        _a, one = sat(cast, bank_, 60, "A")
        _b, two = sat(cast, bank_, 220, "B", seed=2)
        assert kept(cast, one).model == "rasch"
        assert placed(seen(cast, two)).scale == ""
        assert kept(cast, two).model == "2pl"


class TestPool:
    def test_what_was_observed_stands_before_what_was_expected(self, cast: Cast) -> None:
        bank_ = list(bank(cast, 9))
        _paper, row = sat(cast, bank_[:4], 25)
        before = pool_of(cast.college).items
        kept(cast, row)
        after = pool_of(cast.college).items
        for n, item in enumerate(bank_):
            mine = ItemCalibration.objects.filter(version=item.newest_id).first()
            assert (mine is not None) == (n < 4)
            found = after[item.public_id]
            assert found.share == (mine.p if mine else before[item.public_id].share)
            assert found.observed == (25 if mine else 0)

    def test_a_question_that_was_rewritten_begins_anew(self, cast: Cast) -> None:
        bank_ = list(bank(cast, 4))
        _paper, row = sat(cast, bank_, 25)
        kept(cast, row)
        content = replace(content_of(bank_[0].newest, bank_[0].kind), stem=Text("另一个说法"))
        actions.rewrite_item(bank_[0], content, seen=1, **by(cast))
        assert pool_of(cast.college).items[bank_[0].public_id].observed == 0
        assert [one.n for one in history_of(bank_[0])] == [25]

    def test_the_newest_figures_count(self, cast: Cast) -> None:
        bank_ = list(bank(cast, 3))
        for n, people in enumerate((40, 22)):
            _paper, row = sat(cast, bank_, people, f"{n}", seed=n)
            kept(cast, row)
        assert {one.observed for one in pool_of(cast.college).items.values()} == {22}


class TestInformation:
    def test_forms_are_alike_in_information_and_made_of_questions_with_a_curve(self, cast: Cast) -> None:
        bank_ = items(cast, 16)
        _paper, row = sat(cast, bank_[:12], 220)
        calibration = kept(cast, row)
        done = asked(cast, blueprint(cast, INFORMED))
        assert done.state == "done"
        assert done.found["scale"] == calibration.scale
        assert len(done.found["target"]) == 2
        pool = pool_of(cast.college)
        for one in forms_of(done):
            assert all(pool.items[key].slope is not None for key in one)
        curved = taking_part(pool, INFORMED)
        assert len(curved.items) == 12
        others = substitutes(INFORMED, curved, forms_of(done), 0, forms_of(done)[0][0], most=50)
        assert {one.key for one in others} <= set(curved.items)
        bare = next(key for key in pool.items if key not in curved.items)
        with refused("swap_not_there"):
            actions.swap_question(done, form=0, out=forms_of(done)[0][0], into=bare, **by(cast))
        assert pool_among(forms_of(done)[0], "elsewhere").calibrated == 0
        assert len(actions.take_forms(done, **by(cast))) == 2

    def test_a_figure_that_the_bank_reaches_is_met(self, cast: Cast) -> None:
        _paper, row = sat(cast, items(cast, 12), 220)
        kept(cast, row)
        wish = replace(INFORMED, information=Decimal("0.80"), thetas=(Decimal(0),))
        done = asked(cast, blueprint(cast, wish))
        assert done.found["target"] == [0.8]
        assert done.found["deviation"] <= 0.25

    def test_a_bank_without_curves_says_so_in_one_sentence(self, cast: Cast) -> None:
        items(cast, 6)
        done = asked(cast, blueprint(cast, INFORMED))
        assert (done.state, done.reason) == ("refused", "exams.none_calibrated")


class TestNamed:
    def test_in_every_form_in_one_and_in_none(self, cast: Cast) -> None:
        keys = [one.public_id for one in bank(cast)]
        named = (Named(keys[0], "every"), Named(keys[4], "some"), Named(keys[3], "never"))
        wish = replace(WISH, named=named)
        assert Wish.of(wish.as_json()) == wish
        done = asked(cast, blueprint(cast, wish))
        forms = forms_of(done)
        assert all(keys[0] in one for one in forms)
        assert sum(keys[4] in one for one in forms) == 1
        assert not any(keys[3] in one for one in forms)
        pool = pool_of(cast.college)
        assert broken(wish, pool, forms) == []
        out = forms[0].index(keys[0])
        changed = [list(one) for one in forms]
        changed[0][out] = keys[3]
        codes = {one.code for one in worse([], broken(wish, pool, changed))}
        assert {"exams.form_named_missing", "exams.form_named_there"} <= codes
        without = [one for one in forms if keys[4] not in one]
        assert "exams.form_named_nowhere" in {one.code for one in broken(wish, pool, without)}

    def test_what_has_to_be_in_and_cannot_be_is_said_in_one_sentence(self, cast: Cast) -> None:
        rows = list(bank(cast))
        plan = blueprint(cast, replace(WISH, named=(Named(rows[0].public_id, "some"),)))
        actions.retire_items([rows[0]], **by(cast))
        done = asked(cast, plan)
        assert (done.state, done.reason) == ("refused", "exams.named_gone")
        assert "question 0" in done.facts["items"]
        others = [one for one in rows if one.pk != rows[0].pk]
        _paper, row = sat(cast, others[:8], 60)
        kept(cast, row)
        wish = replace(INFORMED, named=(Named(others[9].public_id, "every"),))
        assert asked(cast, blueprint(cast, wish)).reason == "exams.named_without_curve"

    def test_more_in_every_form_than_forms_may_share_is_blamed(self, cast: Cast) -> None:
        keys = [one.public_id for one in bank(cast)]
        wish = replace(FREE, shared=1, named=(Named(keys[0], "every"), Named(keys[1], "every")))
        done = asked(cast, blueprint(cast, wish))
        assert done.state == "impossible"
        assert {one["code"] for one in done.found["conflict"]} == {
            "assembly.anchors_many",
            "assembly.mandatory",
        }

    def test_a_question_that_nobody_sees_cannot_be_named(self, cast: Cast) -> None:
        with refused("blueprint_faulty"):
            blueprint(cast, replace(WISH, named=(Named("nowhere", "every"),)))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.sampled_from(("every", "some", "never", "")), min_size=8, max_size=8), st.integers(0, 9)
    )
    def test_whatever_is_named_is_kept_or_there_are_no_forms(self, where: list[str], seed: int) -> None:
        luck = random.Random(seed)
        pool = Pool(
            {
                f"q{n}": Pooled(n, f"q{n}", 1, "single", "easy", "", luck.random(), 60, Decimal(1), 0, None)
                for n in range(12)
            }
        )
        wish = replace(FREE, named=tuple(Named(f"q{n}", one) for n, one in enumerate(where) if one))
        possible, found = assembled(pool, wish, seed, lambda: 0.0)
        if possible:
            forms = [[key for key, _version in one] for one in found["forms"]]
            assert broken(wish, pool, forms) == []
            assert all(set(wish.those("every")) <= set(one) for one in forms)
            assert set(wish.those("some")) <= set(sum(forms, []))
            assert not set(wish.those("never")) & set(sum(forms, []))
        else:
            every, some, never = (len(wish.those(one)) for one in ("every", "some", "never"))
            left = len(pool.items) - never - every
            assert 2 * every + some > 8 or 8 - 2 * every > left
