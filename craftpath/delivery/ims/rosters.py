"""OneRoster 1.2, rostering: every path of the service over one roster, for a token with the scope `roster:read`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.oneroster.rostering import Roster, Row, roster_of
from craftpath.delivery.ims.answers import NotAnswered, served
from craftpath.delivery.ims.asking import Kind, Rows, listed, single
from craftpath.domain.evaluation.rules import may_see_results
from craftpath.kernel.clients import Admitted
from craftpath.values.verdict import require

READ, WRITE = "roster:read", "roster:write"
_GONE = re.compile(r"\b(status|dateLastModified)\b")
_BASE = "sourcedId status dateLastModified metadata"


def kind(many: str, one: str, fields: str) -> Kind:
    """A kind of objects, by the names of its fields."""
    return Kind(many, one, frozenset(f"{_BASE} {fields}".split()))


SESSION = "title startDate endDate type parent children schoolYear"
KINDS = {
    "orgs": kind("orgs", "org", "name type identifier parent children"),
    "academicSessions": kind("academicSessions", "academicSession", SESSION),
    "courses": kind(
        "courses", "course", "title schoolYear courseCode grades subjects org subjectCodes resources"
    ),
    "classes": kind(
        "classes",
        "class",
        "title classCode classType location grades subjects course school terms subjectCodes periods resources",
    ),
    "users": kind(
        "users",
        "user",
        "userMasterIdentifier username userIds enabledUser givenName familyName middleName preferredFirstName "
        "preferredMiddleName preferredLastName pronouns roles userProfiles primaryOrg identifier email sms phone "
        "agents grades password resources",
    ),
    "enrollments": kind("enrollments", "enrollment", "user class school role primary beginDate endDate"),
    "demographics": kind("demographics", "demographics", "birthDate sex"),
}


def of_token(scope: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Around a view: who comes has a token with this scope, and may see people."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def framed(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            come: Admitted | None = getattr(request, "admitted", None)
            if come is None:
                raise NotAnswered(401, "unauthorisedrequest", _("Send a token: “Authorization: Bearer …”."))
            budget = request.budget  # type: ignore[attr-defined]
            if budget.over:
                raise NotAnswered(429, "server_busy", _("Too many requests. Wait a minute."))
            if not come.may(scope):
                raise NotAnswered(
                    403, "forbidden", _("The token has not the scope “%(name)s”.") % {"name": scope}
                )
            require(may_see_results(come.actor))
            if not come.actor.scope.path:
                raise NotAnswered(
                    403, "forbidden", _("Only an organisation’s staff or service has a roster.")
                )
            response: HttpResponse = budget.say(view(request, *args, **values))
            return response

        return framed

    return around


def roster(request: HttpRequest) -> Roster:
    """What the token's organisation has; with what is gone for whoever asks by state or by moment of change."""
    place = request.admitted.client.organisation  # type: ignore[attr-defined]
    return roster_of(place, timezone.now(), with_gone=asks_for_gone(request))


def asks_for_gone(request: HttpRequest) -> bool:
    """Whether the filter names the state or the moment of change: so do readers that keep a copy."""
    return _GONE.search(request.GET.get("filter", "")) is not None


def one_of(rows: list[Row], identifier: str) -> Row:
    """The row of an id; 404 where there is none."""
    found = next((row for row in rows if row["sourcedId"] == identifier), None)
    if found is None:
        raise Http404
    return found


def _of(rows: list[Row], name: str, identifier: str) -> list[Row]:
    return [row for row in rows if row[name]["sourcedId"] == identifier]


def _ids(rows: list[Row]) -> list[str]:
    return [row["sourcedId"] for row in rows]


def _schools(found: Roster) -> list[Row]:
    return [one for one in found.orgs if one["type"] == "school"]


def _in_school(found: Roster, school: str) -> list[Row]:
    one_of(_schools(found), school)
    return _of(found.classes, "school", school)


def _class_at(found: Roster, school: str, own: str) -> list[str]:
    return _ids([one_of(_in_school(found, school), own)])


def _terms(found: Roster, school: str) -> list[Row]:
    ids = {one["sourcedId"] for row in _in_school(found, school) for one in row["terms"]}
    return [one for one in found.sessions if one["sourcedId"] in ids]


def _in_term(found: Roster, term: str) -> list[Row]:
    one_of(found.sessions, term)
    return [row for row in found.classes if term in _ids(row["terms"])]


def _periods(found: Roster, term: str) -> list[Row]:
    one_of(found.sessions, term)
    return [one for one in found.of_type("gradingPeriod") if one["parent"]["sourcedId"] == term]


Many = Callable[..., list[Row]]
TERMS = ("schoolYear", "term", "semester")
COLLECTIONS: dict[str, tuple[str, Many]] = {
    "academicSessions": ("academicSessions", lambda r: r.sessions),
    "classes": ("classes", lambda r: r.classes),
    "courses": ("courses", lambda r: r.courses),
    "demographics": ("demographics", lambda r: []),
    "enrollments": ("enrollments", lambda r: r.enrollments),
    "gradingPeriods": ("academicSessions", lambda r: r.of_type("gradingPeriod")),
    "orgs": ("orgs", lambda r: r.orgs),
    "schools": ("orgs", _schools),
    "students": ("users", lambda r: r.with_role("student")),
    "teachers": ("users", lambda r: r.with_role("teacher")),
    "terms": ("academicSessions", lambda r: [one for one in r.sessions if one["type"] in TERMS]),
    "users": ("users", lambda r: r.users),
}
"""What can be asked for as a whole and one by one."""
WITHIN: dict[str, tuple[str, Many]] = {
    "schools/<str:a>/classes": ("classes", _in_school),
    "schools/<str:a>/courses": ("courses", lambda r, a: _of(r.courses, "org", one_of(_schools(r), a)["sourcedId"])),
    "schools/<str:a>/enrollments": (
        "enrollments", lambda r, a: _of(r.enrollments, "school", one_of(_schools(r), a)["sourcedId"]),
    ),
    "schools/<str:a>/students": ("users", lambda r, a: r.in_classes(_ids(_in_school(r, a)), "student")),
    "schools/<str:a>/teachers": ("users", lambda r, a: r.in_classes(_ids(_in_school(r, a)), "teacher")),
    "schools/<str:a>/terms": ("academicSessions", _terms),
    "schools/<str:a>/classes/<str:b>/enrollments": (
        "enrollments", lambda r, a, b: _of(r.enrollments, "class", _class_at(r, a, b)[0]),
    ),
    "schools/<str:a>/classes/<str:b>/students": ("users", lambda r, a, b: r.in_classes(_class_at(r, a, b), "student")),
    "schools/<str:a>/classes/<str:b>/teachers": ("users", lambda r, a, b: r.in_classes(_class_at(r, a, b), "teacher")),
    "classes/<str:a>/students": ("users", lambda r, a: r.in_classes(_ids([one_of(r.classes, a)]), "student")),
    "classes/<str:a>/teachers": ("users", lambda r, a: r.in_classes(_ids([one_of(r.classes, a)]), "teacher")),
    "courses/<str:a>/classes": (
        "classes", lambda r, a: _of(r.classes, "course", one_of(r.courses, a)["sourcedId"]),
    ),
    "students/<str:a>/classes": (
        "classes", lambda r, a: r.classes_of(one_of(r.with_role("student"), a)["sourcedId"], "student"),
    ),
    "teachers/<str:a>/classes": (
        "classes", lambda r, a: r.classes_of(one_of(r.with_role("teacher"), a)["sourcedId"], "teacher"),
    ),
    "users/<str:a>/classes": ("classes", lambda r, a: r.classes_of(one_of(r.users, a)["sourcedId"])),
    "terms/<str:a>/classes": ("classes", _in_term),
    "terms/<str:a>/gradingPeriods": ("academicSessions", _periods),
}  # fmt: skip
"""What can be asked for within something."""


def _many(name: str, find: Many) -> Callable[..., HttpResponse]:
    @served("GET")
    @of_token(READ)
    def answer(request: HttpRequest, **ids: str) -> HttpResponse:
        found = find(roster(request), *ids.values())
        return listed(request, KINDS[name], Rows(found, lambda row: row))

    return answer


def _one(name: str, find: Many) -> Callable[..., HttpResponse]:
    @served("GET")
    @of_token(READ)
    def answer(request: HttpRequest, own: str) -> HttpResponse:
        return single(request, KINDS[name], one_of(find(roster(request)), own))

    return answer


def views() -> list[tuple[str, Callable[..., HttpResponse], str]]:
    """(path, view, name) of the whole service."""
    found = []
    for path, (name, find) in COLLECTIONS.items():
        found += [(path, _many(name, find), path), (f"{path}/<str:own>", _one(name, find), f"{path}_one")]
    for path, (name, find) in WITHIN.items():
        label = path.replace("<str:", "").replace(">", "").replace("/", "_")
        found.append((path, _many(name, find), label))
    return found


@served("GET", "POST", "PUT", "DELETE")
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked for."""
    raise Http404
