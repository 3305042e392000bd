"""Who may hold something: the one place that decides it, for certificates of this site and for outside ones.

A requirement is a row with a `kind`. Whoever knows something that can meet a kind registers a **provider** for it with
`provides`; there may be several for one kind, and what they offer is put together. `providing.py` has those of the
nouns below; nouns above register their own, for the same kinds (an outside certificate that somebody has verified) or
for a kind of their own (credits). All are asked of many people at once, in a constant number of queries.

    {"kind": "stage", "stage": "craftsman", "programme": "…"}   a stage was passed; any programme without its key
    {"kind": "course", "course": "public id"}                   a course was finished
    {"kind": "skill", "skill": "key", "at_least": 3}            a core skill stands at this level or above
    {"kind": "hours", "at_least": 200, "bucket": "…"}           hours in the ledger, of all buckets without a name
    {"kind": "months", "at_least": 12}                          months of apprenticeship
    {"kind": "certificate", "scheme": "cn5", "level": "4"}      this level or one above it, by `levels.meets`
    {"kind": "pair_served", "at_least": 12}                     months in which somebody was taught
    {"kind": "pairs", "at_least": 2}                            apprentices taught
    {"kind": "credits", "at_least": 30, …}                      any kind that a noun above registers

Counted kinds add their offers up to `at_least`; one offer is enough for the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.certificates import levels

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind
    from craftpath.kernel.people import Person

Row = Mapping[str, Any]
WORDS = {"stage": ("stage",), "course": ("course",), "skill": ("skill",), "certificate": ("scheme", "level")}
"""What a row of a kind must say besides; those that are not here are counted, and say `at_least`."""
MOST_ROWS, MOST = 20, 100_000
HIGHEST_SKILL = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody has: `amount` of what the row counts, or a level of a scheme. `source` is a Ref as text."""

    person: int
    amount: int = 1
    scheme: str = ""
    level: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one requirement stands for one person; `key` is its kind, `facts` what its sentence names."""

    key: str
    met: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[Row, Sequence[int], date], Iterable[Offer]]
PROVIDERS: dict[str, list[Provider]] = defaultdict(list)


def provides(kind: str) -> Callable[[Provider], Provider]:
    """Register somebody who knows what can meet a kind of requirement: asked for a row, people (ids) and a day."""

    def register(provider: Provider) -> Provider:
        if provider not in PROVIDERS[kind]:
            PROVIDERS[kind].append(provider)
        return provider

    return register


class RequirementFaulty(ValueError):
    """A row that no kind of certificate can have; `code` says why, `place` which one it is, from 1 on."""

    def __init__(self, code: str, place: int) -> None:
        super().__init__(f"{code} at {place}")
        self.code, self.place = code, place


def read(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows as they are kept; RequirementFaulty for the first that cannot be."""
    found: list[dict[str, Any]] = []
    for place, row in enumerate(rows, start=1):
        kept = _read(row, place)
        if kept in found:
            raise RequirementFaulty("twice", place)
        found.append(kept)
    if len(found) > MOST_ROWS:
        raise RequirementFaulty("too_many", MOST_ROWS)
    return found


def _read(row: Row, place: int) -> dict[str, Any]:
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in PROVIDERS:
        raise RequirementFaulty("kind_unknown", place)
    kept = {name: value for name, value in row.items() if isinstance(value, str | int) and value != ""}
    if any(not isinstance(kept.get(name), str) for name in WORDS.get(kind, ())):
        raise RequirementFaulty("incomplete", place)
    if kind == "certificate" and levels.level(str(kept["scheme"]), str(kept["level"])) is None:
        raise RequirementFaulty("level_unknown", place)
    if kind == "skill" or kind not in WORDS:
        most, asked = HIGHEST_SKILL if kind == "skill" else MOST, kept.get("at_least")
        if not isinstance(asked, int) or isinstance(asked, bool) or not 0 < asked <= most:
            raise RequirementFaulty("amount_unknown", place)
    return kept


def may_hold(kind: Kind, people: Iterable[Person], on: date) -> dict[int, list[Finding]]:
    """person id → how each requirement of a kind stands on a day; without requirements the list is empty."""
    return judge(kind.requirements, people, on)


def judge(requirements: Sequence[Row], people: Iterable[Person], on: date) -> dict[int, list[Finding]]:
    """The same for any rows: what an outside certificate, a diploma or a conversion asks. Constant queries a row."""
    ids = list(dict.fromkeys(person.pk for person in people))
    found: dict[int, list[Finding]] = {pk: [] for pk in ids}
    for row in requirements:
        offers: dict[int, list[Offer]] = defaultdict(list)
        for provider in PROVIDERS.get(row["kind"], ()) if ids else ():
            for one in provider(row, ids, on):
                offers[one.person].append(one)
        for pk in ids:
            found[pk].append(_finding(row, offers.get(pk, [])))
    return found


def _finding(row: Row, offers: Sequence[Offer]) -> Finding:
    kind = row["kind"]
    if kind == "certificate":
        asked = row["scheme"], row["level"]
        offers = [one for one in offers if levels.meets((one.scheme, one.level), asked)]
    want = 1 if kind in WORDS else int(row["at_least"])
    have = sum(one.amount for one in offers)
    sources = [one.source for one in offers if one.source]
    return Finding(kind, have >= want, {**row, "have": have, "want": want, "sources": sources})


def missing(findings: Iterable[Finding]) -> list[Finding]:
    """What holds somebody back."""
    return [one for one in findings if not one.met]
