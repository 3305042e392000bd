"""The page of one certificate as bytes: the same words on the site and in a copy of plain files.

It stands alone: two style sheets, no script, nothing of other sites. Links are given, since a file lies elsewhere than
an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.certified import Certified
from craftpath.domain.certificates.queries import standing
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

TONES = {"valid": "good", "expired": "attention", "revoked": "wrong", "replaced": "info"}
_SIGNS = {
    "good": "m4 10.75 4 4 8-9.25",
    "attention": "M10 3.25 18 16.75H2zM10 8.25v3.75M10 14.3v.1",
    "wrong": "m5 5 10 10M15 5 5 15",
    "info": "M3.5 10h13M11.5 5l5 5-5 5",
}
_SEAL = (
    '<svg class="seal" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">'
    '<rect class="seal-ground" width="28" height="28" rx="4"/><path class="seal-strokes" d="M21.5 7H7v14h14.7M18.5 9.2'
    'c-1.9 1.2-4.3 1.8-7.2 1.9v4.2c0 1.7-.5 2.9-1.6 3.7M11.4 13.8h9.8M16.6 13.9v5.2"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around it: its styles, itself in each language, and a last link with its words."""

    styles: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    last: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Links:
    """Where everything lies that the page of a certificate points at."""

    credential: str
    token: str
    badge: str
    status: str
    keys: str
    newer: str = ""
    older: str = ""


def today_of(row: Certificate, at: datetime) -> date:
    """The day where it was issued: until midnight there it holds."""
    return at.astimezone(ZoneInfo(row.organisation.time_zone)).date()


def framed(title: str, content: str, frame: Frame) -> bytes:
    """A whole page in the language that is spoken now; `content` is HTML already."""
    language = translation.get_language() or "zh-hans"
    styles = "".join(f'<link rel="stylesheet" href="{escape(one)}">' for one in frame.styles)
    here = ' aria-current="true"'
    switch = "".join(
        f'<a href="{escape(url)}" lang="{key}" hreflang="{key}"{here if language.startswith(key) else ""}>'
        f"{_LANGUAGES[key]}</a>"
        for key, url in frame.languages
    )
    name = escape(pgettext("to be checked", "Certificates"))
    url, words = frame.last
    last = f'<footer><a href="{escape(url)}">{escape(words)}</a></footer>' if url else ""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        # no icon is asked for: a copy of plain files has none at its root
        f'<title>{escape(title)} · Craftpath</title><link rel="icon" href="data:,">{styles}</head><body>'
        f'<header class="bar"><span class="mark">{_SEAL}<span>{name}</span></span>'
        f'<nav aria-label="{escape(_("Language"))}">{switch}</nav></header><main>{content}</main>{last}</body></html>\n'
    ).encode()


_LANGUAGES = {"zh": "中文", "en": "English"}


def certificate_html(row: Certificate, today: date, links: Links, frame: Frame) -> bytes:
    """The page of a certificate as it stands on a day; no query."""
    said, state = Certified.of(row), standing(row, today)
    verdict = _verdict(state)
    content = "".join((*_answer(row, state, verdict, links), *_paper(said, links), *_check(said, links)))
    return framed(f"{verdict} · {said.number}", content, frame)


def answered(tone: str, heading: str, body: str, *, level: int = 1) -> str:
    """What one sees first: a sign, a heading, and a sentence or two; `body` is HTML already."""
    sign = (
        '<svg width="24" height="24" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{_SIGNS[tone]}"/></svg>'
    )
    return (
        f'<section class="verdict verdict-{tone}"><span class="verdict-sign">{sign}</span>'
        f"<div><h{level}>{escape(heading)}</h{level}>{body}</div></section>"
    )


def _answer(row: Certificate, state: str, verdict: str, links: Links) -> Iterator[str]:
    lines = [f"<p>{escape(_explained(row, state))}</p>"]
    because = row.because or row.key.because
    if state in ("revoked", "replaced") and because:
        lines.append(f"<p>{escape(_('Reason: %(reason)s') % {'reason': because})}</p>")
    if links.newer:
        lines.append(f'<p><a href="{escape(links.newer)}">{escape(_("To the newer certificate"))}</a></p>')
    yield answered(TONES[state], verdict, "".join(lines))


def _verdict(state: str) -> str:
    return {
        "valid": _("This certificate is valid"),
        "expired": _("This certificate has expired"),
        "revoked": _("This certificate was revoked"),
        "replaced": _("This certificate was replaced"),
    }[state]


def _explained(row: Certificate, state: str) -> str:
    until = _day(row.valid_until)
    if state == "valid":
        return _("It holds until %(day)s.") % {"day": until} if until else _("It has no last day.")
    if state == "expired":
        return _("It held until %(day)s.") % {"day": until}
    at = row.ended_at or row.key.ended_at
    ended = {"day": _day(today_of(row, at)) if at else ""}
    if state == "replaced":
        return _("A newer one took its place on %(day)s.") % ended
    return _("Since %(day)s it does not hold any more.") % ended


def _paper(said: Certified, links: Links) -> Iterator[str]:
    """What the paper says, its own languages side by side where there are two."""
    yield f'<article class="paper"><p class="issuer">{escape(_text(said.issuer))}</p>'
    yield f"<h2>{escape(_text(said.title))}</h2>"
    other = said.title.en if _text(said.title) == said.title.zh else said.title.zh
    if other and other != _text(said.title):
        yield f'<p class="quiet" lang="{"en" if other == said.title.en else "zh-hans"}">{escape(other)}</p>'
    yield f'<p class="holder">{escape(said.name)}</p>'
    if said.latin and said.latin != said.name:
        yield f'<p class="quiet">{escape(said.latin)}</p>'
    if said.criteria != Text():
        yield f'<p class="shown">{escape(_text(said.criteria))}</p>'
    lines = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in _lines(said)
    )
    yield f"<dl>{lines}</dl>"
    if said.skills:
        skills = "".join(f"<li>{escape(_text(one))}</li>" for one in said.skills)
        yield f'<h3>{escape(_("Skills that it stands for"))}</h3><ul class="skills">{skills}</ul>'
    if links.older:
        words = escape(_("The certificate that this one replaced"))
        yield f'<p class="quiet"><a href="{escape(links.older)}">{words}</a></p>'
    yield "</article>"


def _lines(said: Certified) -> Iterable[tuple[str, str]]:
    """Labels with what the paper says under them."""
    yield _("Certificate number"), said.number
    if said.level != Text():
        yield _("Level"), " · ".join(filter(None, (_text(said.level), _text(said.scheme))))
    if said.occupation != Text():
        yield _("Occupation"), _text(said.occupation)
    yield pgettext("a certificate", "Issued on"), _day(said.issued_on)
    yield pgettext("a certificate", "Valid until"), _day(said.valid_until) or _("no last day")
    for label, value in said.lines:
        yield _text(label), _text(value)


def _check(said: Certified, links: Links) -> Iterator[str]:
    file, listed = f"{said.number}.json", f"list-{links.status.rpartition('/')[2]}"
    how = _(
        "The certificate is also a signed file. Any program that knows Open Badges 3.0 or Verifiable Credentials 2.0 "
        "can check it without asking this site:"
    )
    wanted = (
        (links.credential, _("Signed credential (JSON)"), f' download="{escape(file)}"'),
        (links.token, _("The same as a token (JWT)"), f' download="{escape(said.number)}.jwt"'),
        (links.badge, _("A badge with it inside (SVG)"), f' download="{escape(said.number)}.svg"'),
        (links.status, _("List of what does not hold any more"), f' download="{escape(listed)}"'),
        (links.keys, _("Keys of the issuer"), ' download="did.json"'),
    )
    files = "".join(
        f'<li><a href="{escape(url)}"{more}>{escape(words)}</a></li>' for url, words, more in wanted
    )
    yield f'<details class="check"><summary>{escape(_("Check it yourself"))}</summary><p>{escape(how)}</p>'
    words = _("With Craftpath on your own computer, the three files beside one another:")
    yield f"<ul>{files}</ul><p>{escape(words)}</p>"
    command = f"craftpath verify {file} --did did.json --status-list {listed}"
    yield f"<pre><code>{escape(command)}</code></pre></details>"


def _text(value: Text) -> str:
    return value.say(translation.get_language() or "zh-hans")


def _day(value: date | None) -> str:
    return date_format(value, "DATE_FORMAT") if value else ""
