"""Issuing: whoever is due by the record gets a number, a place on the status list, and a signed credential, or none.

Numbers are taken while the organisation is held, in the transaction that writes the certificates: what is rolled back
takes its numbers with it, so there is no gap, and two who issue at once take turns, so there is no double.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from craftpath.domain.certificates import grounds, holding, rules
from craftpath.domain.certificates.content import says, signed, skills_of, valid_until
from craftpath.domain.certificates.facts import CertificatesIssued
from craftpath.domain.certificates.keys import issuer_id, signing_key
from craftpath.domain.certificates.models import Certificate, Counter, Kind, StatusList
from craftpath.domain.certificates.printable import lacking
from craftpath.domain.certificates.queries import held, issuer_of
from craftpath.engines.credentials.documents.lists import SIZE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import YES, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Batch
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

LONGEST_CODE = 24
Wanted = tuple["Person", str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class NotIssued:
    """Somebody for whom there is no certificate, and why."""

    person: Person
    ground: str
    verdict: Verdict


@action
def issue_certificates(
    kind: Kind, wanted: Sequence[Wanted], *, on: date, by: Actor, at: datetime, batch: Batch | None = None
) -> tuple[list[Certificate], list[NotIssued]]:
    """Issue to these people on these grounds; `lines` are what each one's paper says besides.

    Returns what was made, and who was left out with the reason. Pressed twice, everybody has theirs already. Where the
    record knows the ground it is asked again here, with everything that the kind asks: there is no other door.
    """
    kind = Kind._base_manager.select_related("organisation", "occupation").get(pk=kind.pk)
    require(rules.may_issue(by, kind.organisation))
    require(rules.can_issue(kind, on, at.astimezone(ZoneInfo(kind.organisation.time_zone)).date()))
    row, key = signing_key(kind.organisation, by=by, at=at)  # holds the organisation
    due, left = _due(kind, wanted, on=on, by=by)
    issuer = issuer_id(kind.organisation, key)
    made: list[Certificate] = []
    for (person, ground, content), number, (lists, place) in zip(
        due,
        numbers(kind.organisation, on.year, len(due)),
        places(kind.organisation, issuer, len(due)),
        strict=True,
    ):
        one = Certificate(
            organisation=kind.organisation, kind=kind, person=person, number=number,
            content=content | {"number": number}, ground=ground, issued_on=on, issued_at=at, issued_by=by.person,
            valid_until=valid_until(kind, on), batch=batch, key=row, status_list=lists, status_place=place,
        )  # fmt: skip
        signed(one, issuer, key, at)
        made.append(one)
    Certificate.objects.bulk_create(made, batch_size=200)
    if made:
        told = CertificatesIssued(
            kind.public_id, made[0].number, made[-1].number, [one.public_id for one in made]
        )
        subject = made[0].ref if len(made) == 1 else (batch.ref if batch is not None else kind.ref)
        tell(told, by=by, at=at, organisation=kind.organisation, subject=subject)
    return made, left


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody whom a kind is about: whether a certificate would be issued now, and how each requirement stands."""

    person: Person
    ground: str
    lines: Sequence[Mapping[str, Any]]
    verdict: Verdict
    findings: Sequence[holding.Finding]


def overview(kind: Kind, *, on: date, by: Actor) -> list[Look] | None:
    """Everybody whom the record names for a kind, due or not and why; None where only a noun above knows them."""
    record = grounds.candidates(kind, None, on)
    if record is None:
        return None
    wanted: list[Wanted] = [(one.person, one.ground, one.lines) for one in record]
    verdicts, skills = looked_at(kind, wanted, on=on, by=by, record=record), skills_of(kind)
    found = []
    for person, ground, lines in wanted:
        verdict, findings = verdicts[person.pk, ground]
        if verdict:
            verdict = can_print(says(kind, person, lines, on=on, skills=skills))
        found.append(Look(person, ground, lines, verdict, findings))
    return found


def looked_at(
    kind: Kind,
    wanted: Iterable[Wanted],
    *,
    on: date,
    by: Actor,
    record: Sequence[grounds.Candidate] | None = None,
    again: Certificate | None = None,
) -> dict[tuple[int, str], tuple[Verdict, list[holding.Finding]]]:
    """(person id, ground) → whether a certificate would be issued now, and how each requirement stands.

    That `again` is there already does not speak against it: it is this one that is to be issued once more.
    """
    wanted = list(wanted)
    people = [person for person, _ground, _lines in wanted]
    ids = list(dict.fromkeys(one.pk for one in people))
    known = held(kind.organisation, kind.key, ids)
    findings = holding.may_hold(kind, people, on)
    record = record if record is not None else grounds.candidates(kind, ids, on)
    by_record = None if record is None else {(one.person.pk, one.ground): one.verdict for one in record}
    found = {}
    for person, ground, _lines in wanted:
        place = person.pk, ground
        verdict = YES if by_record is None else by_record.get(place, not_now("certificates.not_due"))
        found[place] = (
            _own(person, by)
            and _not_held(known.get(place), again)
            and verdict
            and _all_met(findings[person.pk]),
            findings[person.pk],
        )
    return found


def _due(
    kind: Kind, wanted: Sequence[Wanted], *, on: date, by: Actor
) -> tuple[list[tuple[Person, str, dict[str, Any]]], list[NotIssued]]:
    verdicts, skills = looked_at(kind, wanted, on=on, by=by), skills_of(kind)
    due: list[tuple[Person, str, dict[str, Any]]] = []
    left: list[NotIssued] = []
    seen: set[tuple[int, str]] = set()
    for person, ground, lines in wanted:
        if (person.pk, ground) in seen:
            continue
        seen.add((person.pk, ground))
        content = says(kind, person, lines, on=on, skills=skills)
        verdict = verdicts[person.pk, ground][0] and can_print(content)
        if verdict:
            due.append((person, ground, content))
        else:
            left.append(NotIssued(person, ground, verdict))
    return due, left


def can_print(content: Mapping[str, Any]) -> Verdict:
    """Whether the font of the papers has every character that this one needs."""
    missing = lacking(content)
    return not_now("certificates.not_printable", characters=" ".join(missing)) if missing else YES


def _own(person: Person, by: Actor) -> Verdict:
    own = by.person is not None and by.person.pk == person.pk
    return not_now("certificates.own") if own else YES


def _not_held(row: Certificate | None, again: Certificate | None) -> Verdict:
    if row is None or row == again:
        return YES
    if row.state == "revoked":
        return not_now("certificates.revoked_before", number=row.number)
    return not_now("certificates.held_already", number=row.number)


def _all_met(findings: Sequence[holding.Finding]) -> Verdict:
    missing = holding.missing(findings)
    return not_now("certificates.requirement_missing", count=len(missing)) if missing else YES


def code_of(organisation: Organisation) -> str:
    """How an organisation is called in its numbers: its key, or, where that is long, its beginning and its id."""
    key = organisation.key.upper()
    if len(key) <= LONGEST_CODE:
        return key
    return f"{key[: LONGEST_CODE - 13]}-{organisation.public_id.upper()}"


def numbers(organisation: Organisation, year: int, count: int) -> list[str]:
    """The next numbers of a year; the organisation is held."""
    row, _new = Counter.objects.select_for_update().get_or_create(organisation=organisation, year=year)
    first, row.last = row.last + 1, row.last + count
    row.save(update_fields=["last"])
    return [f"CP-{code_of(organisation)}-{year}-{number:06}" for number in range(first, row.last + 1)]


def places(organisation: Organisation, issuer: str, count: int) -> list[tuple[StatusList, int]]:
    """The next places on the organisation's status lists; a full list, or one of another issuer, is followed by a next.

    Whoever checks a credential trusts only a list of the same issuer, and without a public address each key is one.
    """
    rows = StatusList._base_manager.select_related("organisation").filter(organisation=organisation)
    row = rows.order_by("-number").first()
    ours = row is not None and issuer_of(row) in ("", issuer)
    found: list[tuple[StatusList, int]] = []
    while len(found) < count:
        if row is None or not ours or row.taken >= SIZE:
            row = StatusList(organisation=organisation, number=row.number + 1 if row is not None else 1)
            ours = True
        some = min(count - len(found), SIZE - row.taken)
        found += [(row, place) for place in range(row.taken, row.taken + some)]
        row.taken += some
        row.save()
    return found
