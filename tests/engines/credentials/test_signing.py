"""What is signed holds; whatever is changed afterwards does not."""

from __future__ import annotations

from copy import deepcopy

import pytest

from craftpath.engines.credentials import Refusal, check, sign
from tests.engines.credentials.making import KEY, NOW, achievement, signed


def test_what_was_signed_holds() -> None:
    found = check(signed(), at=NOW)
    assert found["proof"].ok is True


@pytest.mark.parametrize(
    "path",
    [
        ("name",),
        ("issuer", "name"),
        ("validUntil",),
        ("credentialSubject", "licenseNumber"),
        ("credentialSubject", "achievement", "criteria", "narrative"),
        ("proof", 0, "created"),
    ],
)
def test_a_changed_word_is_noticed(path: tuple[str | int, ...]) -> None:
    changed = deepcopy(signed())
    inner = changed
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    inner[path[-1]] = "2032-06-01T00:00:00Z" if "valid" in str(path) or "created" in path else "Somebody else"  # type: ignore[index]
    assert check(changed, at=NOW)["proof"].code == "proof_broken"


def test_what_no_context_defines_is_never_signed() -> None:
    with pytest.raises(Refusal, match="salary"):
        sign(achievement() | {"salary": 1}, KEY, method=KEY.did_key_method, created=NOW)
