"""Addresses that are looked up once and filled in for each row are those that the router gives."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from craftpath.delivery.web.shell.addresses import addresses

REQUEST: Any = SimpleNamespace(organisation=SimpleNamespace(key="lanchuan"))


@pytest.mark.parametrize(
    ("page", "fixed", "given"),
    [
        ("apprenticeships:cohort", (), ("abc123",)),
        ("evaluation:derivation", (), ("abc123", "def456")),
        ("sheets:upload", ("marks",), ("abc123",)),
        ("people:person", (), ("abc123",)),
    ],
)
def test_a_filled_in_address_is_the_one_of_the_page(page: str, fixed: Any, given: Any) -> None:
    address = addresses(REQUEST, page, *fixed, ids=len(given))
    assert address(*given) == reverse(page, args=["lanchuan", *fixed, *given])


def test_too_few_ids_are_an_error_and_no_half_address() -> None:
    with pytest.raises(ValueError, match="zip"):
        addresses(REQUEST, "evaluation:derivation", ids=2)("abc123")
