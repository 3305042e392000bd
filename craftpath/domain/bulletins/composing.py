"""Composing: what the record holds for a period is put into the places as a first draft, in both languages.

Only what nobody has written in is filled, so that composing again never costs anybody's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from craftpath.domain.bulletins.counted import held as held_in
from craftpath.domain.bulletins.facts import BulletinComposed
from craftpath.domain.bulletins.figures import Figure
from craftpath.domain.bulletins.measuring import lines
from craftpath.domain.bulletins.models import Block, Bulletin
from craftpath.domain.bulletins.places import BY_KEY, MOST_DATES, MOST_FIGURES, SAID, shape_of
from craftpath.domain.bulletins.queries import blocks_of, figures_now
from craftpath.domain.bulletins.writing import draft
from craftpath.domain.pilots.queries import cases as country_cases
from craftpath.domain.stories.queries import parts, public_wall
from craftpath.domain.workshops.figures import figures as figures_of
from craftpath.domain.workshops.queries import (
    days_of,
    questions_in,
    shelved,
    sites_of,
    speakers_of,
    to_come_at,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Workshop

Words = dict[str, str]


@action
def compose_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> int:
    """Fill what nobody has written in; returns how many places were filled. Once more changes nothing that stands."""
    row = draft(bulletin, by)
    today = timezone.localdate(at)
    counted = figures_now(row)
    found = _found(row, counted, today)
    filled = []
    for place, block in blocks_of(row).items():
        content = found.get(place)
        if content is None or block.changed_by_id is not None or block.content == content:
            continue
        block.content = content
        block.revision += 1
        block.changed_at = at
        filled.append(block)
    Block.objects.bulk_update(filled, ["content", "revision", "changed_at"])
    if filled:
        told = BulletinComposed(row.number, len(filled))
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return len(filled)


def _found(row: Bulletin, counted: Mapping[str, Figure], today: date) -> dict[str, dict[str, Any]]:
    """place → content, of what the record has."""
    name = Text.of(row.organisation.name)
    what = row.pilot.title if row.pilot is not None else name
    found: dict[str, dict[str, Any]] = {
        "masthead": {
            "title": {"zh": "匠途简报", "en": "Craftpath Bulletin"},
            "motto": _fit({"zh": what.say("zh"), "en": what.say("en")}, "masthead", "motto", row.language),
        },
        "imprint": {
            "words": {
                "zh": f"主办：{name.say('zh')}。数字取自培训记录，截至期末。",
                "en": f"Published by {name.say('en')}. Figures come from the training record.",
            }
        },
        "figures": {"keys": _changed_most(counted)},
    }
    chart = next((one.key for one in counted.values() if len(one.bars) > 1), "")
    if chart:
        found["chart"] = {"key": chart}
    workshops = held_in(row.organisation, row.since, row.until)
    if workshops:
        found |= {"lead": _lead(row, workshops), "workshop": _report(row, workshops[0])}
    case = _case(row)
    if case is not None:
        found["case"] = case
    dates = [
        {"on": one.first.isoformat(), "what": _fit(one.name.as_json(), "dates", "what", row.language)}
        for one in to_come_at(row.organisation, max(today, row.until))[:MOST_DATES]
    ]
    if dates:
        found["dates"] = {"lines": dates}
    return found


def _changed_most(counted: Mapping[str, Figure]) -> list[str]:
    """Figures that there are: those that changed first, then in their order; zeros last."""

    def order(one: Figure) -> tuple[bool, bool]:
        return one.value in (None, "0"), one.before is None or one.before == one.value

    rows = sorted((one for one in counted.values() if one.value is not None), key=order)
    return [one.key for one in rows[:MOST_FIGURES]]


def _lead(row: Bulletin, workshops: Sequence[Workshop]) -> dict[str, Any]:
    """Who came together, and what for."""
    told = [figures_of(one) for one in workshops]
    came, places = sum(one.came for one in told), sum(one.organisations for one in told)
    newest = workshops[0]
    aims = Text.of(newest.aims)
    head = {
        "zh": f"{came} 人、{places} 家单位，一起谈核心技能",
        "en": f"{came} people, {places} organisations, one subject: core skills",
    }
    times = len(workshops)
    body = {
        "zh": f"本期举办研讨会 {times} 场，{came} 人到场，来自 {places} 家单位。\n{aims.zh}",
        "en": f"{times} workshop{'s' if times > 1 else ''} in this period brought {came} people of {places} "
        f"organisations together.\n{aims.en}",
    }
    return _fitted({"head": head, "body": body}, "lead", row.language)


def _report(row: Bulletin, workshop: Workshop) -> dict[str, Any]:
    """When and where, how many, what was asked, what was sent in."""
    told, days = figures_of(workshop), days_of(workshop)
    first, last = days[0].on, days[-1].on
    site = next((Text.of(one.name) for one in sites_of(workshop)), Text())
    speakers, asked = speakers_of(workshop), questions_in(workshop)
    ways = {one.key: one.came for one in told.by_way}
    zh = [
        f"{_day_zh(first)}{f'至{_day_zh(last)}' if last != first else ''}，{workshop.name.say('zh')}"
        f"{f'在{site.zh}' if site.zh else ''}举行。到场 {told.came} 人，其中现场 {ways.get('site', 0)} 人、线上 "
        f"{ways.get('online', 0)} 人，{len(speakers)} 位嘉宾发言。"
    ]
    en = [
        f"{workshop.name.say('en')}{f' at the {site.en}' if site.en else ''}, {_day_en(first)}"
        f"{f' to {_day_en(last)}' if last != first else ''}: {told.came} people, {ways.get('site', 0)} on site and "
        f"{ways.get('online', 0)} on line, heard {len(speakers)} speakers."
    ]
    if told.questions:
        zh.append(f"会上提问 {told.questions} 个，现场回答 {told.answered} 个，征集案例 {told.cases} 个。")
        en.append(
            f"{told.questions} questions were asked and {told.answered} answered; {told.cases} cases came in."
        )
    if asked and asked[0].supports:
        zh.append(f"最受关注的问题（{asked[0].supports} 人支持）：{asked[0].words}")
    head = {"zh": f"研讨会：{workshop.name.say('zh')}", "en": workshop.name.say("en")}
    return _fitted(
        {"head": head, "body": {"zh": "\n".join(zh), "en": "\n".join(en)}}, "workshop", row.language
    )


def _case(row: Bulletin) -> dict[str, Any] | None:
    """A case on the shelf, else one of the office's own, else a master's story that everybody may read."""
    path = row.organisation.path
    for one in shelved()[:40]:
        if one.workshop.organisation.path.startswith(path) and one.sent_at.date() <= row.until:
            words = "\n".join((one.situation, one.done, one.result))
            head = f"{one.organisation_name}：{one.title}"
            return _fitted({"head": {"zh": head}, "body": {"zh": words}}, "case", row.language)
    for told in country_cases().filter(organisation=row.organisation, state="published")[:1]:
        body = {
            spoken: "\n".join(filter(None, (told.done.get(spoken, ""), told.learnt.get(spoken, ""))))
            for spoken in SAID
        }
        return _fitted({"head": told.name.as_json(), "body": body}, "case", row.language)
    for story in public_wall(row.organisation).filter(published_at__date__range=(row.since, row.until))[:1]:
        words = "\n".join(said for _prompt, said in parts(story))
        return _fitted(
            {"head": {story.language: story.title}, "body": {story.language: words}}, "case", row.language
        )
    return None


# ---- Making it fit ----------------------------------------------------------------------------------


def _fitted(content: Mapping[str, Words], place: str, language: str) -> dict[str, Any]:
    return {name: _fit(words, place, name, language) for name, words in content.items()}


def _fit(words: Words, place: str, name: str, language: str) -> Words:
    """Words cut at the end of a sentence, else of a word, so that the place holds them."""
    field, found = BY_KEY[place].field(name), {}
    for spoken, said in words.items():
        if not said.strip():
            continue
        em, most = field.holds(shape_of(language, spoken))
        indent = 2.0 if field.paragraphs and spoken == "zh" else 0.0
        found[spoken] = _cut(said.strip(), em, most, indent)
    return found


def _cut(words: str, em: float, most: int, indent: float) -> str:
    if lines(words, em, indent=indent) <= most:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if lines(words[:middle] + "…", em, indent=indent) <= most else (low, middle - 1)
        )
    part = words[:low]
    end = max(part.rfind(sign) for sign in "。！？\n") if part else -1
    end = max(end, part.rfind(". "))
    if end > low // 2:
        return part[: end + 1].strip()
    space = part.rfind(" ")
    return (part[:space] if space > low - 20 > 0 else part).rstrip(" ，、,;；") + "…"


def _day_zh(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _day_en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"
