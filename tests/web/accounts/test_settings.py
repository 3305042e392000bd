"""Own settings: they stay, they show, they cannot be set wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape

import pytest

from craftpath.delivery.web.accounts.zones import CITIES, zone_called, zones

URL = "/account/settings/"


def _post(client, **values):
    return client.post(URL, {"language": "", "theme": "auto", "time_zone": "", **values})


def test_it_shows_who_one_is_and_where_one_works(browse):
    page = unescape(browse("coordinator").get(URL).content.decode())
    for words in ("何静", "c01", "Lanchuan Technician College", "Coordinator", 'href="/o/lanchuan/"'):
        assert words in page


def test_language_theme_and_zone_stay_after_the_next_sign_in(cast, browse):
    assert _post(browse("coordinator"), language="zh-hans", theme="dark", time_zone="Asia/Tokyo").url == URL
    page = browse("coordinator").get("/o/lanchuan/").content.decode()
    assert '<html lang="zh-hans" data-theme="dark">' in page
    person = cast.people["coordinator"]
    person.refresh_from_db()
    assert (person.language, person.theme, person.time_zone) == ("zh-hans", "dark", "Asia/Tokyo")


def test_the_choice_stays_in_the_browser_for_the_sign_in_page(browse):
    client = browse("coordinator")
    _post(client, language="zh-hans", theme="dark")
    client.post("/account/logout/")
    assert '<html lang="zh-hans" data-theme="dark">' in client.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"language": "xx"}, "language"),
        ({"theme": "neon"}, "theme"),
        ({"theme": ""}, "theme"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "A" * 61}, "time_zone"),
    ],
)
def test_what_does_not_exist_is_refused_and_nothing_changes(cast, browse, wrong, field):
    answer = _post(browse("coordinator"), **wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    person = cast.people["coordinator"]
    person.refresh_from_db()
    assert (person.language, person.theme, person.time_zone) == ("", "auto", "")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("上海", "Asia/Shanghai"), ("beijing", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"),
        ("New York", "America/New_York"), ("europe/vienna", "Europe/Vienna"), ("utc", "UTC"),
        ("  ", None), ("Factory", None), ("localtime", None),
    ],
)  # fmt: skip
def test_a_city_or_a_zone_may_be_typed(typed, zone):
    assert zone_called(typed) == zone


def test_the_list_has_the_offsets_of_the_day():
    shown = {zone.name: zone.offset for zone in zones(datetime(2026, 7, 1, tzinfo=UTC), "en")}
    assert list(shown) == list(CITIES)
    assert (shown["Asia/Shanghai"], shown["Asia/Kolkata"], shown["Europe/London"], shown["America/New_York"]) == (
        "UTC+8", "UTC+5:30", "UTC+1", "UTC−4"
    )  # fmt: skip


def test_somebody_without_a_role_still_has_settings(cast, browse):
    cast.people["coordinator"].memberships.update(ends_on="2026-02-01")
    page = unescape(browse("coordinator").get(URL).content.decode())
    assert "You have no role anywhere today." in page


def test_a_nobody_is_sent_to_the_door(browse):
    assert browse("").get(URL).url == f"/account/login/?next={URL}"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
@pytest.mark.parametrize("switch", ["language", "theme"])
def test_the_switches_never_lead_to_another_host(browse, switch, target):
    assert browse("coordinator").post(f"/{switch}/", {switch: "x", "next": target}).url == "/"
