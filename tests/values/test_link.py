"""Addresses that are spelt otherwise and lead to the same page."""

from __future__ import annotations

import pytest

from craftpath.values.link import plain_link


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.Example.org/a/"),
        ("https://example.org:443/a?b=1&c=2", "https://example.org/a?c=2&b=1&utm_source=mail#top"),
        (
            "https://m.bilibili.com/video/BV1",
            "https://www.bilibili.com/video/BV1/?spm_id_from=333&vd_source=x",
        ),
        ("https://youtu.be/abc?si=x", "https://www.youtube.com/watch?v=abc"),
        ("https://example.org/焊接", "https://example.org/%E7%84%8A%E6%8E%A5"),
    ],
)
def test_spellings_of_one_address_are_the_same(one: str, other: str) -> None:
    assert plain_link(one) == plain_link(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/#/lesson/1", "https://example.org/#/lesson/2"),
        ("https://example.org:8080/a", "https://example.org/a"),
    ],
)
def test_other_addresses_stay_others(one: str, other: str) -> None:
    assert plain_link(one) != plain_link(other)


@pytest.mark.parametrize("link", ["", "http://", "ftp://example.org/a", "https://[bad", "https://a:99999/"])
def test_what_is_no_address_has_no_spelling(link: str) -> None:
    assert plain_link(link) == ""
