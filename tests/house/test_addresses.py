"""Every address: a nobody is sent to sign in, a stranger gets 404, a GET writes nothing, and insiders get an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from craftpath.delivery.exchange.trial import book_of, first_reading, target_of
from craftpath.domain.evaluation.actions import basis_of, decide_results, raise_contest
from craftpath.domain.evaluation.models import Contest, Mark, ResultVersion
from craftpath.domain.learning.models import Attendance
from craftpath.kernel.access import system
from craftpath.kernel.layouts import Layout, keep_layout, try_layout
from craftpath.kernel.notices import Notice, load_notice
from craftpath.kernel.sheets import SheetImport, read_sheet_as, take_sheet
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.exchange.layouts import workbook
from tests.house.furnishing import call_the_roll

# Who may come without signing in, and why.
PUBLIC = {
    "account_login",
    "accounts:invitation",  # a link that somebody was given; it asks for itself whether it serves
    "account_logout",  # asks for a POST and ends nothing for a nobody
    "shell:language",
    "shell:theme",
    "shell:health",
    "start:form",
    "demo:sign_in",
    "demo:sample",
    "components:gallery",
    "desks:mine",  # sends a nobody to sign in itself
}


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}", entry


CONTESTED = {
    "evaluation:contest",
    "evaluation:uphold",
    "evaluation:correct_contested",
    "evaluation:withdraw",
    "evaluation:raise",
    "evaluation:correct",
}  # their pages are there once a result is decided
NAMES = sorted({name for name, _ in _walk(get_resolver())})
INSIDE = [
    name
    for name, pattern in _walk(get_resolver())
    if name not in PUBLIC and ":" in name and not name.startswith(("accounts", "components"))
]


@pytest.fixture
def sheet(cast: Cast) -> SheetImport:
    """A sheet on its way in."""
    return make_sheet(cast)


def make_sheet(cast: Cast) -> SheetImport:
    """Upload a small sheet of marks, as a coordinator does."""
    with everywhere("a test looks at everything"):
        sheet = take_sheet(
            content="学号,姓名,出勤\n26001,陈雨桐,91\n".encode(),
            name="marks.csv",
            kind="marks",
            target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
            reading={},
            organisation=cast.college,
            by=cast.actor("coordinator"),
            at=AT,
        )
        reading = first_reading(book_of(sheet), target_of(sheet)).as_json()
        return read_sheet_as(sheet, reading=reading, by=cast.actor("coordinator"), at=AT)


def make_notice() -> Notice:
    """The site's own privacy notice."""
    load_notice(by=system(), at=AT)
    return Notice.objects.get(organisation=None)


def make_trial(cast: Cast, content: bytes) -> str:
    """Upload a layout that is only looked at so far."""
    with everywhere("a test looks at everything"):
        by = cast.actor("coordinator")
        tried = try_layout(content=content, filename="b.xlsx", organisation=cast.college, by=by, at=AT)
        return tried.public_id


def make_layout(cast: Cast) -> Layout:
    """Let a small layout be kept, once."""
    with everywhere("a test looks at everything"):
        by, content = cast.actor("coordinator"), workbook({"A1": "{name}", "B1": "{total}"})
        tried = try_layout(content=content, filename="a.xlsx", organisation=cast.college, by=by, at=AT)
        return keep_layout(tried, name="Our form", replace=True, by=by, at=AT)


def make_contest(cast: Cast) -> Contest:
    """Decide the apprentice's result, once, and let it be contested."""
    with everywhere("a test looks at everything"):
        standing = Contest.objects.first()
        if standing is not None:
            return standing
        coordinator = cast.actor("coordinator")
        decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=coordinator, at=AT)
        version = ResultVersion.objects.get(enrolment=cast.enrolments["26001"])
        return raise_contest(version, words="Please look again.", by=cast.actor("apprentice"), at=AT)


def make_attendance(cast: Cast) -> Attendance:
    """The apprentice's line in a session whose roll was called, once; there is an objection to it."""
    with everywhere("a test looks at everything"):
        if not Attendance.objects.exists():
            call_the_roll(cast)
        return Attendance.objects.select_related("session").get(enrolment__number="26001")


def _address(name: str, cast: Cast, sheet: SheetImport) -> str:
    with everywhere("a test looks at everything"):
        mark = Mark.objects.filter(enrolment=cast.enrolments["26001"]).first()
    assert mark is not None
    values: dict[str, Any] = {
        "organisation": cast.college.key,
        "cohort": cast.cohort.public_id,
        "evaluation": cast.evaluation.public_id,
        "enrolment": cast.enrolments["26001"].public_id,
        "scheme": cast.scheme.public_id,
        "mark": mark.public_id,
        "sheet": sheet.public_id,
        "kind": "marks",
        "target": cast.evaluation.public_id,
        "form": "csv",
        "person": cast.people["trainer"].public_id,
        "notice": make_notice().public_id,
        "layout": make_layout(cast).public_id,
        "token": "no-such-invitation",
        "pk": 1,
        "language": "en",
    }
    if name in CONTESTED:
        values["contest"] = make_contest(cast).public_id
    if name.startswith("learning:"):
        values["attendance"] = make_attendance(cast).public_id
        values["session"] = make_attendance(cast).session.public_id
    wanted = [pattern for known, pattern in _walk(get_resolver()) if known == name][0]
    # The organisation stands in the part above; the rest in the pattern itself.
    names = set(wanted.pattern.converters)
    for kwargs in (names | {"organisation"}, names):
        try:
            return reverse(name, kwargs={key: values[key] for key in kwargs})
        except Exception:  # noqa: BLE001, S112
            continue
    raise AssertionError(f"no address for {name} with {names}")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PUBLIC])
def test_a_nobody_is_sent_to_sign_in(name: str, cast: Cast, sheet: SheetImport) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(_address(name, cast, sheet))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("name", INSIDE)
def test_a_stranger_gets_404(name: str, cast: Cast, sheet: SheetImport) -> None:
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    for method in ("get", "post"):
        assert getattr(stranger, method)(_address(name, cast, sheet)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in INSIDE
        if name
        not in {
            "desks:home",
            "evaluation:contests",
            "apprenticeships:cohorts",
            "apprenticeships:plan",
            "sheets:list",
            "programmes:schemes",
            "programmes:from_file",
            "people:list",
            "people:slips",
            "people:roles",
            "people:invite",
            "people:invitations",
            "people:second_factor",
            "people:privacy",
            "people:guardian",
            "history:list",
            "history:export",
            "sheets:new",
            "layouts:list",
            "learning:sessions",
            "learning:plan",
            "learning:close",
            "learning:mine",
            "learning:confirm",
            "learning:sums",
        }
    ],
)
def test_ids_of_another_organisation_are_404_at_home(name: str, cast: Cast, sheet: SheetImport) -> None:
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    address = _address(name, cast, sheet).replace(f"/o/{cast.college.key}/", f"/o/{cast.neighbour.key}/")
    for method in ("get", "post"):
        assert getattr(stranger, method)(address).status_code in {404, 405}, method


@pytest.mark.parametrize(
    "who",
    [
        "coordinator",
        "administrator",
        "trainer",
        "hr",
        "officer",
        "auditor",
        "assessor",
        "mentor",
        "apprentice",
    ],
)
def test_a_get_answers_every_role_without_writing(who: str, cast: Cast, sheet: SheetImport) -> None:
    """`reads_only_read` raises on any write, so an answer below 500 proves that none was tried."""
    client = Client()
    client.force_login(cast.people[who])
    seats = {"hr": cast.jinheng, "mentor": cast.jinheng, "officer": cast.city, "auditor": cast.city}
    for name in INSIDE:
        address = _address(name, cast, sheet)
        if who in seats:
            address = address.replace(f"/o/{cast.college.key}/", f"/o/{seats[who].key}/")
        answer = client.get(address)
        assert answer.status_code in {200, 302, 403, 404, 405, 409}, (name, answer.status_code)
