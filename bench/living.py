"""Life for the people of `nation.py`: logs, reviews, sessions with their rolls, and texts that wait to be signed.

Rows go in by plain SQL and hold what the actions would have written, seen from today: for each apprentice a trainer of
the college, five entries
(four confirmed, one waits, for one in eight apprentices longer than a week), one signed review and one that is planned
or overdue; for each cohort a session of yesterday with its roll and one of today; one text in forty waits.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from nation import DAY, Nation, fill, seed

TRAINERS = 10  # of each college; each has every tenth cohort


def live(people: int, *, one_college: bool) -> dict[str, Any]:
    """Fill an empty site: its nation, and `readers` as role → (key of the place, id of the person)."""
    nation = seed(people, one_college=one_college)
    from django.db import connection, transaction

    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement fills its database"), transaction.atomic():
        readers = _live(nation)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {**asdict(nation), "readers": readers}


def _live(nation: Nation) -> dict[str, tuple[str, int]]:
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty
    from craftpath.kernel.access import join
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    today = timezone.localdate()
    country = Organisation.objects.get(key="country")
    colleges = list(Organisation.objects.filter(kind="college").order_by("pk"))
    firms = list(Organisation.objects.filter(kind="enterprise").order_by("pk"))

    def staff(name: str, role: Role, place: Organisation) -> Person:
        person = Person.objects.create_user(name, name="何静", language="en")
        join([person], place, role, on=date.fromisoformat(DAY))
        return person

    trainers = {
        college.pk: [staff(f"t{college.pk}-{n}", Role.TRAINER, college) for n in range(TRAINERS)]
        for college in colleges
    }
    hr = [staff(f"hr{n}", Role.HR, firm) for n, firm in enumerate(firms)]
    officer = staff("officer", Role.OFFICER, country)
    administrator = staff("admin", Role.ADMINISTRATOR, country)
    auditor = staff("auditor", Role.AUDITOR, country)

    mentors = dict(EnrolmentParty.objects.filter(role="mentor").values_list("enrolment_id", "person_id"))
    rows = list(
        Enrolment._base_manager.order_by("pk").values_list(
            "pk", "cohort_id", "cohort__organisation_id", "enterprise_id"
        )
    )
    cohorts = list(Cohort._base_manager.order_by("pk").values_list("pk", "organisation_id"))
    trainer = {pk: trainers[college][pk % TRAINERS].pk for pk, college in cohorts}
    fill(
        EnrolmentParty,
        ("enrolment", "person", "role", "starts_on"),
        ((row[0], trainer[row[1]], "trainer", DAY) for row in rows),
    )
    _logs(rows, mentors, today)
    _reviews(rows, mentors, trainer, today)
    _sessions(cohorts, rows, trainer, today)
    _texts(rows, {firm.pk: firm for firm in firms}, mentors)
    mine = next(row for row in rows if row[1] == cohorts[1][0])
    assessor, both = (
        staff("assessor", Role.ASSESSOR, colleges[0]),
        staff("both", Role.TRAINER, colleges[0]),
    )
    join([both], colleges[0], Role.COORDINATOR, on=date.fromisoformat(DAY))
    fill(
        EnrolmentParty,
        ("enrolment", "person", "role", "starts_on"),
        (
            (row[0], person.pk, role, DAY)
            for row in rows
            if row[1] == cohorts[1][0]
            for person, role in ((assessor, "assessor"), (both, "trainer"))
        ),
    )
    mentor = mentors[mine[0]]
    apprentice = Enrolment._base_manager.get(pk=mine[0]).person_id
    return {
        "apprentice": (Organisation.objects.get(pk=mine[2]).key, apprentice),
        "mentor": (_seat(mentor), mentor),
        "trainer": (colleges[0].key, trainer[cohorts[1][0]]),
        "coordinator": (nation.college, nation.coordinator),
        "assessor": (colleges[0].key, assessor.pk),
        "trainer and coordinator": (colleges[0].key, both.pk),
        "HR": (firms[1].key, hr[1].pk),
        "HR of a large enterprise": (firms[0].key, hr[0].pk),
        "officer": ("country", officer.pk),
        "auditor": ("country", auditor.pk),
        "administrator": ("country", administrator.pk),
    }


def _seat(person: int) -> str:
    from craftpath.kernel.access import Membership

    return str(Membership.objects.filter(person_id=person).values_list("organisation__key", flat=True)[0])


def _logs(rows: list[Any], mentors: dict[int, int], today: date) -> None:
    from craftpath.domain.logbook.models import Entry

    def entries() -> Any:
        for n, (pk, *_) in enumerate(rows):
            for back in (35, 28, 21, 14, 9 if n % 8 == 0 else 2):
                done = back >= 14
                at = f"{today - timedelta(days=back)} 09:00:00+00:00"
                yield (
                    f"l{pk:08d}{back:03d}", pk, uuid.UUID(int=pk * 100 + back).hex, str(today - timedelta(days=back)),
                    "装夹、试切、测量，尺寸合格。", 480, "workplace", "车削一组", "communication",
                    "confirmed" if done else "submitted", at, at, at, at,
                    at if done else None, mentors[pk] if done else None,
                )  # fmt: skip

    fill(
        Entry,
        ("public_id", "enrolment", "made_id", "on", "text", "minutes", "bucket", "place", "skill", "state",
         "written_at", "saved_at", "submitted_at", "first_submitted_at", "confirmed_at", "confirmed_by"),
        entries(),
    )  # fmt: skip


def _reviews(rows: list[Any], mentors: dict[int, int], trainer: dict[int, int], today: date) -> None:
    from craftpath.domain.reviews.models import Review

    def reviews() -> Any:
        for pk, cohort, college, _firm in rows:
            for number, away in ((1, -60), (2, pk % 30 - 3)):
                due, held = today + timedelta(days=away), number == 1
                yield (
                    f"r{pk:08d}{number:03d}", college, pk, number, "signed" if held else "scheduled", str(due),
                    f"{due} 02:00:00+00:00", f"{due} 02:30:00+00:00", "on_site", mentors[pk], trainer[cohort],
                    "green" if held else "", str(due) if held else None, f"{due} 03:00:00+00:00" if held else None,
                    f"{due} 03:00:00+00:00",
                )  # fmt: skip

    fill(
        Review,
        ("public_id", "organisation", "enrolment", "round", "state", "due_on", "starts_at", "ends_at", "mode",
         "mentor", "trainer", "colour", "held_on", "signed_at", "changed_at"),
        reviews(),
    )  # fmt: skip


def _sessions(cohorts: list[Any], rows: list[Any], trainer: dict[int, int], today: date) -> None:
    from craftpath.domain.learning.models import Attendance, Roll, Session, SessionCohort, SessionTeacher

    title = json.dumps({"zh": "测量", "en": "Measuring"})
    kinds = [(pk, college, n) for pk, college in cohorts for n in (1, 0)]  # yesterday's and today's
    fill(
        Session,
        ("id", "public_id", "organisation", "title", "kind", "mode", "starts_at", "ends_at", "state", "revision",
         "changed_at"),
        (
            (2 * pk + n, f"s{2 * pk + n:011d}", college, title, "lesson", "on_site",
             f"{today - timedelta(days=n)} 00:30:00+00:00", f"{today - timedelta(days=n)} 02:00:00+00:00",
             "closed" if n else "planned", n, f"{today} 00:00:00+00:00")
            for pk, college, n in kinds
        ),
    )  # fmt: skip
    fill(SessionCohort, ("session", "cohort"), ((2 * pk + n, pk) for pk, _, n in kinds))
    fill(
        SessionTeacher,
        ("session", "person", "kind"),
        ((2 * pk + n, trainer[pk], "trainer") for pk, _, n in kinds),
    )
    fill(
        Roll,
        ("id", "public_id", "session", "made_id", "base", "revision", "marks", "taken_by", "taken_at", "saved_at"),
        (
            (pk, f"q{pk:011d}", 2 * pk + 1, uuid.UUID(int=pk).hex, 0, 1, "{}", trainer[pk],
             f"{today} 00:00:00+00:00", f"{today} 00:00:00+00:00")
            for pk, _ in cohorts
        ),
    )  # fmt: skip
    fill(
        Attendance,
        ("public_id", "session", "enrolment", "status", "minutes", "roll", "marked_by", "marked_at", "since"),
        (
            (f"z{pk:011d}", 2 * cohort + 1, pk, "present" if pk % 9 else "absent", 90 if pk % 9 else 0, cohort,
             trainer[cohort], f"{today} 00:00:00+00:00", 1)
            for pk, cohort, *_ in rows
        ),
    )  # fmt: skip


def _texts(rows: list[Any], firms: dict[int, Any], mentors: dict[int, int]) -> None:
    """One text in forty: the apprentice has not signed, nor has the enterprise."""
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.signing import Document, SigningParty

    people = dict(Enrolment._base_manager.values_list("pk", "person_id"))
    chosen = [row for row in rows if row[0] % 40 == 0]
    content = json.dumps({"title": {"zh": "学徒协议", "en": "Apprenticeship agreement"}, "sections": []})
    fill(
        Document,
        ("id", "public_id", "organisation", "subject", "kind", "content", "text", "sha256", "made_at"),
        (
            (pk, f"d{pk:011d}", college, f"agreements/agreement/a{pk:011d}", "agreement", content,
             json.dumps({"zh": "…", "en": "…"}), "0" * 64, f"{DAY} 00:00:00+00:00")
            for pk, _cohort, college, _firm in chosen
        ),
    )  # fmt: skip
    fill(
        SigningParty,
        ("public_id", "document", "order", "role", "name", "person", "organisation"),
        (
            line
            for pk, _cohort, _college, firm in chosen
            for line in (
                (f"x{pk:010d}a", pk, 1, "apprentice", "学徒", people[pk], None),
                (f"x{pk:010d}e", pk, 2, "enterprise", "企业", None, firm),
            )
        ),
    )
