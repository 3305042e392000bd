"""Taking a tried-out sheet in: all of it in one transaction, or nothing.

The kept file is read again and judged against the register of this moment; what the page showed some
minutes ago is not trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.timezone import localdate

from craftpath.delivery.exchange.book import Book
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.knowledge import enterprise_home
from craftpath.delivery.exchange.plans import Effect, Link, MarksPlan, RosterPlan, RosterRow, Value
from craftpath.delivery.exchange.spelling import plain
from craftpath.delivery.exchange.trial import Trial, meanings_of, try_out
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import plant_organisation
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Kind as OrganisationKind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.sheets import SHEET, SheetImport, commit_sheet, imports, remember
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

_SHEET_NAME = 120
"""As many characters of a sheet's name as a mark keeps."""
_AT_ONCE = 500
"""How many values one question to the database names at most."""


@action
def commit_roster(
    sheet_import: SheetImport, *, seen: str = "", book: Book | None = None, by: Actor, at: datetime
) -> SheetImport:
    """Enrol and change as the roster says; results of the cohort's evaluations follow by reaction.

    `seen` is the token of the check that somebody confirmed; another outcome than that is refused. `book` is the
    import's file, if it was read already.
    """
    require(by.may(Permission.IMPORT_ROSTER))
    row = _locked(sheet_import, Kind.ROSTER)
    trial = _sound(row, at, seen, book)
    plan, cohort = trial.plan, trial.target.cohort
    assert isinstance(plan, RosterPlan)  # noqa: S101  (for the type checker: a roster has this plan)
    if trial.reading.add_enterprises:
        require(by.may(Permission.MANAGE_COHORTS))
    hosts, planted = _enterprises(plan, cohort, by=by, at=at)
    made: dict[str, Person] = {}
    outcome = take_roster(cohort, _entries(plan, cohort, hosts, made), by=by, at=at)
    trace = outcome.trace
    trace.mentors += [person.pk for person in made.values()]
    trace.organisations += [host.pk for key, host in hosts.items() if key.startswith(":")]
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    if planted:
        counts["enterprises"] = planted
    _learn(trial, by=by, at=at)
    return commit_sheet(row, outcome=counts, trace=trace.as_json(), by=by, at=at)


@action
def commit_marks(
    sheet_import: SheetImport, *, seen: str = "", book: Book | None = None, by: Actor, at: datetime
) -> SheetImport:
    """Record the sheet's marks, each with the cell that it stood in; results follow. Arguments as for a roster."""
    require(by.may(Permission.IMPORT_MARKS))
    row = _locked(sheet_import, Kind.MARKS)
    trial = _sound(row, at, seen, book)
    evaluation = trial.target.evaluation
    assert evaluation is not None  # noqa: S101  (for the type checker: marks have an evaluation)
    outcome = record_marks(evaluation, _marks(trial), source=row, by=by, at=at)
    if outcome.changed != len(trial.plan.changed):  # somebody recorded between the check and the lock
        raise Refused(not_now("exchange.check_moved"))
    _learn(trial, by=by, at=at)
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    return commit_sheet(row, outcome=counts, by=by, at=at)


def _learn(trial: Trial, *, by: Actor, at: datetime) -> None:
    """What the office's heads and words meant is the first guess the next time."""
    office, kind = trial.target.cohort.organisation, trial.target.kind
    remember(office, kind, meanings_of(trial.reading), by=by, at=at)


def _locked(sheet_import: SheetImport, kind: Kind) -> SheetImport:
    """The import as it is now, held until the transaction ends; refused if somebody was quicker."""
    row = imports().select_for_update(of=("self",)).get(pk=sheet_import.pk)
    SHEET.after(row.state, "commit")
    if row.kind != kind:
        raise ValueError(f"{row} is no {kind} sheet")
    return row


def _sound(row: SheetImport, at: datetime, seen: str, book: Book | None) -> Trial:
    """The trial of this moment, refused if it has errors by now or is not what somebody confirmed."""
    trial = try_out(row, on=localdate(at), book=book)
    if trial.plan.errors:
        raise Refused(not_now("exchange.sheet_has_errors", count=len(trial.plan.errors)))
    if not trial.plan.rows:
        raise Refused(not_now("exchange.sheet_has_no_rows"))
    if seen and seen != trial.token:
        raise Refused(not_now("exchange.check_moved"))
    return trial


def _marks(trial: Trial) -> list[NewMark]:
    assert isinstance(trial.plan, MarksPlan)  # noqa: S101  (for the type checker: marks have this plan)
    cohort = trial.target.cohort
    ids = dict(enrolments().filter(cohort=cohort).values_list("public_id", "pk"))
    mapping = trial.reading.mapping
    status_column, score_column = mapping.column_of("status"), mapping.column_of("score")
    columns = {} if mapping.is_long else {item: column for column, item in mapping.items()}
    marks = []
    for row in trial.plan.rows:
        given = trial.sheet.cell(row.row, columns.get(row.item, score_column or 0))
        if given is None and status_column is not None:
            given = trial.sheet.cell(row.row, status_column)
        marks.append(
            NewMark(
                enrolment_id=ids[row.public_id],
                item=row.item,
                status=row.status,
                score=row.score,
                sheet_name=row.sheet[:_SHEET_NAME],
                cell=row.cell,
                given=shown(given),
                grade=row.grade,
            )
        )
    return marks


def _enterprises(
    plan: RosterPlan, cohort: Cohort, *, by: Actor, at: datetime
) -> tuple[dict[str, Organisation], int]:
    """Enterprises by key and by plain name, and how many were planted for this roster."""
    links = [link for row in plan.rows if isinstance(link := row.values.get("enterprise"), Link)]
    keys = {link.key for link in links if link.key}
    hosts = {host.key: host for host in Organisation.objects.filter(key__in=keys)}
    new: dict[str, str] = {}
    for link in links:
        if not link.key:
            new.setdefault(plain(link.name), link.name)
    if new:
        home = enterprise_home(cohort.organisation)
        for spelling, name in new.items():
            language = "en" if name.isascii() else "zh"
            hosts[f":{spelling}"] = plant_organisation(
                key=_free_key(name),
                kind=OrganisationKind.ENTERPRISE,
                name={language: name},
                parent=home,
                by=by,
                at=at,
            )
    return hosts, len(new)


def _free_key(name: str) -> str:
    """The Latin part of the name if it makes a key that is free, else an id."""
    key = slugify(name)[:60].strip("-")
    taken = len(key) < 3 or Organisation.objects.filter(key=key).exists()
    return f"e-{new_public_id()}" if taken else key


def _entries(
    plan: RosterPlan, cohort: Cohort, hosts: dict[str, Organisation], made: dict[str, Person]
) -> list[RosterEntry]:
    """The entries for the register; `made` gathers mentors who are new and have a number."""
    known = enrolments().filter(cohort=cohort).values_list("number", "person__name", "enterprise__key")
    now = {number: (name, enterprise) for number, name, enterprise in known}
    links = [link for row in plan.rows if isinstance(link := row.values.get("mentor"), Link)]
    keys = sorted({link.key for link in links})
    mentors = {
        one.username: one
        for start in range(0, len(keys), _AT_ONCE)
        for one in Person.objects.filter(username__in=keys[start : start + _AT_ONCE])
    }
    known_numbers: dict[str, Person] = {}
    entries = []
    for planned in plan.rows:
        values = _only_changes(planned)
        name_now, enterprise_now = now.get(planned.number, ("", None))
        link = values.get("enterprise")
        host = hosts[link.key or f":{plain(link.name)}"] if isinstance(link, Link) else None
        place_of_work = host.key if host else enterprise_now or cohort.organisation.key
        entries.append(
            RosterEntry(
                number=planned.number,
                name=_text(values, "name") or name_now or _text(values, "name_en") or "",
                name_latin=_text(values, "name_en"),
                email=_text(values, "email"),
                phone=_text(values, "phone"),
                enterprise=host,
                mentor=_mentor(values.get("mentor"), place_of_work, mentors, known_numbers, made),
                starts_on=day if isinstance(day := values.get("starts_on"), date) else None,
                stage=stage.key if isinstance(stage := values.get("stage"), Link) else None,
            )
        )
    return entries


def _only_changes(row: RosterRow) -> Mapping[str, Value]:
    """Of somebody who is known only what the check called a change: spacing that says the same is left alone."""
    if row.effect is Effect.ADD:
        return row.values
    return {change.field: row.values[change.field] for change in row.changes}


def _text(values: Mapping[str, Value], field: str) -> str | None:
    value = values.get(field)
    return value if isinstance(value, str) else None


def _mentor(
    link: Value,
    host: str,
    known: Mapping[str, Person],
    found: dict[str, Person],
    made: dict[str, Person],
) -> Person | str | None:
    """Whom the roster means: somebody known, else a name for it to look up at the enterprise or to add.

    `host` is the key of the place of work. One who is new and has a number gets it as part of the sign-in name, so
    that the next sheet finds it.
    """
    if not isinstance(link, Link):
        return None
    if link.key or not link.number:
        return known[link.key] if link.key else link.name
    username = f"{host}-{link.number}"[:80]
    if username not in found:
        mentors = Person.objects.filter(memberships__role=Role.MENTOR, username__iexact=username)
        person = mentors.first()
        if person is None:
            person = made[username] = Person.objects.create_user(
                *free_usernames([(username,)]), name=link.name
            )
        found[username] = person
    return found[username]
