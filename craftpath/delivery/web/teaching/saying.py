"""How teams are said: shares, weeks, conflicts and notes as sentences, bars as figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, hours, listed, text
from craftpath.domain.teaching.rules import WHOLE, percent
from craftpath.domain.teaching.sharing import monday_of
from craftpath.domain.teaching.texts import KINDS, TEAM_STATES
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.teaching.conflicts import Conflict
    from craftpath.domain.teaching.models import TaughtHours, Team, TeamMember
    from craftpath.domain.teaching.queries import Part

TONES = {"proposed": "attention", "active": "good"}
TAUGHT_TONES = {"entered": "attention", "confirmed": "good", "sent_back": "wrong", "withdrawn": "plain"}
_DAY = timedelta(days=1)
_FACTS_IN_MINUTES = ("planned", "left", "most", "minutes")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar in percent of its length, with the word of its colour."""

    kind: str
    begins: str
    length: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a team as one bar, and what is open."""

    pieces: Sequence[Piece]
    open: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Taught beside planned: lengths in percent of the longer one of all members."""

    planned: str
    confirmed: str
    entered_begins: str
    entered: str


def team_url(request: Request, team: Team) -> str:
    """The page of a team."""
    return reverse("teaching:team", args=[request.organisation.key, team.public_id])


def state(team: Team, today: date) -> tuple[str, str]:
    """(words, tone) of a badge; of a team that teaches also whether that is still to come, or over."""
    if team.state == "active" and team.starts_on > today:
        return _("from %(day)s") % {"day": day(team.starts_on)}, "info"
    if team.state == "active" and team.ends_on <= today:
        return str(TEAM_STATES["ended"]), "plain"
    return str(TEAM_STATES[team.state]), TONES.get(team.state, "plain")


def days(starts_on: date, ends_on: date) -> str:
    """From a day to the last day; `ends_on` is the first day without."""
    return f"{day(starts_on)} – {day(ends_on - _DAY)}"


def share(thousandths: int) -> str:
    """In percent, as people say it."""
    return f"{percent(thousandths)} %"


def week(monday: date) -> str:
    """A week by its number and its Monday."""
    return _("week %(number)s (%(day)s)") % {"number": monday.isocalendar().week, "day": short(monday)}


def short(value: date) -> str:
    """A day without its year."""
    return date_format(value, _("j M"))


def kind(member: TeamMember) -> str:
    """What somebody is in a team."""
    return str(KINDS[member.kind])


def where(member: TeamMember) -> str:
    """Where somebody comes from."""
    return member.affiliation if member.guest else text(member.place.name) if member.place else ""


def bar(parts: Iterable[Part]) -> Bar:
    """The shares of a team side by side, in the colours of their kinds."""
    pieces, begun = [], 0
    for part in parts:
        length = part.member.share
        pieces.append(Piece(part.member.kind, _tenth(begun, WHOLE), _tenth(length, WHOLE)))
        begun += length
    return Bar(pieces, share(WHOLE - begun) if begun < WHOLE else "")


def by_kind(minutes: Mapping[str, int]) -> list[tuple[Piece, str, str, str]]:
    """Minutes by kind as pieces of one bar: (piece, name, hours, percent of all)."""
    whole = sum(minutes.values())
    found, begun = [], 0
    for key, name in KINDS.items():
        some = minutes.get(key, 0)
        if some:
            piece = Piece(key, _tenth(begun, whole), _tenth(some, whole))
            found.append((piece, str(name), hours(some), f"{100 * some / whole:.0f} %"))
            begun += some
    return found


def measure(part: Part, longest: int) -> Measure:
    """One member's planned and taught minutes."""
    return Measure(
        _tenth(part.planned, longest),
        _tenth(part.confirmed, longest),
        _tenth(part.confirmed, longest),
        _tenth(part.entered, longest),
    )


def longest(parts: Iterable[Part]) -> int:
    """What the longest bar stands for."""
    return max([1, *(max(part.planned, part.taught) for part in parts)])


def _tenth(some: int, whole: int) -> str:
    return f"{100 * some / whole:.2f}"


def note(code: str, facts: Mapping[str, Any]) -> str:
    """What planning has to say: minutes as hours, weeks by number, places in the reader's language."""
    said = dict(facts)
    if isinstance(said.get("week"), date):
        said["week"] = week(said["week"])
    for name in _FACTS_IN_MINUTES:
        if name in said:
            said[name] = hours(said[name])
    if "minutes" in said:
        said["hours"] = said["minutes"]
    for name in ("place", "one", "other"):
        if name in said:
            said[name] = text(said[name])
    return sentence(not_now(code, **said))


def notes(told: Iterable[Sequence[Any]]) -> list[str]:
    """Everything that planning has to say; weeks of one peak stand in one sentence."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for code, facts in told:
        grouped.setdefault((code, text(facts["place"]) if "place" in facts else str(facts)), []).append(facts)
    found = []
    for (code, _place), some in grouped.items():
        weeks = listed(week(date.fromisoformat(facts["week"])) for facts in some if "week" in facts)
        found.append(note(code, {**some[0], "week": weeks}) if weeks else note(code, some[0]))
    return found


def what(row: TaughtHours) -> str:
    """What was taught: the title of a session, or the words of whoever entered it."""
    return text(row.title) if row.title else row.topic


def conflict(one: Conflict) -> str:
    """A conflict as a sentence."""
    return note(one.reason, one.facts)


def this_week(today: date) -> date:
    """Its Monday."""
    return monday_of(today)
