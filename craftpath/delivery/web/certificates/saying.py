"""Certificates in words: what they stand on, what they ask, what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.certificates import levels, queries
from craftpath.domain.certificates.content import level_of
from craftpath.domain.certificates.texts import BATCHES, KEYS, KINDS, PURPOSES, REQUIREMENTS, STANDINGS
from craftpath.domain.courses.queries import courses
from craftpath.domain.programmes.queries import stages_everywhere
from craftpath.domain.standards.queries import core_skills, skills_by_key
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.actions import Look
    from craftpath.domain.certificates.holding import Finding
    from craftpath.domain.certificates.models import Batch, Certificate, IssuerKey, Kind

TONES = {"valid": "good", "expired": "attention", "revoked": "wrong", "replaced": "plain"}
KIND_TONES = {"draft": "info", "active": "good", "retired": "plain"}
BATCH_TONES = {"planned": "info", "issuing": "info", "done": "good", "cancelled": "plain"}
KEY_TONES = {"active": "good", "retired": "plain", "revoked": "wrong"}


class Names:
    """What kinds and requirements point at, by name: a query for each sort, the first time that it is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, sort: str) -> dict[str, str]:
        """key → name, of stages, courses or skills."""
        if sort not in self._known:
            self._known[sort] = self._read(sort)
        return self._known[sort]

    def say(self, sort: str, key: str) -> str:
        """One of them; its key where nobody here knows it."""
        if sort == "skill" and key not in self.of(sort):
            self._known[sort] |= {one.key: text(one.name) for one in skills_by_key([key]).values()}
        return self.of(sort).get(key, key)

    def _read(self, sort: str) -> dict[str, str]:
        if sort == "stage":
            return {one.key: text(one.name) for one in stages_everywhere()}
        if sort == "course":
            return {one.public_id: text(one.title) for one in courses()[:MOST_COURSES]}
        return {one.key: text(one.name) for one in core_skills()}


MOST_COURSES = 200


def requirement(row: Mapping[str, Any], names: Names) -> str:
    """A row of what a kind asks."""
    kind = row["kind"]
    told: dict[str, Any] = {"name": "", "want": row.get("at_least", "")}
    if kind == "certificate":
        told["name"] = level(row["scheme"], row["level"])
    elif kind in ("stage", "course", "skill"):
        told["name"] = names.say(kind, row[kind])
    return str(REQUIREMENTS.get(kind, kind)) % told


def finding(one: Finding, names: Names) -> str:
    """What is missing, with how much there is of what is counted."""
    said = requirement(one.facts, names)
    have = one.facts.get("have")
    if one.facts.get("want") == 1 or have is None:
        return said
    return _("%(what)s, so far %(have)s") % {"what": said, "have": have}


def level(scheme: str, key: str) -> str:
    """A level with the name of its scheme."""
    found = levels.level(scheme, key)
    if found is None:
        return key
    name = next(text(one.name) for one in levels.schemes() if one.key == scheme)
    return f"{text(found.name)} · {name}"


def ground(kind: Kind, names: Names) -> str:
    """What a kind stands on."""
    given = kind.ground
    if kind.purpose in ("stage", "course"):
        return requirement({"kind": kind.purpose, **given}, names)
    if kind.purpose == "skill":
        return requirement({"kind": "skill", **given}, names)
    if kind.purpose == "service":
        return requirement({"kind": "pair_served" if given["unit"] == "months" else "pairs", **given}, names)
    if kind.purpose == "qualification":
        return _("Everything below that it asks for")
    return str(PURPOSES[kind.purpose])


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate in a list."""

    row: Certificate
    title: str
    number: str
    holder: str
    issued: str
    until: str
    badge: tuple[str, str]


def rows(some: Iterable[Certificate], today: date) -> list[Row]:
    """Certificates for a list."""
    return [
        Row(
            one,
            text(one.content["title"]),
            one.number,
            one.content["holder"]["name"],
            day(one.issued_on),
            day(one.valid_until) if one.valid_until else "",
            badge(one, today),
        )
        for one in some
    ]


def badge(row: Certificate, today: date) -> tuple[str, str]:
    """(how it stands, tone)."""
    word = queries.standing(row, today)
    return str(STANDINGS[word]), TONES[word]


def kind_badge(row: Kind) -> tuple[str, str]:
    """(whether it is issued, tone)."""
    return str(KINDS[row.state]), KIND_TONES[row.state]


def batch_badge(row: Batch) -> tuple[str, str]:
    """(how far it is, tone)."""
    return str(BATCHES[row.state]), BATCH_TONES[row.state]


def key_badge(row: IssuerKey) -> tuple[str, str]:
    """(whether it signs, tone)."""
    return str(KEYS[row.state]), KEY_TONES[row.state]


def paper(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a paper says, for the small picture of it: both languages side by side, as it is printed."""
    until = content["until"]
    said = content["level"]
    return {
        "issuer": Text.of(content["issuer"]),
        "title": Text.of(content["title"]),
        "holder": content["holder"],
        "criteria": Text.of(content["criteria"]),
        "level": Text.of(said["name"]).both() if said else "",
        "scheme": Text.of(said["scheme_name"]).both() if said else "",
        "lines": [(Text.of(one["label"]).both(), Text.of(one["value"]).both()) for one in content["lines"]],
        "number": content.get("number") or "CP-…",
        "on": date.fromisoformat(content["on"]),
        "until": date.fromisoformat(until) if until else None,
        "colour": content["design"].get("colour", "pine"),
        "border": content["design"].get("border", "double"),
        "signatory": Text.of(content["design"].get("signatory")).both(),
        "position": Text.of(content["design"].get("position")).both(),
    }


def sample(kind: Kind, on: date) -> dict[str, Any]:
    """The same for a kind of which nothing is issued yet: with a name that nobody has."""
    return paper(
        {
            "issuer": kind.organisation.name,
            "title": kind.title,
            "holder": {"name": pgettext("on a sample of a paper", "Name of the holder"), "latin": ""},
            "criteria": kind.criteria,
            "level": level_of(kind),
            "lines": [],
            "on": on.isoformat(),
            "until": "",
            "design": kind.design,
        }
    )


def sorted_out(found: Sequence[Look]) -> tuple[list[Look], list[Look], int]:
    """(who is due, who is not yet, how many have theirs)."""
    due = [one for one in found if one.verdict]
    held = sum(one.verdict.reason == "certificates.held_already" for one in found)
    return (
        due,
        [one for one in found if not one.verdict and one.verdict.reason != "certificates.held_already"],
        held,
    )
