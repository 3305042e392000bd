"""Single values: each form with what is just still one, and what is none any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.values import (
    a_duration,
    a_language,
    a_mailto,
    a_media_type,
    a_moment,
    a_uuid,
    an_iri,
    written,
)


def taken(form: Callable[[Any, str], Any], value: Any) -> bool:
    try:
        form(value, "here")
    except Wrong:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-18T12:17:00Z", "2026-11-18T12:17:00.123456789Z", "2026-11-18T12:17:00+08:00",
        "2026-11-18T12:17:00+0800", "2026-11-18T12:17:00+08", "2026-11-18T12:17:00-03:30",
        "2026-11-18T12:17:00+00:00", "20261118T121700Z", "20261118T121700.5+0800", "2026-11-18T12:17:00",
        "2026-11-18T12:17Z", "2026-12-31T23:59:60Z", "2026-11-18T24:00:00Z", "2026-11-18T12:17:00,5Z",
        "2024-02-29T00:00:00Z",
    ],
)  # fmt: skip
def test_moments(text: str) -> None:
    assert taken(a_moment, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-11-18", "12:17:00Z", "2026-11-18 12:17:00Z", "2026-11-18T12:17:00-00:00",
        "2026-11-18T12:17:00-0000", "2026-11-18T12:17:00-00", "2026-13-18T12:17:00Z", "2026-02-30T12:17:00Z",
        "2026-11-18T25:00:00Z", "2026-11-18T12:60:00Z", "2026-11-18T12:17:61Z", "2026-11-18T24:00:01Z",
        "2026-11-18t12:17:00z", "2026-11-18T12:17:00+24:00", "2026-11-18T12:17:00+01:60", "18.11.2026T12:17:00Z",
        "20261118T12:17:00Z", "2026-11-18T121700Z", "2026-11-18T12:17:00.Z", "+2026-11-18T12:17:00Z",
        "2026-11-18T12:17:00Z\n", "٢٠٢٦-11-18T12:17:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+08:00",
    ],
)  # fmt: skip
def test_no_moments(text: str) -> None:
    assert not taken(a_moment, text)


def test_moments_are_counted_in_utc() -> None:
    assert a_moment("2026-11-18T12:17:00.5+08:00", "") == datetime(
        2026, 11, 18, 4, 17, 0, 500_000, tzinfo=UTC
    )
    assert a_moment("2026-12-31T23:59:60Z", "") == datetime(2027, 1, 1, tzinfo=UTC)
    assert a_moment("2026-11-18T24:00:00Z", "") == datetime(2026, 11, 19, tzinfo=UTC)


@given(st.datetimes(timezones=st.timezones()))
def test_what_is_written_is_read_again(moment: datetime) -> None:
    try:
        at = moment.astimezone(UTC)
    except OverflowError:
        return
    if at.year > 1000:
        assert a_moment(written(at), "") == at


@pytest.mark.parametrize(
    "text",
    ["P3Y", "P4W", "PT0S", "PT4H35M59.14S", "P3Y1M29DT4H35M59,14S", "P1.5D", "PT1H0M0S", "P1M", "PT1M", "P0D",
     "PT0.123456S", "P0.5W"],
)  # fmt: skip
def test_durations(text: str) -> None:
    assert taken(a_duration, text)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1Y2W", "P4W1D", "1Y", "P1D2Y", "P1.5Y2M", "PT1.5H3M", "P1S", "-P1D", "P1H", "PT1D", "p1d",
     "P0003-06-04T12:30:05", "PT1HM", "P1YT", "PT.5S"],
)  # fmt: skip
def test_no_durations(text: str) -> None:
    assert not taken(a_duration, text)


@pytest.mark.parametrize(
    "text",
    ["en", "en-US", "zh-Hans-CN", "zh-cmn-Hans-CN", "es-419", "sl-rozaj-biske", "de-CH-1901", "tlh", "und",
     "x-lojban", "i-klingon", "en-US-u-islamcal", "de-Qaaa", "zh-min-nan", "EN-us", "hy-Latn-IT-arevela",
     "en-a-bbb-ccc-u-bbb", "en-x-a-a", "x-a-b-a", "de-u-1901-1901"],
)  # fmt: skip
def test_languages(text: str) -> None:
    assert taken(a_language, text)


@pytest.mark.parametrize(
    "text",
    ["", "e", "en_US", "en-", "-en", "englishlanguage", "en-US-x", "a12345", "zh--CN", "de-419-DE", "en US", "12",
     "zh-z-aaa-z-bbb", "de-DE-1901-1901", "en-a-bbb-A-ccc", "zh-something-ccc", "a-DE"],
)  # fmt: skip
def test_no_languages(text: str) -> None:
    assert not taken(a_language, text)


@pytest.mark.parametrize(
    "text", ["https://a", "urn:x", "tag:a.example,2026:b", "http://a.example/%E4%BD%A0?x=1#y", "mailto:a@b"]
)
def test_identifiers(text: str) -> None:
    assert taken(an_iri, text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.example", "//a.example", "/a", "http:", "http://", "http:///a", "1a:b", "a b:c", "http://a/%zz",
     "http://a/<b>", "ht=tp://a"],
)  # fmt: skip
def test_no_identifiers(text: str) -> None:
    assert not taken(an_iri, text)


def test_other_forms() -> None:
    assert taken(a_mailto, "mailto:chen+x@lanchuan.example")
    assert not any(
        taken(a_mailto, text)
        for text in ("mailto:@a", "mailto:a@", "mailto:a@.b", "MAILTO:a@b", "mailto:a@b?x")
    )
    assert taken(a_media_type, "text/plain; charset=ascii")
    assert not any(taken(a_media_type, text) for text in ("text", "text/", "/plain", "a b/c"))
    assert taken(a_uuid, "12345678-1234-5678-1234-567812345678")


@given(st.text())
def test_no_text_at_all_is_more_than_refused(text: str) -> None:
    for form in (a_moment, a_duration, a_language, an_iri, a_mailto, a_media_type, a_uuid):
        taken(form, text)
