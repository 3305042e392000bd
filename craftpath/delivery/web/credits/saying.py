"""How credits are said: points, balances, lines of the ledger, proposals, requests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.refusals import REASONS, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.credits.points import shown
from craftpath.domain.credits.texts import KINDS, REQUESTS, STATES, VERDICTS
from craftpath.values.verdict import Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.credits.amounts import Proposal
    from craftpath.domain.credits.models import ConversionRule, Diploma, Entry, RequestLine
    from craftpath.domain.credits.models import Request as CreditRequest
    from craftpath.domain.credits.queries import AreaBalance

TONES = {
    "submitted": "info",
    "checked": "info",
    "accepted": "attention",
    "partly": "attention",
    "rejected": "wrong",
    "posted": "good",
    "reversed": "wrong",
    "withdrawn": "plain",
}
KIND_TONES = {"earned": "good", "converted": "info", "reversed": "attention"}
VERDICT_TONES = {"open": "plain", "accepted": "good", "refused": "wrong"}
DIPLOMA_TONES = {"draft": "plain", "open": "good", "retired": "attention"}


@dataclass(frozen=True, slots=True)
class Bar:
    """What an account holds of an area."""

    name: str
    left: str
    earned: str
    converted: str
    expired: str
    share: int


def bars(balance: Iterable[AreaBalance]) -> list[Bar]:
    """A bar for each area; its length is what is left of all that is left."""
    rows = list(balance)
    most = max((row.left for row in rows), default=0)
    return [
        Bar(
            text(row.area.name), shown(row.left), shown(row.earned), shown(row.converted), shown(row.expired),
            100 * row.left // most if most else 0,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger."""

    row: Entry
    title: str
    kind: tuple[str, str]
    area: str
    points: str
    why: str
    where: str
    expires: str
    url: str


def lines(request: Request, entries: Iterable[Entry], twice: Collection[int] = ()) -> list[Line]:
    """The ledger as a page shows it; the rows bring what is named. `twice`: ids of lines that do not count."""
    return [_line(request, row, row.pk in twice) for row in entries]


def _line(request: Request, row: Entry, twice: bool) -> Line:
    url, why = "", ""
    if row.line is not None:
        url = reverse("credits:request", args=[request.organisation.key, row.line.request.public_id])
    if row.kind == "earned" and row.rule is not None:
        why = _("by the rule “%(rule)s”") % {"rule": text(row.rule.name)}
    elif row.kind == "earned":
        why = _("recognised by %(who)s") % {"who": text(row.institution.name) if row.institution else "–"}
    elif row.kind == "converted" and row.line is not None and row.line.request.diploma is not None:
        why = _("for “%(diploma)s”: %(points)s points") % {
            "diploma": text(row.line.request.diploma.title),
            "points": shown(row.given),
        }
    elif row.kind == "reversed":
        why = row.because
    if twice:
        why = _("The other record of this person has earned the same: it counts once.")
    return Line(
        row,
        text(row.title),
        (KIND_TONES[row.kind], str(KINDS[row.kind])),
        text(row.area.name),
        ("+" if row.points > 0 else "") + shown(row.points),
        why,
        text(row.institution.name) if row.institution is not None else "",
        day(row.expires_on) if row.kind == "earned" and row.expires_on else "",
        url,
    )


def percent(rate: int) -> str:
    """A rate as people say it: 50%."""
    return f"{shown(rate)}%"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the table gives for a credit, before anything is sent."""

    credit: Entry
    title: str
    area: str
    points: str
    rule: str
    gives: str
    to_area: str
    why: str
    left: str
    chosen: bool


def offered(found: Iterable[Proposal], diploma: Diploma, chosen: set[int] | None) -> list[Offered]:
    """Proposals as a page shows them; without a choice, everything that gives something is chosen."""
    names = {area.key: text(area.name) for area in diploma.areas.all()}
    return [
        Offered(
            one.credit,
            text(one.credit.title),
            text(one.credit.area.name),
            shown(one.credit.points),
            percent(one.rule.rate) if one.rule is not None else "",
            shown(one.amount) if one.amount else "–",
            names.get(one.to_area, ""),
            "" if one.verdict else sentence(one.verdict),
            caps(one),
            bool(one.amount) if chosen is None else one.credit.pk in chosen,
        )
        for one in found
    ]


def unchosen(credit: Entry) -> Offered:
    """A credit that was left out."""
    return Offered(
        credit, text(credit.title), text(credit.area.name), shown(credit.points), "", "–", "", "", "", False
    )


def caps(one: Proposal) -> str:
    """How much room each cap leaves before this credit."""
    if not one.amount:
        return ""
    names = {
        "rule": _("of its row"),
        "area": _("of its area"),
        "share": _("of what conversion may make up"),
        "year": _("of its year"),
        "half": _("of its half-year"),
    }
    told = [
        _("%(points)s %(what)s") % {"points": shown(left), "what": names[kind]}
        for kind, left in one.left.items()
        if kind in names
    ]
    return pgettext("between the names of a list", ", ").join(told)


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a request."""

    row: RequestLine
    title: str
    area: str
    points: str
    rule: str
    proposed: str
    to_area: str
    verdict: tuple[str, str]
    amount: str
    because: str
    left: str
    gives: int


def asked(row: CreditRequest, now: Mapping[int, Proposal] | None = None) -> list[Asked]:
    """The lines of a request; `now` is what the table gives at this moment, by the id of the credit."""
    names = {area.key: text(area.name) for area in row.diploma.areas.all()} if row.diploma else {}
    return [_asked(line, names, (now or {}).get(line.credit_id or 0)) for line in row.lines.all()]


def _asked(line: RequestLine, names: Mapping[str, str], now: Proposal | None) -> Asked:
    found = why(line)
    if now is not None and not now.verdict:
        found = sentence(now.verdict)
    credit = line.credit
    proposed = now.amount if now is not None else line.proposed
    rule = now.rule if now is not None else line.rule
    return Asked(
        line,
        text(credit.title) if credit is not None else line.title,
        text(credit.area.name) if credit is not None else text(line.area.name) if line.area else "",
        shown(line.points),
        row_of(rule) if rule is not None else "",
        shown(proposed) if proposed else "–",
        names.get(line.to_area, ""),
        (VERDICT_TONES[line.verdict], str(VERDICTS[line.verdict])),
        shown(line.amount) if line.amount else "–",
        found,
        caps(now) if now is not None else "",
        proposed,
    )


def row_of(rule: ConversionRule) -> str:
    """A row of the table in a few words."""
    return _("%(rate)s, in force from %(first)s") % {
        "rate": percent(rule.rate),
        "first": day(rule.valid_from),
    }


def why(line: RequestLine) -> str:
    """Why a line was refused, or less was accepted: somebody's words, or the table's reason."""
    if line.because in REASONS or (line.found and not line.because):
        return sentence(table_says(line))
    return line.because


def table_says(line: RequestLine) -> Verdict:
    """Why the table gave nothing when it was checked."""
    facts: dict[str, Any] = dict(line.facts)
    if isinstance(facts.get("on"), str):
        facts["on"] = date.fromisoformat(facts["on"])
    return not_now(line.found or line.because, **facts)


@dataclass(frozen=True, slots=True)
class Card:
    """A request in a list."""

    label: str
    note: str
    url: str
    badge: str
    tone: str


def card(request: Request, row: CreditRequest, *, names: bool) -> Card:
    """A request by who asks whom for what."""
    what = text(row.diploma.title) if row.diploma is not None else str(REQUESTS[row.kind])
    place = text(row.organisation.name)
    label = f"{row.account.person.name} · {what}" if names else what
    note = f"{place} · {day(row.asked_on)}"
    url = reverse("credits:request", args=[request.organisation.key, row.public_id])
    return Card(label, note, url, str(STATES[row.state]), TONES[row.state])
