"""Fixtures of the store."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from tests.cast import Cast
from tests.lrs.asking import Program, token_of


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: Any) -> None:
    cache.clear()


@pytest.fixture(params=["2.0.0", "1.0.3"])
def program(request: pytest.FixtureRequest, cast: Cast) -> Program:
    """A program with all rights, in either version."""
    return Program(token_of(cast.college), request.param)


@pytest.fixture
def newer(cast: Cast) -> Program:
    """The same in 2.0.0 only."""
    return Program(token_of(cast.college), "2.0.0")


@pytest.fixture
def older(cast: Cast) -> Program:
    """The same in 1.0.3 only."""
    return Program(token_of(cast.college), "1.0.3")
