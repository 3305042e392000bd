"""Closed sittings, and how their pages are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.exams.actions import close_sitting
from craftpath.domain.exams.models import Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.crowd import form, held, items, options
from tests.domain.exams.hall import ESSAY, OPENS, RIGHT, answer, begin, opened

Browse = Callable[[str], Client]
SMALL = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0]]


def at(row: Sitting, part: str = "", house: str = "lanchuan") -> str:
    return f"/o/{house}/sittings/{row.public_id}/report/{part}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def over(cast: Cast) -> Sitting:
    """26001 has all but the essay, 26002 waits for a mark, 26003 wrote nothing, the others did not come."""
    with everywhere("a test holds an examination"):
        row, codes = opened(cast)
        answer(begin(codes["26001"]), RIGHT)
        answer(begin(codes["26002"]), {1: ["b"], ESSAY: {"text": "先粗后精。"}})
        begin(codes["26003"])
        return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


@pytest.fixture
def small(cast: Cast) -> Sitting:
    """Six candidates, three questions."""
    with everywhere("a test holds an examination"):
        paper = form(cast, items(cast, 3))
        return held(cast, [(paper, one) for one in options(SMALL)])
