"""The words that the schema lists are those of the record."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.delivery.api.assembled import schema
from craftpath.delivery.api.kinds import Asked, Shape
from craftpath.domain.agreements.states import AGREEMENT
from craftpath.domain.apprenticeships.states import COHORT, ENROLMENT
from craftpath.domain.learning.models import STATUSES
from craftpath.domain.learning.states import SESSION
from craftpath.domain.logbook.states import ENTRY
from craftpath.domain.reviews.states import REVIEW
from craftpath.engines.indicators import DIMENSIONS
from craftpath.kernel.sheets import SHEET


def _query(path: str, name: str) -> set[str]:
    parameters = schema()["paths"][f"/api/v1{path}"]["get"]["parameters"]
    found: Any = next(one["schema"] for one in parameters if one.get("name") == name)
    return set(next(one["enum"] for one in [found, *found.get("anyOf", [])] if "enum" in one))


@pytest.mark.parametrize(
    ("path", "states"),
    [
        ("/log/entries", ENTRY.states), ("/sessions", SESSION.states), ("/reviews", REVIEW.states),
        ("/cohorts", COHORT.states), ("/apprentices", ENROLMENT.states), ("/agreements", AGREEMENT.states),
        ("/imports", SHEET.states),
    ],
)  # fmt: skip
def test_a_filter_by_state_knows_all_states(path: str, states: Any) -> None:
    assert _query(path, "state") == set(states)


def test_statuses_and_dimensions() -> None:
    assert set(schema()["components"]["schemas"]["Mark"]["properties"]["status"]["enum"]) == set(STATUSES)
    assert _query("/figures/{indicator}", "by") == set(DIMENSIONS)


def test_no_two_shapes_share_a_name() -> None:
    """The schema would hold one of them only."""
    schema()
    found: dict[str, set[str]] = {}
    waiting: list[type] = [Shape, Asked]
    while waiting:
        for shape in waiting.pop().__subclasses__():
            waiting.append(shape)
            if shape.__module__.startswith("craftpath.delivery.api") and "[" not in shape.__name__:
                found.setdefault(shape.__name__, set()).add(shape.__module__)
    assert {name: where for name, where in found.items() if len(where) > 1} == {}
