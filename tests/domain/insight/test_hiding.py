"""What is hidden cannot be had by adding and subtracting whatever one reader can see, nor two pages of one."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.insight.adding import GROUPINGS, measure
from craftpath.domain.insight.deciding import Ties, decide, decide_more, measures_of
from craftpath.domain.insight.keeping import Key, _add
from craftpath.domain.insight.models import Book, Cell
from craftpath.domain.insight.publishing import publish_indicator, withdraw_indicator
from craftpath.domain.insight.queries import choices, figures, public_figures, published
from craftpath.engines.disclosure import PROTECTS, SHOWN, SMALL, Sum, hide_related, what_follows
from craftpath.engines.indicators import DIMENSIONS, by_key
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.insight.world import keep_up

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")


def attack(sizes: list[int], sums: list[Sum], hidden: set[int]) -> set[int]:
    """Hidden cells that linear algebra finds, by another way than the engine: the null space in floating point."""
    cells = sorted(hidden)
    place = {cell: at for at, cell in enumerate(cells)}
    table = np.zeros((len(sums), len(cells)))
    for row, one in enumerate(sums):
        for cell in one.cells:
            if cell in place:
                table[row, place[cell]] += 1 if cell == one.whole else -1
    if not cells:
        return set()
    _, values, right = np.linalg.svd(table, full_matrices=True)
    free = right[int((values > 1e-9).sum()) :]
    return {cell for cell in cells if not (np.abs(free[:, place[cell]]) > 1e-9).any()}


grids = st.lists(
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 5, 8, 13]), min_size=2, max_size=6), min_size=2, max_size=6
)


@given(grids)
def test_nothing_small_follows_from_a_crossed_table(rows: list[list[int]]) -> None:
    width = min(map(len, rows))
    grid = np.array([row[:width] for row in rows])
    height = len(grid)
    sizes = [*grid.ravel().tolist(), *grid.sum(1).tolist(), *grid.sum(0).tolist(), int(grid.sum())]
    at = np.arange(grid.size).reshape(grid.shape)
    lines, columns, total = grid.size, grid.size + height, len(sizes) - 1
    sums = [Sum(lines + n, tuple(at[n].tolist())) for n in range(height)]
    sums += [Sum(columns + n, tuple(at[:, n].tolist())) for n in range(width)]
    sums += [Sum(total, tuple(range(lines, columns))), Sum(total, tuple(range(columns, total)))]
    codes = hide_related(sizes, sums)
    hidden = {cell for cell, code in enumerate(codes) if code != SHOWN}
    assert {cell for cell, size in enumerate(sizes) if 0 < size < 5} == {
        cell for cell, code in enumerate(codes) if code == SMALL
    }
    told = attack(sizes, sums, hidden)
    assert told == what_follows(sums, hidden)
    assert not {cell for cell in told if codes[cell] == SMALL}
    for one in sums:
        gone = [cell for cell in one.parts if cell in hidden]
        if gone and one.whole not in hidden:
            assert sum(sizes[cell] for cell in gone) >= 5


def test_the_same_people_in_several_quarters_are_no_crowd() -> None:
    assert hide_related([8, 2, 2, 12], [Sum(3, (1, 2, 0))]) == [PROTECTS, SMALL, SMALL, SHOWN]
    assert hide_related([8, 4, 4, 16], [Sum(3, (1, 2, 0))]) == [SHOWN, SMALL, SMALL, SHOWN]
    assert hide_related([8, 4, 4, 16], [Sum(3, (1, 2, 0), same=True)]) == [PROTECTS, SMALL, SMALL, SHOWN]
    assert hide_related([3, 3], [Sum(1, (0,))]) == [SMALL, SMALL]
    assert hide_related([9, 3, 9, 12], [Sum(3, (0, 1))], secret=[1]) == [PROTECTS, SHOWN, SHOWN, SHOWN]


def lay(readers: dict[str, Organisation], rows: list[tuple[str, str, str, str, str, int]]) -> None:
    """Contracts by (college, stage, occupation, enterprise, quarter, how many), as a worker would add them."""
    Book.objects.get_or_create(table="apprenticeship")
    changes: dict[Key, dict[str, int]] = defaultdict(dict)
    for college, stage, occupation, host, period, count in rows:
        dims = dict(
            zip(DIMENSIONS, ("330106", stage, occupation, readers[host].public_id, period), strict=True)
        )
        seen = [(readers["city"], "owned"), (readers[college], "owned"), (readers[host], "hosted")]
        for reader, side in seen:
            for grouping in GROUPINGS:
                cell: Any = tuple(dims[name] if name in grouping else "" for name in DIMENSIONS)
                parts = changes[Key(reader.pk, "apprenticeship", side, cell)]
                for name in ("apprenticeship_begun", "apprenticeship_completed"):
                    parts[name] = parts.get(name, 0) + count
    _add(changes)
    decide("apprenticeship", AT)


@pytest.fixture
def readers(db: Any) -> dict[str, Organisation]:
    city = plant(key="city", kind="city", name={"en": "City"})
    kinds = {
        "one": "college",
        "two": "college",
        "small": "enterprise",
        "large": "enterprise",
        "third": "enterprise",
    }
    found = {key: plant(key=key, kind=kind, name={"en": key}, parent=city) for key, kind in kinds.items()}
    return {"city": Organisation.objects.get(pk=city.pk), **found}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_cell_of_any_reader_follows_from_all_that_all_readers_see(
    readers: dict[str, Organisation], seed: int
) -> None:
    """The strongest reader: sees the city, both colleges and every enterprise, each by every filter."""
    chance = np.random.default_rng(seed)
    rows = [
        (college, stage, occupation, host, period, int(chance.choice([1, 1, 2, 3, 6, 9, 14])))
        for college in ("one", "two") for stage in ("a", "b") for occupation in ("w", "x")
        for host in ("small", "large", "third") for period in QUARTERS if chance.random() < 0.35
    ]  # fmt: skip
    lay(readers, rows)
    cells = list(Cell._base_manager.order_by("pk"))
    one = next(one for one in measures_of("apprenticeship", cells) if one.parts == ("apprenticeship_begun",))
    ties = Ties(cells)
    sizes = [cell.parts["apprenticeship_begun"] for cell in cells]
    sums = [Sum(whole, parts) for whole, parts, _same in ties._wholes]
    sums += [Sum(whole, parts) for whole, parts in ties._with_rest]
    for tied in sums:  # every sum that is thought of is one
        assert sizes[tied.whole] == sum(sizes[part] for part in tied.parts)
    hidden = {place for place, cell in enumerate(cells) if one.key in cell.hidden}
    small = {place for place, size in enumerate(sizes) if size < 5}
    assert small <= hidden
    assert not attack(sizes, sums, hidden) & small
    # and by its atoms: no combination of shown cells is a group of fewer than five that stands alone in a sum
    for tied in sums:
        gone = [part for part in tied.parts if part in hidden]
        if gone and tied.whole not in hidden:
            assert len(gone) > 1
            assert sum(sizes[part] for part in gone) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_after_a_change_more_is_hidden_and_nothing_small_follows(
    readers: dict[str, Organisation], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a large site it is not decided anew after each change; what must be hidden is hidden all the same."""
    chance = np.random.default_rng(seed)
    rows = [
        (college, stage, "w", host, period, int(chance.choice([1, 2, 6, 9, 14])))
        for college in ("one", "two") for stage in ("a", "b") for host in ("small", "large") for period in QUARTERS
        if chance.random() < 0.5
    ]  # fmt: skip
    lay(readers, rows)
    college, stage, host = ("one", "two")[seed % 2], ("a", "b")[seed // 2 % 2], ("small", "third")[seed // 4]
    monkeypatch.setattr("tests.domain.insight.test_hiding.decide", lambda *_: None)
    lay(readers, [(college, stage, "w", host, "2026-Q2", 2)])
    decide_more("apprenticeship")
    cells = list(Cell._base_manager.order_by("pk"))
    one = next(one for one in measures_of("apprenticeship", cells) if one.parts == ("apprenticeship_begun",))
    ties = Ties(cells)
    sizes = [cell.parts["apprenticeship_begun"] for cell in cells]
    sums = [Sum(*tie) for tie in [*((tie[0], tie[1]) for tie in ties._wholes), *ties._with_rest]]
    hidden = {place for place, cell in enumerate(cells) if one.key in cell.hidden}
    small = {place for place, size in enumerate(sizes) if size < 5}
    assert small <= hidden
    for tied in sums:
        gone = [part for part in tied.parts if part in hidden]
        if gone and tied.whole not in hidden:
            assert len(gone) > 1
            assert sum(sizes[part] for part in gone) >= 5
    assert not attack(sizes, sums, hidden) & small


@pytest.mark.django_db
def test_filters_and_pages_show_one_decision(readers: dict[str, Organisation]) -> None:
    lay(readers, [("one", "a", "w", "large", "2026-Q1", 20), ("two", "a", "w", "small", "2026-Q1", 2),
                  ("one", "b", "w", "third", "2026-Q1", 9), ("two", "b", "w", "third", "2026-Q2", 9)])  # fmt: skip
    with everywhere("a test looks at everything"):
        by_host = {
            row.dims["enterprise"]: row
            for row in figures(["enrolled"], by=("enterprise",), of=readers["city"])
        }
        small = by_host[readers["small"].public_id]
        assert (small.n, small.value, small.suppressed, small.why) == (None, None, True, "insight.too_few")
        hidden = [row for row in by_host.values() if row.suppressed]
        assert len(hidden) == 2
        assert {row.why for row in hidden} == {"insight.too_few", "insight.protects_others"}
        (own,) = figures(["enrolled"], by=(), of=readers["small"])
        assert own.suppressed
        (filtered,) = figures(
            ["enrolled"], by=(), where={"enterprise": readers["small"].public_id}, of=readers["city"]
        )
        assert filtered.suppressed
        (same,) = figures(
            ["enrolled"], by=("period",), where={"enterprise": readers["small"].public_id}, of=readers["city"]
        )
        assert same.suppressed
        whole, unknown = figures(["enrolled", "nothing"], by=(), of=readers["city"])
        assert (whole.n, whole.value, whole.why) == (40, 40, "")
        assert unknown.why == "insight.unknown_indicator"
        assert [row.why for row in figures(["enrolled"], by=("stage", "enterprise"), of=readers["city"])] == [
            "insight.too_fine"
        ]
        assert [row.why for row in figures(["enrolled"], by=("shoe size",), of=readers["city"])] == [
            "insight.too_fine"
        ]
        assert [row.why for row in figures(["village_people"], by=(), of=readers["city"])] == [
            "insight.not_recorded"
        ]
        assert [row.why for row in figures(["gate_first_try"], by=(), of=readers["city"])] == [
            "insight.empty"
        ]
        assert [one.value for one in choices(of=readers["city"])["period"]] == ["2026-Q2", "2026-Q1"]
        assert measure(by_key("enrolled")) == "apprenticeship_begun>5"


@pytest.mark.django_db
def test_a_reader_sees_the_own_tree_and_nobody_elses(cast: Cast, readers: dict[str, Organisation]) -> None:
    lay(readers, [("one", "a", "w", "large", "2026-Q1", 20)])
    with looking_for(cast.actor("officer", cast.city).scope):
        assert figures(["enrolled"], by=("period",), of=readers["city"]) == []
        assert [row.why for row in figures(["enrolled"], by=(), of=readers["city"])] == ["insight.empty"]


@pytest.mark.django_db
def test_everybody_reads_what_was_published_and_nothing_else(
    cast: Cast, readers: dict[str, Organisation]
) -> None:
    lay(readers, [("one", "a", "w", "large", "2026-Q1", 20)])
    assert public_figures(["enrolled"], by=(), of=readers["city"]) == []
    officer = cast.actor("officer", cast.city)
    with everywhere("a test acts"):
        for _twice in range(2):
            publish_indicator(cast.city, "enrolled", by=officer, at=AT)
        with pytest.raises(Refused, match="insight.unknown_indicator"):
            publish_indicator(cast.city, "nothing", by=officer, at=AT)
        for stranger in (cast.actor("trainer"), cast.actor("coordinator")):
            with pytest.raises(Refused):
                publish_indicator(cast.city, "enrolled", by=stranger, at=AT)
    assert published(cast.city) == ["enrolled"]
    assert [row.key for row in public_figures(["enrolled", "running"], by=(), of=cast.city)] == ["enrolled"]
    with everywhere("a test acts"):
        withdraw_indicator(cast.city, "enrolled", by=officer, at=AT)
    assert published(cast.city) == []


@pytest.mark.django_db
def test_in_its_first_year_a_college_says_that_everybody_is_still_there(cast: Cast) -> None:
    """Nobody has completed or left: that is told. One who leaves is nobody's to know."""
    keys = ["running", "completed", "left"]
    keep_up()
    with everywhere("a test looks at everything"):
        enrolled, *shown = [one.value for one in figures(["enrolled", *keys], of=cast.college)]
        assert enrolled is not None
        assert shown == [enrolled, 0, 0]
        gone, by = cast.enrolments["26002"], cast.actor("coordinator")
        end_enrolments([gone], because="left", on=TODAY, by=by, at=AT)
    keep_up()
    with everywhere("a test looks at everything"):
        told = figures(["enrolled", *keys], of=cast.college)
    assert [one.value for one in told] == [enrolled, None, None, None]


@pytest.mark.django_db
def test_where_what_decides_has_changed_nothing_is_shown_until_it_is_decided_anew(cast: Cast) -> None:
    """The step to a release that decides otherwise: first nothing is shown, then the worker decides."""
    step = import_module("craftpath.domain.insight.migrations.0002_outcomes_decided_anew")
    keep_up()
    with everywhere("a test looks at everything"):
        before = figures(["enrolled"], of=cast.college)
        assert before[0].value is not None
        step.decide_anew(apps, None)
        assert figures(["enrolled"], of=cast.college)[0].value is None
    keep_up()
    with everywhere("a test looks at everything"):
        assert figures(["enrolled"], of=cast.college) == before
