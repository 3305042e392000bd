"""Organisations, years, courses, classes, people and who is in which class, in OneRoster's words; a few queries.

Ids are those of this site. `dateLastModified` is the moment when something was last told of the thing, or of what it
hangs on: of a class and who is in it, the cohort; of somebody, the person, their classes and organisations. So it may
be later than the change that a reader would notice, and never earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.apprenticeships.teaching import who_teaches
from craftpath.domain.evaluation.queries import evaluations
from craftpath.kernel.access import memberships_on
from craftpath.kernel.audit import first_told, last_told
from craftpath.kernel.organisations import SCHOOLS, Kind, Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.search.latin import parted
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

ROOT = "/ims/oneroster/rostering/v1p2"
Row = dict[str, Any]
ROLES: dict[Role, str] = {
    Role.APPRENTICE: "student",
    Role.TRAINER: "teacher",
    Role.MENTOR: "teacher",
    Role.ASSESSOR: "proctor",
    Role.COORDINATOR: "siteAdministrator",
    Role.ADMINISTRATOR: "systemAdministrator",
}
"""Whom rosters know; the others have nothing to do in a class."""
TYPES: dict[str, str] = {
    Kind.MINISTRY: "national",
    Kind.CITY: "district",
    Kind.ENTERPRISE: "local",
    Kind.SITE: "local",
    Kind.POINT: "school",
    **dict.fromkeys(SCHOOLS, "school"),
}
HERE, GONE = ("active", "suspended"), ("ended",)
ROOMS = ("kernel", "apprenticeships")
"""What is told in other rooms changes no roster."""
_FIRST_MONTH = 9  # a school year begins in September


@dataclass(slots=True)
class Roster:
    """Everything that one reader sees, each kind in a fixed order, with ids by which the kinds point at one another."""

    orgs: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)
    courses: list[Row] = field(default_factory=list)
    classes: list[Row] = field(default_factory=list)
    users: list[Row] = field(default_factory=list)
    enrollments: list[Row] = field(default_factory=list)

    def of_type(self, kind: str) -> list[Row]:
        """The sessions of a type."""
        return [one for one in self.sessions if one["type"] == kind]

    def with_role(self, role: str) -> list[Row]:
        """The users who have a role."""
        return [one for one in self.users if any(held["role"] == role for held in one["roles"])]

    def in_classes(self, wanted: Iterable[str], role: str) -> list[Row]:
        """The users who are in one of these classes in a role."""
        classes = set(wanted)
        ids = {
            one["user"]["sourcedId"]
            for one in self.enrollments
            if one["role"] == role and one["class"]["sourcedId"] in classes
        }
        return [one for one in self.users if one["sourcedId"] in ids]

    def classes_of(self, user: str, role: str = "") -> list[Row]:
        """The classes that somebody is in."""
        ids = {
            one["class"]["sourcedId"]
            for one in self.enrollments
            if one["user"]["sourcedId"] == user and role in ("", one["role"])
        }
        return [one for one in self.classes if one["sourcedId"] in ids]


def roster_of(place: Organisation, at: datetime, *, with_gone: bool = False) -> Roster:
    """The roster of an organisation and what lies below it, as far as the open scope sees people; nine queries.

    With what is gone: who has left, and classes that have ended, as `tobedeleted`, for whoever keeps a copy.
    """
    roster = _Writer(place, timezone.localtime(at).date(), with_gone=with_gone).roster()
    stamp_all(roster, at)
    return roster


def stamp(at: datetime) -> str:
    """A moment as the services write it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def link(kind: str, identifier: str, one: str, *, root: str = ROOT) -> Row:
    """A pointer at another object."""
    return {"href": f"{settings.ADDRESS}{root}/{kind}/{identifier}", "sourcedId": identifier, "type": one}


def school_year(on: date) -> int:
    """The year in which the school year of a day ends."""
    return on.year + (on.month >= _FIRST_MONTH)


class _Writer:
    def __init__(self, place: Organisation, today: date, *, with_gone: bool) -> None:
        self.place, self.today, self.with_gone = place, today, with_gone
        self.made = Roster()

    def roster(self) -> Roster:
        known = list(self.place.below().order_by("path"))
        self.paths = {one.path: one for one in known}
        found = list(enrolments().filter(state__in=(*HERE, *GONE) if self.with_gone else HERE))
        hosts = {one.enterprise for one in found if one.enterprise is not None}
        around = {one.cohort.organisation for one in found} | hosts
        orgs = [*known, *sorted(around - set(known), key=lambda one: one.path)]
        self.paths = {one.path: one for one in orgs}
        teaching = {one.cohort.organisation.path for one in found}
        self.made.orgs = [self.org(one, teaches=one.path in teaching) for one in orgs]
        cohorts = {one.cohort.pk: one.cohort for one in found}
        self.made.sessions = self.sessions(cohorts.values())
        self.made.courses = self.courses(cohorts.values())
        going_on = {one.cohort.pk for one in found if one.state in HERE}
        self.made.classes = [
            _as(self.school_class(one), gone=one.pk not in going_on) for one in cohorts.values()
        ]
        self.people(found, {one.public_id: one for one in cohorts.values()})
        return self.made

    def head(self, identifier: str) -> Row:
        return {"sourcedId": identifier, "status": "active", "dateLastModified": ""}

    def org(self, one: Organisation, *, teaches: bool) -> Row:
        """An organisation; one that has classes is a school to the standard, whatever else it is."""
        above = [path for path in self.paths if one.path.startswith(path) and path != one.path]
        row = self.head(one.public_id) | {
            "name": said(one.name),
            "type": "school" if teaches else TYPES[one.kind],
            "identifier": one.key,
        }
        if above:
            row["parent"] = link("orgs", self.paths[max(above, key=len)].public_id, "org")
        below = [path for path in self.paths if path.startswith(one.path) and path != one.path]
        nearest = [
            path for path in below if not any(path.startswith(other) and path != other for other in below)
        ]
        row["children"] = [link("orgs", self.paths[path].public_id, "org") for path in sorted(nearest)]
        return row

    def years(self, cohort: Cohort) -> range:
        last = cohort.ends_on or max(self.today, cohort.starts_on)
        return range(school_year(cohort.starts_on), school_year(last) + 1)

    def sessions(self, cohorts: Iterable[Cohort]) -> list[Row]:
        cohorts = list(cohorts)
        years = sorted({year for one in cohorts for year in self.years(one)})
        found = evaluations().filter(cohort__in=[one.pk for one in cohorts])
        periods: dict[int, list[Row]] = {}
        for one in found:
            year = school_year(one.cohort.starts_on)
            ends = one.cohort.ends_on or date(year, _FIRST_MONTH, 1)
            periods.setdefault(year, []).append(
                self.head(one.public_id)
                | {
                    "title": f"{said(one.cohort.name)} · {said(one.stage.name)}",
                    "type": "gradingPeriod",
                    "startDate": one.cohort.starts_on.isoformat(),
                    "endDate": ends.isoformat(),
                    "schoolYear": str(year),
                    "parent": link("academicSessions", f"year-{year}", "academicSession"),
                    "children": [],
                    "_last": one.opened_at,
                }
            )
        rows = [
            self.head(f"year-{year}")
            | {
                "title": f"{year - 1}–{year}",
                "type": "schoolYear",
                "startDate": date(year - 1, _FIRST_MONTH, 1).isoformat(),
                "endDate": date(year, _FIRST_MONTH, 1).isoformat(),
                "schoolYear": str(year),
                "children": [
                    link("academicSessions", one["sourcedId"], "academicSession")
                    for one in periods.get(year, [])
                ],
            }
            for year in years
        ]
        return rows + [one for year in years for one in periods.get(year, [])]

    def courses(self, cohorts: Iterable[Cohort]) -> list[Row]:
        """A programme as a college follows it: one course at each of its schools."""
        found = {(one.programme_id, one.organisation_id): one for one in cohorts}
        return [
            self.head(course_id(one))
            | {
                "title": said(one.programme.name),
                "courseCode": one.programme.key,
                "grades": [],
                "subjects": [],
                "subjectCodes": [],
                "org": link("orgs", one.organisation.public_id, "org"),
            }
            for one in found.values()
        ]

    def school_class(self, one: Cohort) -> Row:
        return self.head(one.public_id) | {
            "title": said(one.name),
            "classType": "scheduled",
            "grades": [],
            "subjects": [],
            "subjectCodes": [],
            "periods": [],
            "course": link("courses", course_id(one), "course"),
            "school": link("orgs", one.organisation.public_id, "org"),
            "terms": [
                link("academicSessions", f"year-{year}", "academicSession") for year in self.years(one)
            ],
        }

    def people(self, found: list[Any], cohorts: dict[str, Cohort]) -> None:
        """Who learns, who works with them, and the staff of the organisation."""
        people: dict[int, Person] = {}
        roles: dict[int, dict[tuple[str, str], Row]] = {}
        numbers: dict[int, str] = {}
        staying: set[int] = set()

        def role(person: Person, name: str, org: Organisation) -> None:
            people[person.pk] = person
            held = roles.setdefault(person.pk, {})
            kind = "secondary" if any(place == org.public_id for _name, place in held) else "primary"
            pointer = link("orgs", org.public_id, "org")
            held.setdefault((name, org.public_id), {"roleType": kind, "role": name, "org": pointer})

        for one in found:
            role(one.person, "student", one.cohort.organisation)
            numbers.setdefault(one.person.pk, one.number)
            row = self.enrollment(one.public_id, one.person, one.cohort, "student", one.starts_on)
            if one.ended_on is not None:
                row["endDate"] = one.ended_on.isoformat()
            self.made.enrollments.append(_as(row, gone=one.state in GONE))
            if one.state in HERE:
                staying.add(one.person.pk)
        taught = list(who_teaches())
        by_id = {one.pk: one for one in Person.objects.filter(pk__in={person for _, person, _ in taught})}
        together: set[tuple[str, int, str]] = set()
        for cohort_id, person_id, name in sorted(taught):
            person, cohort, said_role = by_id[person_id], cohorts[cohort_id], ROLES[Role(name)]
            role(person, said_role, cohort.organisation)
            staying.add(person_id)
            if (cohort_id, person_id, said_role) not in together:
                together.add((cohort_id, person_id, said_role))
                own = f"{cohort_id}-{person.public_id}-{said_role}"
                self.made.enrollments.append(self.enrollment(own, person, cohort, said_role, None))
        staff = memberships_on(self.today).filter(
            organisation__in=self.place.below(), role__in=[one for one in ROLES if one is not Role.APPRENTICE]
        )
        for membership in staff.select_related("person", "organisation").order_by("pk"):
            if membership.organisation.path in self.paths:
                role(membership.person, ROLES[Role(membership.role)], membership.organisation)
                staying.add(membership.person.pk)
        self.made.users = [
            _as(self.user(people[pk], list(held.values()), numbers.get(pk, "")), gone=pk not in staying)
            for pk, held in sorted(roles.items())
        ]

    def enrollment(self, own: str, person: Person, cohort: Cohort, role: str, begins: date | None) -> Row:
        row = self.head(own) | {
            "user": link("users", person.public_id, "user"),
            "class": link("classes", cohort.public_id, "class"),
            "school": link("orgs", cohort.organisation.public_id, "org"),
            "role": role,
            "primary": "false",
        }
        return row | ({"beginDate": begins.isoformat()} if begins else {})

    def user(self, person: Person, held: list[Row], number: str) -> Row:
        family, given = names_of(person)
        row = self.head(person.public_id) | {
            "username": person.username,
            "enabledUser": "true" if person.is_active else "false",
            "givenName": given,
            "familyName": family,
            "roles": held,
            "userIds": [],
            "agents": [],
            "grades": [],
            "primaryOrg": held[0]["org"],
        }
        row |= {"identifier": number} if number else {}
        return row | ({"email": person.email} if person.email else {})


def stamp_all(roster: Roster, at: datetime) -> None:
    """Write into every row when something was last told of it, or of what it hangs on."""
    refs = {
        *(f"kernel/organisation/{one['sourcedId']}" for one in roster.orgs),
        *(f"kernel/person/{one['sourcedId']}" for one in roster.users),
        *(f"apprenticeships/cohort/{one['sourcedId']}" for one in roster.classes),
    }
    told = last_told(refs, rooms=ROOMS)
    before = first_told() or at

    def of(kind: str, identifier: str) -> datetime:
        return told.get(f"{kind}/{identifier}", before)

    def put(row: Row, *moments: datetime) -> datetime:
        last = max(moments, default=before)
        row["dateLastModified"] = stamp(last)
        return last

    orgs = {one["sourcedId"]: of("kernel/organisation", one["sourcedId"]) for one in roster.orgs}
    classes = {one["sourcedId"]: of("apprenticeships/cohort", one["sourcedId"]) for one in roster.classes}
    by_course: dict[str, list[datetime]] = {}
    by_term: dict[str, list[datetime]] = {}
    by_user: dict[str, list[datetime]] = {}
    for row in roster.orgs:
        put(row, orgs[row["sourcedId"]])
    for row in roster.classes:
        last = put(row, classes[row["sourcedId"]])
        by_course.setdefault(row["course"]["sourcedId"], []).append(last)
        for term in row["terms"]:
            by_term.setdefault(term["sourcedId"], []).append(last)
    for row in roster.enrollments:
        last = put(row, classes[row["class"]["sourcedId"]], of("kernel/person", row["user"]["sourcedId"]))
        by_user.setdefault(row["user"]["sourcedId"], []).append(last)
    for row in roster.courses:
        put(row, *by_course.get(row["sourcedId"], []))
    for row in roster.sessions:
        own = row.pop("_last", None)
        above = row["sourcedId"] if own is None else row["parent"]["sourcedId"]
        put(row, *by_term.get(above, []), *([] if own is None else [own]))
    for row in roster.users:
        places = [orgs[held["org"]["sourcedId"]] for held in row["roles"]]
        own = of("kernel/person", row["sourcedId"])
        put(row, own, *places, *by_user.get(row["sourcedId"], []))


def _as(row: Row, *, gone: bool) -> Row:
    return row | {"status": "tobedeleted"} if gone else row


def course_id(cohort: Cohort) -> str:
    """A programme at a school."""
    return f"{cohort.programme.public_id}-{cohort.organisation.public_id}"


def said(name: Any) -> str:
    """A name in English where there is one."""
    return Text.of(name).say("en")


def names_of(person: Person) -> tuple[str, str]:
    """(family, given), neither empty: a Chinese name by its surname, another by its last word."""
    name = " ".join(person.name.split())
    chinese = parted(name)
    if chinese is not None:
        family, given = chinese
    elif " " in name:
        given, _, family = name.rpartition(" ")
    else:
        family = given = name
    return family or given, given or family
