"""How moments and days are said, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from craftpath.delivery.web.shell.templatetags.say import day, moment

NOW = datetime(2026, 10, 28, 12, 15, 30, tzinfo=UTC)  # a quarter past eight in the evening in Shanghai


@pytest.mark.parametrize(
    ("ago", "english", "chinese"),
    [
        ({"seconds": 0}, "just now", "刚刚"),
        ({"seconds": 59}, "just now", "刚刚"),
        ({"minutes": 1}, "1 minute ago", "1 分钟前"),
        ({"minutes": 59, "seconds": 59}, "59 minutes ago", "59 分钟前"),
        ({"hours": 1}, "1 hour ago", "1 小时前"),
        ({"hours": 20}, "20 hours ago", "20 小时前"),
        ({"hours": 20, "minutes": 16}, "yesterday, 23:59", "昨天 23:59"),
        ({"hours": 36}, "yesterday, 08:15", "昨天 08:15"),
        ({"days": 2}, "2 days ago", "2 天前"),
        ({"days": 6, "hours": 23}, "7 days ago", "7 天前"),
        ({"days": 7}, "21 Oct 2026, 20:15", "2026年10月21日 20:15"),
        ({"seconds": -30}, "28 Oct 2026, 20:16", "2026年10月28日 20:16"),
    ],
)
def test_a_moment_is_said_as_people_say_it(
    monkeypatch: pytest.MonkeyPatch, ago: dict[str, Any], english: str, chinese: str
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    value = NOW - timedelta(**ago)
    with override("en"):
        assert moment(value) == english
    with override("zh-hans"):
        assert moment(value) == chinese


def test_shortly_after_midnight_the_last_hours_stay_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = datetime(2026, 10, 28, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    with override("en"):
        assert moment(midnight - timedelta(hours=2)) == "2 hours ago"
        assert moment(midnight - timedelta(hours=6)) == "yesterday, 18:30"


def test_days_are_written_day_month_year() -> None:
    with override("en"):
        assert (day(NOW), day(None), moment(None)) == ("28 Oct 2026", "–", "–")
    with override("zh-hans"):
        assert day(NOW) == "2026年10月28日"


def test_the_list_of_people_is_not_called_like_a_link_to_sign_in(browse: Any) -> None:
    labels = [link["label"] for link in browse("coordinator").get("/o/lanchuan/").context["shell"]["nav"]]
    assert "People" in labels
    assert "Sign-in" not in labels


def test_a_long_rail_has_captions_and_a_short_one_none(browse: Any) -> None:
    long = browse("coordinator").get("/o/lanchuan/").context["shell"]["nav"]
    short = browse("assessor").get("/o/lanchuan/").context["shell"]["nav"]
    assert [link["caption"] for link in long if link["caption"]] == [
        "Apprentices", "Who teaches", "Examinations and results", "Skills and curricula",
        "Partners and places", "Office",
    ]  # fmt: skip
    assert not any(link["caption"] for link in short)
    assert [link["label"] for link in long[:3]] == ["Home", "Logs", "Sessions"]
