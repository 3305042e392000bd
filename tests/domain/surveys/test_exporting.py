"""Answers to be taken away one by one: whatever was said, nothing in the file is shared by one to four people only."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.surveys.exporting import safe_rows
from craftpath.domain.surveys.models import FEWEST, OTHER, Survey
from craftpath.domain.surveys.results import results_of

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = [{"key": key, "text": {"en": key}} for key in "ab"]
SURVEY = Survey(
    points=5,
    groups=["role", "occupation"],
    questions=[
        {"key": "n", "kind": "need", "title": "n", "mentor": True},
        {"key": "s", "kind": "scale", "title": "s"},
        {"key": "m", "kind": "matrix", "title": "m", "rows": LETTERS},
        {"key": "g", "kind": "single", "title": "g", "group": True, "options": LETTERS},
        {"key": "t", "kind": "text", "title": "t"},
    ],
)
TICK = st.integers(1, 5)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "n": st.tuples(TICK, TICK | st.none(), st.none()).map(list),
        "s": TICK,
        "m": st.dictionaries(st.sampled_from("ab"), TICK, min_size=1),
        "g": st.sampled_from("ab"),
        "t": st.just("words"),
    },
)
VIEW = st.fixed_dictionaries({"n": st.tuples(TICK, st.none(), TICK).map(list)}, optional={"s": TICK})
TRADES = st.fixed_dictionaries({"role": st.just(OTHER), "occupation": st.sampled_from(["welder", "turner"])})
ROWS = st.tuples(
    st.lists(st.tuples(TRADES, SAID), max_size=24), st.lists(st.tuples(TRADES, VIEW), max_size=7)
).map(lambda both: [*both[0], *both[1]])
Content = tuple[dict[str, str], dict[str, Any]]


def _columns(rows: list[Content]) -> Counter[str]:
    found: Counter[str] = Counter()
    for _groups, said in rows:
        found.update(
            f"{key}.{part}" if isinstance(value, list | dict) else key
            for key, value in said.items()
            for part in (value if isinstance(value, dict) else range(3) if isinstance(value, list) else [""])
            if not isinstance(value, list) or value[part] is not None
        )
    return found


@PATIENT
@given(ROWS)
def test_nothing_in_the_file_is_shared_by_too_few(rows: list[Content]) -> None:
    file = safe_rows(SURVEY, rows)
    assert not file or len(file) >= FEWEST
    assert all(count >= FEWEST for key, count in _columns(file).items() if key != "g")
    cells = Counter((*groups.values(), said.get("g", "")) for groups, said in file)
    assert all(count >= FEWEST for count in cells.values())
    assert not any("t" in said for _groups, said in file)
    views = [said for _groups, said in file if "n" in said and said["n"][1] is None]
    assert not views or len(views) >= FEWEST or not _columns(file)["n.1"]


@PATIENT
@given(ROWS)
def test_results_less_the_file_are_no_few_people_s_answers(rows: list[Content]) -> None:
    """What both tell of a question rests on the same people, so that nothing follows from the difference."""
    file = _columns(safe_rows(SURVEY, rows))
    told = {one.question.key: one for one in results_of(SURVEY, [said for _groups, said in rows])}
    shown = {"s": told["s"].n} | {f"m.{one.key}": one.n for one in told["m"].spreads}
    for key, count in shown.items():
        assert not file[key] or file[key] == count


def test_a_few_mentors_are_left_out_with_what_they_answered_beside_the_others() -> None:
    learner = ({"role": "apprentice", "occupation": "welder"}, {"n": [5, 2, None], "s": 4, "m": {"a": 1}})
    mentor = ({"role": "mentor", "occupation": "welder"}, {"n": [5, None, 2], "s": 1})
    kept = {"n": [5, 2, None], "m": {"a": 1}}
    assert [said for _groups, said in safe_rows(SURVEY, [learner] * 8 + [mentor] * 4)] == [kept] * 8
    assert len(safe_rows(SURVEY, [learner] * 8 + [mentor] * 5)) == 13
    assert safe_rows(SURVEY, [learner] * 4 + [mentor] * 4) == []


def test_own_choices_are_made_coarse_together_with_what_is_kept() -> None:
    def of(trade: str, choice: str) -> Content:
        return {"role": "apprentice", "occupation": trade}, {"g": choice}

    rows = [of("welder", "a")] * 6 + [of("welder", "b")] * 5 + [of("turner", "a")] * 5 + [of("turner", "b")]
    cells = Counter((groups["occupation"], said["g"]) for groups, said in safe_rows(SURVEY, rows))
    assert cells == {("welder", "a"): 6, ("welder", "b"): 5, ("turner", OTHER): 6}
