"""Groups made coarse and samples drawn: no combination has fewer people than it must, whatever the people."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.surveys.coarsening import Sampling, coarsen, drawn
from craftpath.domain.surveys.models import FEWEST, OTHER

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(
    st.lists(st.integers(0, 29), max_size=40),
    st.integers(2, 7),
)
def test_no_combination_that_is_kept_has_fewer_people_than_it_must(numbers: list[int], fewest: int) -> None:
    rows = [("ab"[one % 2], "cdefg"[one // 2 % 5], "hij"[one // 10]) for one in numbers]
    cells = coarsen(rows, fewest)
    for cell in set(cells):
        assert cells.count(cell) >= min(fewest, len(rows)), cell
    for row, cell in zip(rows, cells, strict=True):
        assert all(kept in (value, OTHER) for value, kept in zip(row, cell, strict=True))
    again = coarsen(list(reversed(rows)), fewest)
    assert again == list(reversed(cells))


@PATIENT
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=60), st.integers(0, 100), st.integers(0, 30))
def test_a_draw_never_leaves_a_combination_with_too_few(values: list[str], percent: int, size: int) -> None:
    cells = coarsen([(value,) for value in values])
    keys = [f"p{at:03}" for at in range(len(cells))]
    places = drawn(cells, keys, Sampling(size=size, percent=percent, seed=3))
    for cell in set(cells):
        there, taken = cells.count(cell), sum(cells[at] == cell for at in places)
        assert min(there, FEWEST) <= taken <= there
    assert places == drawn(cells, keys, Sampling(size=size, percent=percent, seed=3))
