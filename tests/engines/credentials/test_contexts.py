"""The vocabularies that are kept here are those that were published."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest
from openbadgeslib.ob3.clr import CLR_CONTEXT_URL, bundled_clr_contexts
from openbadgeslib.ob3.contexts import bundled_contexts

from craftpath.engines.credentials.loader import CREDENTIALS_V2, KEPT, kept, load
from craftpath.engines.credentials.types import Refusal

THEIRS = bundled_contexts() | {CLR_CONTEXT_URL: bundled_clr_contexts()[CLR_CONTEXT_URL]}


@pytest.mark.parametrize("url", sorted(THEIRS))
def test_a_context_is_the_one_that_others_keep(url: str) -> None:
    assert kept(url) == THEIRS[url]


def test_the_credentials_context_has_the_hash_that_the_recommendation_prints() -> None:
    data = (
        files("craftpath.engines.credentials")
        .joinpath("contexts", f"{KEPT[CREDENTIALS_V2]}.json")
        .read_bytes()
    )
    printed = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    assert hashlib.sha256(data).hexdigest() == printed


@pytest.mark.parametrize(
    "url", ["https://evil.example/context.json", CREDENTIALS_V2 + "/", "file:///etc/passwd"]
)
def test_nothing_else_is_loaded(url: str) -> None:
    with pytest.raises(Refusal, match="not kept here"):
        load(url)
