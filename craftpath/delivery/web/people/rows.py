"""The lines of the list of people as rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.web.components.rows import cell, row, rows
from craftpath.delivery.web.components.templatetags.components import piece
from craftpath.delivery.web.people.listing import STATES, Line
from craftpath.delivery.web.shell.addresses import addresses
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, moment, reason, role, text
from craftpath.kernel.people import Person

TONES = {"none": "attention", "slip": "info", "own": "good"}  # of a state, as the badge has them


def person_rows(request: Request, lines: Sequence[Line], *, ticked: bool) -> SafeString:
    """The body of the table; with `ticked` those who have no password yet are chosen already."""
    address = addresses(request, "people:person")
    return rows(
        row(
            _name(line, ticked=ticked),
            (
                cell(_sign_in(line.person), "people-room"),
                cell(_roles(line), "people-room"),
                cell(_state(line)),
                cell(_last_time(line), "small"),
                cell(_access(line, address(line.person.public_id))),
            ),
        )
        for line in lines
    )


def _name(line: Line, *, ticked: bool) -> str:
    person, mark = line.person, ""
    if not line.reset:
        mark = f' disabled aria-describedby="why-{person.public_id}"'
    elif ticked and line.state == "none":
        mark = " checked"
    latin = f' <span class="muted small">{escape(person.name_latin)}</span>' if person.name_latin else ""
    box = f'<input type="checkbox" name="person" value="{person.public_id}"{mark}>'
    words = f"<span>{escape(person.name)}{latin}</span>"
    return f'<th scope="row"><label class="people-tick">{box}{words}</label></th>'


def _sign_in(person: Person) -> Iterator[str]:
    yield f"<code>{escape(person.username)}</code>"
    if person.email:
        yield f'<br><span class="muted small">{escape(person.email)}</span>'


def _roles(line: Line) -> Iterator[str]:
    yield " · ".join(escape(role(one)) for one in line.roles)
    for cohort in line.cohorts:
        yield f'<br><span class="muted small">{escape(text(cohort))}</span>'


def _state(line: Line) -> Iterator[str]:
    yield piece("badge", label=str(STATES[line.state]), tone=TONES[line.state])
    if not line.reset:
        why = f'class="muted small people-why" id="why-{line.person.public_id}"'
        yield f"<br><span {why}>{escape(reason(line.reset))}</span>"


def _last_time(line: Line) -> Iterator[str]:
    yield escape(moment(line.person.last_login))
    if line.factor:
        factor = escape(_("with a second factor"))
        yield f'<br><span class="muted">{factor}</span>'


def _access(line: Line, url: str) -> Iterator[str]:
    if line.leaves:
        yield piece("badge", label=_("leaves on %(day)s") % {"day": day(line.leaves)}, tone="attention")
        yield "<br>"
    said = escape(_("What %(name)s sees") % {"name": line.person.name})
    yield f'<a class="small" href="{escape(url)}">{said}</a>'
