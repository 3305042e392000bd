"""Time zones that people here choose from; any other name of the time zone database may be typed as well."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone under its database name, the city that people know it by, and its distance from UTC."""

    name: str
    city: str
    offset: str


CITIES: dict[str, Text] = {
    "Asia/Shanghai": Text("北京、上海", "Beijing, Shanghai"),
    "Asia/Urumqi": Text("乌鲁木齐", "Urumqi"),
    "Asia/Hong_Kong": Text("香港", "Hong Kong"),
    "Asia/Taipei": Text("台北", "Taipei"),
    "Asia/Singapore": Text("新加坡", "Singapore"),
    "Asia/Kuala_Lumpur": Text("吉隆坡", "Kuala Lumpur"),
    "Asia/Manila": Text("马尼拉", "Manila"),
    "Asia/Jakarta": Text("雅加达", "Jakarta"),
    "Asia/Bangkok": Text("曼谷", "Bangkok"),
    "Asia/Ho_Chi_Minh": Text("胡志明市", "Ho Chi Minh City"),
    "Asia/Phnom_Penh": Text("金边", "Phnom Penh"),
    "Asia/Vientiane": Text("万象", "Vientiane"),
    "Asia/Yangon": Text("仰光", "Yangon"),
    "Asia/Dhaka": Text("达卡", "Dhaka"),
    "Asia/Kolkata": Text("新德里", "New Delhi"),
    "Asia/Karachi": Text("卡拉奇", "Karachi"),
    "Asia/Tokyo": Text("东京", "Tokyo"),
    "Asia/Seoul": Text("首尔", "Seoul"),
    "Asia/Ulaanbaatar": Text("乌兰巴托", "Ulaanbaatar"),
    "Asia/Almaty": Text("阿拉木图", "Almaty"),
    "Asia/Dubai": Text("迪拜", "Dubai"),
    "Africa/Nairobi": Text("内罗毕", "Nairobi"),
    "Africa/Cairo": Text("开罗", "Cairo"),
    "Africa/Lagos": Text("拉各斯", "Lagos"),
    "Africa/Johannesburg": Text("约翰内斯堡", "Johannesburg"),
    "Europe/Moscow": Text("莫斯科", "Moscow"),
    "Europe/Berlin": Text("柏林", "Berlin"),
    "Europe/Zurich": Text("日内瓦、苏黎世", "Geneva, Zurich"),
    "Europe/London": Text("伦敦", "London"),
    "America/Sao_Paulo": Text("圣保罗", "São Paulo"),
    "America/New_York": Text("纽约", "New York"),
    "America/Los_Angeles": Text("洛杉矶", "Los Angeles"),
    "Australia/Sydney": Text("悉尼", "Sydney"),
    "UTC": Text("协调世界时", "Coordinated Universal Time"),
}


def zones(at: datetime, language: str) -> list[Zone]:
    """The list to choose from, with the offsets that hold at this moment."""
    return [Zone(name, city.say(language), _offset(name, at)) for name, city in CITIES.items()]


def zone_called(words: str) -> str | None:
    """The database name for what somebody typed: the name itself in any case, or a city of the list."""
    wanted = words.strip().casefold()
    if not wanted:
        return None
    for name, city in CITIES.items():
        cities = {
            part.strip()
            for said in (city.zh, city.en)
            for part in said.casefold().replace("、", ",").split(",")
        }
        if wanted in {name.casefold(), city.zh.casefold(), city.en.casefold()} | cities:
            return name
    known = {name.casefold(): name for name in zoneinfo.available_timezones() if "/" in name}
    return known.get(wanted.replace(" ", "_"))


def _offset(name: str, at: datetime) -> str:
    minutes = int((at.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() or at - at).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
