"""Groups as a reader sees them: lines of lists, the rota, who was there, and what can be pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.groups import queries, rules
from craftpath.domain.groups.texts import CONTRIBUTIONS, ROLES, STATES, WEEKDAYS
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.groups.models import GroupSession, Member, Presence, StudyGroup, Swap
    from craftpath.kernel.access import Actor

TONES = {"alive": "info", "ended": "attention", "confirmed": "good", "dissolved": "plain"}


@dataclass(frozen=True, slots=True)
class Line:
    """A group in a list."""

    row: StudyGroup
    url: str
    note: str
    badge: tuple[str, str]
    invited: bool = False
    next_act: str = ""


@dataclass(slots=True)
class Turn:
    """A session in the rota, with the swaps that its reader may ask for or answer."""

    row: GroupSession
    host: str
    brings: str
    own: frozenset[str]
    url: str
    due: bool = False
    others: list[tuple[str, str, str]] = field(default_factory=list)  # role, public id, words


def every_words(weeks: int) -> str:
    """How often, in words."""
    return _("every week") if weeks == 1 else _("every %(weeks)s weeks") % {"weeks": weeks}


def rhythm(row: StudyGroup) -> str:
    """When and where a group meets, in one line."""
    every = every_words(row.every_weeks)
    said = _("%(weekday)s %(time)s, %(every)s, until %(day)s") % {
        "weekday": WEEKDAYS[row.weekday], "time": row.time.strftime("%H:%M"), "every": every, "day": day(row.until),
    }  # fmt: skip
    return f"{said} · {row.place}" if row.place else said


def lines(request: Request, rows: Iterable[StudyGroup]) -> list[Line]:
    """Groups for a list; one query for what the reader is to them."""
    rows = list(rows)
    mine = queries.states_of(request.user, rows)
    return [_line(request, row, mine.get(row.pk, "outside")) for row in rows]


def _line(request: Request, row: StudyGroup, mine: str) -> Line:
    count = getattr(row, "count_in", None) or 0
    parts = [ngettext("%(count)s member", "%(count)s members", count) % {"count": count}]
    if not request.actor.sees_only_own:
        parts.append(text(row.cohort.name))
    coming = getattr(row, "next_at", None)
    if row.state == "alive" and coming:
        said = _("next: %(when)s") if coming > timezone.now() else _("not ticked yet: %(when)s")
        parts.append(said % {"when": when(coming)})
    elif row.ended_at:
        parts.append(pgettext("a study group", "ended on %(day)s") % {"day": day(row.ended_at)})
    badge = badge_of(row, request.today)
    if mine in ("invited", "asking") and row.state == "alive":
        words = {"invited": _("You are invited"), "asking": _("You asked to join")}
        badge = "attention", words[mine]
    url = reverse("groups:group", args=[request.organisation.key, row.public_id])
    return Line(row, url, " · ".join(parts), badge, mine == "invited" and row.state == "alive")


def badge_of(row: StudyGroup, today: date) -> tuple[str, str]:
    """(tone, words) of how a group is."""
    if row.state == "alive" and row.stuck_on <= today:
        return "wrong", _("stuck")
    return TONES[row.state], str(STATES[row.state])


def when(at: datetime) -> str:
    """Day and hour, as the page's clock says."""
    local = timezone.localtime(at)
    return f"{day(local)} {date_format(local, 'H:i')}"


def skill_name(key: str) -> str:
    """What a skill is called; nothing for none."""
    known = skills_by_key([key]) if key else {}
    return text(known[key].name) if key in known else ""


def topic_names(prints: Iterable[str], topics: Iterable[Any]) -> dict[str, str]:
    """What topics are called: skills by their names, own words as somebody wrote them first; one query."""
    keys = {one.removeprefix("skill:") for one in prints if one.startswith("skill:")}
    known = skills_by_key(keys) if keys else {}
    found = {f"skill:{key}": text(skill.name) for key, skill in known.items()}
    for row in topics:
        if row.words:
            found.setdefault(row.print, row.words)
    return {one: found.get(one, one.removeprefix("skill:")) for one in prints}


def turns(
    request: Request, group: StudyGroup, rows: Iterable[GroupSession], swaps: Iterable[Swap]
) -> list[Turn]:
    """The sessions that are planned, each with what its reader can swap."""
    planned = [row for row in rows if row.state == "planned"]
    me = request.user.pk
    asked = {(one.mine_id, one.role) for one in swaps}
    found = []
    for row in planned:
        own = frozenset(role for role in ROLES if getattr(row, f"{role}_id") == me)
        ahead = row.starts_at > request.at
        turn = Turn(
            row, name_of(row.host) if row.host else "", name_of(row.brings) if row.brings else "", own,
            reverse("groups:session", args=[request.organisation.key, row.public_id]),
            due=not ahead and bool(rules.may_host(request.actor, row, group)),
        )  # fmt: skip
        for role in own if ahead else ():
            if (row.pk, role) in asked:
                continue
            for other in planned:
                person = getattr(other, role)
                if person is not None and person.pk != me and other.starts_at > request.at:
                    words = _("%(name)s, %(day)s") % {"name": name_of(person), "day": day(other.starts_at)}
                    turn.others.append((role, other.public_id, words))
        found.append(turn)
    return found


def swap_words(one: Swap) -> str:
    """Who asks whom to change which turn."""
    values = {
        "asker": name_of(one.asker), "other": name_of(one.other), "mine": day(one.mine.starts_at),
        "theirs": day(one.theirs.starts_at),
    }  # fmt: skip
    if one.role == "host":
        return (
            _("%(asker)s would host on %(theirs)s instead of %(mine)s, and %(other)s on %(mine)s.") % values
        )
    return (
        _("%(asker)s would bring the exercise on %(theirs)s instead of %(mine)s, and %(other)s on %(mine)s.")
        % values
    )


def met_words(row: GroupSession, there: list[Presence]) -> str:
    """How many were there, and who was away."""
    came = sum(one.there for one in there)
    away = [name_of(one.person) for one in there if not one.there]
    said = pgettext("at a session", "%(came)s of %(all)s were there") % {"came": came, "all": len(there)}
    return _("%(said)s; away: %(names)s") % {"said": said, "names": listed(away)} if away else said


def contribution(kind: str, count: int, out_of: int) -> str:
    """What somebody did, in words."""
    return str(CONTRIBUTIONS[kind]) % {"count": count, "out_of": out_of}


def can(actor: Actor, group: StudyGroup, members: list[Member]) -> frozenset[str]:
    """What the reader can press on the page of a group."""
    row = rules.row_of(actor, members)
    mine = row.state if row else "outside"
    found = set()
    if group.state == "alive":
        found |= {"invited": {"accept", "decline"}, "in": {"leave", "work"}}.get(mine, set())
        if mine == "outside" and group.open_to_join and actor.sees_only_own:
            found.add("ask")
        if rules.may_lead(actor, group, members):
            found |= {"lead", "end"}
    if group.state == "ended":
        if mine == "in" and row is not None and row.signed_at is None:
            found.add("sign")
        if rules.may_lead(actor, group, members):
            found |= {"end", "reopen"}
        if rules.may_tend(actor, group.organisation):
            found.add("confirm")
    return frozenset(found)
