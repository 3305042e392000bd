"""Blueprints: what is typed, forms that keep it, swaps, papers made once, a bank that changed, and what is to blame."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.exams import actions, blame_texts
from craftpath.domain.exams.assembling import forms_of, papers_of
from craftpath.domain.exams.keeping import Broken, broken, substitutes, swapped
from craftpath.domain.exams.models import Assembly, Blueprint, Item, Paper
from craftpath.domain.exams.pool import fitting, pool_of
from craftpath.domain.exams.queries import Tags, content_of, tags_of
from craftpath.domain.exams.texts import REASONS
from craftpath.domain.exams.wish_reading import read_wish
from craftpath.domain.exams.wishes import MOST_ROWS, Row, Wish
from craftpath.kernel.audit import AuditEntry
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.blueprints import TYPED, WISH, asked, bank, blueprint

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("trainer"), "at": AT}


def told() -> list[str]:
    rows = AuditEntry.objects.filter(fact__regex="exams.(blueprint|forms|question)").order_by("pk")
    return list(rows.values_list("fact", flat=True))


class TestWishes:
    def test_what_is_typed_is_what_is_wanted_and_is_kept_as_it_is(self) -> None:
        assert read_wish(TYPED) == WISH
        full = replace(
            WISH,
            points=(Decimal("7.5"), Decimal("7.5")),
            goal="share",
            share=Decimal("0.65"),
            shared=1,
            overlap=2,
            rows=(Row(0, 2, outcome=7, skill="care", kind="essay", difficulty="hard"),),
        )
        assert Wish.of(full.as_json()) == full

    @pytest.mark.parametrize(
        ("typed", "code", "where"),
        [
            ({"questions_least": "0"}, "blueprint_how_many", "questions"),
            ({"questions_least": ""}, "blueprint_how_many", "questions"),
            ({"questions_least": "6", "questions_most": "5"}, "blueprint_from_above_to", "questions"),
            ({"questions_least": "9" * 6000}, "blueprint_how_many", "questions"),
            ({"minutes": "１０"}, "blueprint_how_many", "minutes"),
            ({"minutes": "601"}, "blueprint_how_many", "minutes"),
            ({"forms": "9"}, "blueprint_how_many", "forms"),
            ({"forms": "-1"}, "blueprint_how_many", "forms"),
            ({"forms": "1", "shared": "2"}, "blueprint_shared_alone", "shared"),
            ({"shared": "6"}, "blueprint_how_many", "shared"),
            ({"overlap": "x"}, "blueprint_how_many", "overlap"),
            ({"points_least": "NaN"}, "points_outside", "points"),
            ({"points_least": "1e999"}, "points_outside", "points"),
            ({"points_least": "9", "points_most": "8"}, "blueprint_from_above_to", "points"),
            ({"goal": "best"}, "blueprint_goal_unknown", "goal"),
            ({"goal": "share", "share": "1.5"}, "blueprint_share_outside", "share"),
            ({"goal": "share", "share": ""}, "blueprint_share_outside", "share"),
            ({"goal": "share", "share": "0.6", "questions_most": "7"}, "blueprint_share_of_what", "share"),
            ({"rows": [{"least": "1"}]}, "blueprint_row_of_what", "rows-0"),
            ({"rows": [{"kind": "riddle", "least": "1"}]}, "blueprint_word_unknown", "rows-0"),
            ({"rows": [{"skill": "a\x00b", "least": "1"}]}, "blueprint_word_unknown", "rows-0"),
            ({"rows": [{"outcome": "1 or 1=1", "least": "1"}]}, "blueprint_word_unknown", "rows-0"),
            ({"rows": [{"kind": "essay"}]}, "blueprint_how_many", "rows-0"),
            ({"rows": [{"kind": "essay", "least": "1"}] * 2}, "blueprint_row_twice", "rows-1"),
            ({"rows": [{"kind": "essay", "least": "1"}] * 99}, "too_many_rows", "rows"),
        ],
    )
    def test_what_makes_no_sense_is_named_with_its_place(
        self, typed: dict[str, Any], code: str, where: str
    ) -> None:
        with refused("blueprint_faulty") as caught:
            read_wish(TYPED | typed)
        found = caught.value.verdict.facts["faults"]
        assert (f"exams.{code}", where) in [(one.code, one.where) for one in found]
        assert all(str(REASONS[one.code]) % one.facts for one in found)
        assert len(found) <= 2 + MOST_ROWS

    def test_a_blueprint_is_written_once_and_changed_once(self, cast: Cast) -> None:
        made_id = uuid.uuid4()
        first = blueprint(cast, made_id=made_id)
        assert blueprint(cast, made_id=made_id, title="again") == first
        other = replace(WISH, forms=2)
        for _press in range(2):
            row = actions.change_blueprint(first, other, title="期末", seen=1, **by(cast))
            assert (row.number, row.title, Wish.of(row.wanted)) == (2, "期末", other)
        with refused("blueprint_moved"):
            actions.change_blueprint(first, WISH, title="期末", seen=1, **by(cast))
        with refused("no_title"):
            actions.change_blueprint(first, WISH, title=" ", seen=2, **by(cast))
        assert told() == ["exams.blueprint_made", "exams.blueprint_changed"]

    def test_an_outcome_that_nobody_has_is_refused(self, cast: Cast) -> None:
        with refused("blueprint_faulty"):
            blueprint(cast, replace(WISH, rows=(Row(1, 1, outcome=999_999),)))

    @pytest.mark.parametrize("who", ["apprentice", "mentor", "hr", "officer", "stranger"])
    def test_others_write_and_ask_for_nothing(self, cast: Cast, who: str) -> None:
        bank(cast)
        row, house = blueprint(cast), {"mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city}
        actor = cast.actor(who, house.get(who, cast.neighbour if who == "stranger" else None))
        done = asked(cast, row)
        deeds: tuple[Callable[[], object], ...] = (
            lambda: actions.make_blueprint(
                WISH, organisation=cast.college, made_id=uuid.uuid4(), title="x", by=actor, at=AT
            ),
            lambda: actions.change_blueprint(row, WISH, title="x", seen=1, by=actor, at=AT),
            lambda: actions.ask_forms(row, made_id=uuid.uuid4(), by=actor, at=AT),
            lambda: actions.cancel_forms(done, by=actor, at=AT),
            lambda: actions.swap_question(done, form=0, out="a", into="b", by=actor, at=AT),
            lambda: actions.take_forms(done, by=actor, at=AT),
        )
        for deed in deeds:
            with pytest.raises(Refused) as found:
                deed()
            assert found.value.verdict.who


class TestPool:
    def test_released_items_only_with_what_is_assumed_and_how_often_they_were_used(self, cast: Cast) -> None:
        items = bank(cast, 6)
        Item.objects.filter(pk=items[0].pk).update(state="retired")
        Item.objects.filter(pk=items[1].pk).update(expected_p=None, seconds=None)
        actions.make_paper(
            items[2:4], organisation=cast.college, made_id=uuid.uuid4(), title="x", minutes=9, **by(cast)
        )
        pool = pool_of(cast.college).items
        assert len(pool) == 5
        bare = pool[items[1].public_id]
        assert (bare.share, bare.share_said, bare.seconds_said) == (0.65, False, False)
        assert [pool[one.public_id].used for one in items[1:]] == [0, 1, 1, 0, 0]
        assert fitting(pool_of(cast.college), WISH.rows) == [1, 2, 2]
        assert not pool_of(cast.neighbour).items

    def test_a_large_bank_takes_no_more_queries(self, cast: Cast) -> None:
        counts = []
        for size in (3, 30):
            bank(cast, size)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                pool_of(cast.college)
            counts.append(len(seen))
        assert counts == [6, 6]


class TestForms:
    def test_forms_keep_every_rule_and_are_even(self, cast: Cast) -> None:
        bank(cast)
        row = asked(cast, blueprint(cast))
        assert row.state == "done"
        pool, forms = pool_of(cast.college), forms_of(row)
        assert [len(form) for form in forms] == [5, 5, 5]
        assert broken(WISH, pool, forms) == []
        means = [sum(pool.items[key].share for key in form) for form in forms]
        assert max(means) - min(means) <= 0.06
        assert told() == ["exams.blueprint_made", "exams.forms_assembled"]

    def test_the_same_wish_gives_the_same_forms_and_another_seed_others(self, cast: Cast) -> None:
        bank(cast)
        row = blueprint(cast)
        first, second, third = (forms_of(asked(cast, row, seed=seed)) for seed in (0, 0, 1))
        assert first == second != third

    def test_a_wanted_share_shared_questions_enemies_and_limits(self, cast: Cast) -> None:
        items = bank(cast)
        enemies = Tags(**_plain(items[0]) | {"enemies": tuple(one.public_id for one in items[3:])})
        actions.tag_item(items[0], enemies, **by(cast))
        actions.tag_item(items[1], Tags(**_plain(items[1]) | {"exposure_limit": 1}), **by(cast))
        wish = replace(WISH, goal="share", share=Decimal("0.60"), shared=2, rows=())
        row = asked(cast, blueprint(cast, wish))
        pool, forms = pool_of(cast.college), forms_of(row)
        assert broken(wish, pool, forms) == []
        assert len(set(forms[0]) & set(forms[1]) & set(forms[2])) == 2
        for form in forms:
            assert sum(pool.items[key].share for key in form) / 5 == pytest.approx(0.60, abs=0.01)

    def test_points_count_where_they_are_asked_for(self, cast: Cast) -> None:
        bank(cast)
        wish = replace(WISH, points=(Decimal(6), Decimal(6)), questions=(1, 10), rows=())
        row = asked(cast, blueprint(cast, wish))
        assert [len(form) for form in forms_of(row)] == [6, 6, 6]

    def test_the_same_press_is_one_row_and_one_at_a_time(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("craftpath.domain.exams.assembling.enqueue", lambda *_: None)
        bank(cast)
        row, made_id = blueprint(cast), uuid.uuid4()
        first = actions.ask_forms(row, made_id=made_id, **by(cast))
        assert actions.ask_forms(row, made_id=made_id, **by(cast)) == first
        assert actions.ask_forms(row, made_id=uuid.uuid4(), **by(cast)) == first
        changed = actions.change_blueprint(row, replace(WISH, forms=2), title="x", seen=1, **by(cast))
        second = actions.ask_forms(changed, made_id=uuid.uuid4(), **by(cast))
        assert second != first
        first.refresh_from_db()
        assert first.state == "cancelled"
        actions.cancel_forms(second, **by(cast))
        assert actions.cancel_forms(second, **by(cast)).state == "cancelled"
        actions.carry_out(second, **by(cast))  # a worker that began before: nothing of it is kept
        second.refresh_from_db()
        assert (second.state, second.found) == ("cancelled", {})

    def test_who_takes_it_back_ends_the_search(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("craftpath.domain.exams.assembling.enqueue", lambda *_: None)
        bank(cast)
        row = actions.ask_forms(blueprint(cast), made_id=uuid.uuid4(), **by(cast))
        ticks = iter(range(0, 10_000, 2))

        def clock() -> float:
            now = next(ticks)
            if now == 4:
                actions.cancel_forms(row, **by(cast))
            return float(now)

        actions.carry_out(row, **by(cast), clock=clock)
        row.refresh_from_db()
        assert (row.state, row.found) == ("cancelled", {})
        assert next(ticks) < 40

    def test_no_time_and_a_fault_are_said(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("craftpath.domain.exams.assembling.enqueue", lambda *_: None)
        bank(cast)
        plan = blueprint(cast)
        row = actions.ask_forms(plan, made_id=uuid.uuid4(), **by(cast))
        late = iter([0.0, 0.0, *[1e6] * 99])
        actions.carry_out(row, **by(cast), clock=lambda: next(late))
        row.refresh_from_db()
        assert (row.state, row.reason) == ("refused", "exams.assembly_no_time")
        row = actions.ask_forms(plan, made_id=uuid.uuid4(), **by(cast))

        def broken_clock() -> float:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            actions.carry_out(row, **by(cast), clock=_once(broken_clock))
        row.refresh_from_db()
        assert (row.state, row.reason) == ("refused", "exams.assembly_failed")


def _once(then: Callable[[], float]) -> Callable[[], float]:
    """A clock that can be read once."""
    calls: list[int] = []

    def clock() -> float:
        calls.append(1)
        return time.monotonic() if len(calls) == 1 else then()

    return clock


def _plain(item: Item) -> dict[str, Any]:
    tags = tags_of(item)
    return {name: getattr(tags, name) for name in ("difficulty", "expected_p", "seconds")}


class TestImpossible:
    def test_too_few_in_the_bank_is_counted(self, cast: Cast) -> None:
        bank(cast, 9)
        row = asked(
            cast, blueprint(cast, replace(WISH, rows=(Row(2, 2, difficulty="hard"),), questions=(3, 3)))
        )
        assert row.state == "impossible"
        (few, overlap) = row.found["conflict"]
        assert (few["code"], few["wanted"], few["usable"]) == ("assembly.too_few", 2, 3)
        assert few["cell"]["difficulty"] == "hard"
        assert overlap["code"] == "assembly.overlap"
        assert row.found["relief"]
        assert told()[-1] == "exams.forms_impossible"

    def test_rows_that_exceed_the_whole_are_a_fault(self, cast: Cast) -> None:
        bank(cast)
        rows = (Row(2, 2, difficulty="easy"), Row(2, 3, difficulty="hard"))
        row = asked(cast, blueprint(cast, replace(WISH, rows=rows, questions=(3, 3))))
        assert (row.state, row.found["faults"][0]["code"]) == ("impossible", "assembly.cells_exceed_total")

    def test_an_empty_bank_is_said(self, cast: Cast) -> None:
        row = asked(cast, blueprint(cast))
        assert row.found["faults"][0]["code"] == "assembly.bank_empty"

    def test_every_code_of_the_engine_has_a_sentence(self) -> None:
        engine = Path(__file__).parents[3] / "craftpath" / "engines" / "assembly"
        codes = {
            code
            for file in engine.glob("*.py")
            for code in re.findall(r'"(assembly\.\w+)"', file.read_text("utf-8"))
        }
        said = set(blame_texts.FAULTS) | {code.split(":")[0] for code in blame_texts.BLAMES}
        assert codes == said
        relieved = {code.split(":")[0] for code in blame_texts.RELIEFS}
        assert relieved == said - set(blame_texts.FAULTS)


class TestSwaps:
    def test_a_question_is_changed_for_one_that_fits_once(self, cast: Cast) -> None:
        bank(cast)
        row = asked(cast, blueprint(cast))
        pool, forms = pool_of(cast.college), forms_of(row)
        out = forms[0][0]
        others = substitutes(WISH, pool, forms, 0, out)
        assert others
        for one in others:
            assert broken(WISH, pool, swapped(forms, 0, out, one.key)) == []
        into = others[0].key
        for _press in range(2):
            row = actions.swap_question(row, form=0, out=out, into=into, **by(cast))
        assert row.swaps == 1
        assert forms_of(row) == swapped(forms, 0, out, into)
        assert told().count("exams.question_swapped") == 1

    def test_what_does_not_fit_is_refused(self, cast: Cast) -> None:
        bank(cast)
        row = asked(cast, blueprint(cast))
        pool, forms = pool_of(cast.college), forms_of(row)
        easy = next(key for key in forms[0] if pool.items[key].difficulty == "easy")
        free = [
            one for one in pool.items.values() if one.difficulty == "hard" and one.key not in sum(forms, [])
        ]
        for form, out, into, reason in (
            (0, easy, free[0].key, "swap_breaks"),
            (0, easy, forms[1][0], "swap_breaks"),
            (0, easy, forms[0][1], "swap_not_there"),
            (0, easy, "nowhere", "swap_not_there"),
            (0, "nowhere", free[0].key, "form_question_unknown"),
            (7, easy, free[0].key, "form_unknown"),
            (-1, easy, free[0].key, "form_unknown"),
        ):
            with refused(reason):
                actions.swap_question(row, form=form, out=out, into=into, **by(cast))

    def test_a_shared_question_is_changed_in_all_forms(self, cast: Cast) -> None:
        bank(cast)
        wish = replace(WISH, shared=1)
        row = asked(cast, blueprint(cast, wish))
        pool, forms = pool_of(cast.college), forms_of(row)
        (common,) = set.intersection(*map(set, forms))
        into = substitutes(wish, pool, forms, 1, common)[0].key
        after = forms_of(actions.swap_question(row, form=1, out=common, into=into, **by(cast)))
        assert all(into in form and common not in form for form in after)


class TestTaking:
    def test_papers_are_made_once_in_the_order_of_the_forms(self, cast: Cast) -> None:
        bank(cast)
        plan = blueprint(cast)
        row = asked(cast, plan)
        made = actions.take_forms(row, **by(cast))
        assert actions.take_forms(row, **by(cast)) == made == papers_of(row)
        assert [(one.title, one.form, one.minutes, one.blueprint, one.state) for one in made] == [
            (f"车工理论期末 {letter}", letter, 10, plan, "draft") for letter in "ABC"
        ]
        for paper, form in zip(made, forms_of(row), strict=True):
            lines = paper.lines.order_by("order").values_list("version__item__public_id", flat=True)
            assert list(lines) == form
        assert Paper.objects.count() == 3
        assert told().count("exams.forms_taken") == 1
        with refused("forms_not_open"):
            actions.swap_question(row, form=0, out="a", into="b", **by(cast))

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ("retired", "form_item_gone"),
            ("rewritten", "form_item_rewritten"),
            ("used up", "form_item_used_up"),
            ("enemies", "form_enemies"),
            ("harder", "form_row_unmet"),
            ("longer", "form_too_long"),
        ],
    )
    def test_a_bank_that_changed_meanwhile_is_a_reason(self, cast: Cast, change: str, reason: str) -> None:
        bank(cast)
        row = asked(cast, blueprint(cast))
        first, second = (Item.objects.get(public_id=key) for key in forms_of(row)[0][:2])
        if change == "retired":
            actions.retire_items([first], **by(cast))
        elif change == "rewritten":
            content = replace(content_of(first.newest, first.kind), stem=Text("另一个说法"))
            actions.rewrite_item(first, content, seen=1, **by(cast))
        elif change == "used up":
            actions.tag_item(first, Tags(**_plain(first) | {"exposure_limit": 1}), **by(cast))
            actions.make_paper(
                [first], organisation=cast.college, made_id=uuid.uuid4(), title="x", minutes=9, **by(cast)
            )
        elif change == "enemies":
            actions.tag_item(first, Tags(**_plain(first) | {"enemies": (second.public_id,)}), **by(cast))
        elif change == "harder":
            actions.tag_item(first, Tags(**_plain(first) | {"difficulty": "hard"}), **by(cast))
        else:
            actions.tag_item(first, Tags(**_plain(first) | {"seconds": 3000}), **by(cast))
        before = Paper.objects.count()
        with refused(reason) as caught:
            actions.take_forms(row, **by(cast))
        assert str(REASONS[f"exams.{reason}"]) % caught.value.verdict.facts
        assert Paper.objects.count() == before
        row.refresh_from_db()
        assert row.state == "done"

    def test_what_is_not_done_makes_no_papers(self, cast: Cast) -> None:
        row = asked(cast, blueprint(cast))
        with refused("forms_not_open"):
            actions.take_forms(row, **by(cast))

    def test_every_broken_rule_has_a_sentence(self) -> None:
        source = Path(__file__).parents[3] / "craftpath" / "domain" / "exams" / "keeping.py"
        codes = re.findall(r'"(exams\.\w+)"', source.read_text("utf-8"))
        assert codes
        for code in codes:
            assert str(REASONS[code]) % Broken(code).facts


def test_rows_say_what_they_are(cast: Cast) -> None:
    bank(cast)
    plan = blueprint(cast)
    assert str(plan) == "车工理论期末"
    assert Blueprint.objects.get() == plan
    assert str(asked(cast, plan)).endswith("done")
    assert Assembly.objects.count() == 1
