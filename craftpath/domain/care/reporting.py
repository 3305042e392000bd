"""Reporting an incident, with its photo, and what has to be notified because of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.care import rules
from craftpath.domain.care.facts import IncidentReported
from craftpath.domain.care.models import HURT, SEVERITIES, Incident, Notification
from craftpath.domain.care.terms import Duty, duties
from craftpath.domain.care.wording import LONGEST, SHORT, words_of
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.workdays import calendar_for
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def report_incident(
    enrolment: Enrolment,
    *,
    made_id: uuid.UUID,
    severity: str,
    hurt: str,
    what: str,
    occurred_at: datetime,
    known_at: datetime | None = None,
    place: str = "",
    first_measures: str = "",
    absence_days: int | None = None,
    photo: bytes = b"",
    by: Actor,
    at: datetime,
) -> Incident:
    """Take a report, once by its name; its notifications are due from this moment on.

    The caller has found the enrolment in the reader's scope, and has read its cohort, programme and enterprise.
    """
    require(rules.may_report(by))
    known = Incident._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return _again(known, by)
    known_at = known_at or occurred_at
    require(rules.can_have_occurred(occurred_at, known_at, at))
    if severity not in SEVERITIES or hurt not in HURT:
        raise Refused(not_now("care.word_unknown"))
    cohort = enrolment.cohort
    picture = media.photo(photo) if photo else None
    row = Incident(
        made_id=made_id,
        enrolment=enrolment,
        organisation=cohort.organisation,
        host=enrolment.enterprise,
        country=cohort.programme.jurisdiction[:2],
        severity=severity,
        hurt=hurt,
        what=words_of(what, LONGEST),
        occurred_at=occurred_at,
        known_at=known_at,
        place=place.strip()[:120],
        first_measures=words_of(first_measures, SHORT, empty=True),
        absence_days=absence_days,
        reported_by=by.person,
        reported_at=at,
    )
    if picture is not None:
        name = f"{occurred_at:%Y-%m-%d}-incident.jpg"
        row.photo = keep(picture.content, name, organisation=cohort.organisation, by=by, at=at)
    made, new = Incident._base_manager.get_or_create(made_id=made_id, defaults=_columns(row))
    if not new:
        return _again(made, by)
    renew_notifications(made, at=at)
    told = IncidentReported(made.public_id, severity)
    tell(told, by=by, at=at, organisation=made.organisation, subject=made.ref)
    return made


def _again(known: Incident, by: Actor) -> Incident:
    """The same form sent twice is one report; somebody else's name of a form is refused."""
    if by.person is None or known.reported_by_id != by.person.pk:
        raise Refused(not_now("care.word_unknown"))
    return known


def _columns(row: Incident) -> dict[str, object]:
    return {
        field.name: getattr(row, field.name)
        for field in Incident._meta.concrete_fields
        if not field.primary_key and field.name != "made_id"
    }


def renew_notifications(incident: Incident, *, at: datetime) -> None:
    """Bring an incident's notifications in line with what is known of it; what was made or waived stays."""
    zone = ZoneInfo(incident.organisation.time_zone)
    calendar = calendar_for(incident.organisation, at.astimezone(zone).date())
    standing = {row.key: row for row in Notification.objects.filter(incident=incident)}
    wanted = {duty.key: duty for duty in duties() if _binds(duty, incident)}
    gone = [row.pk for row in standing.values() if row.open and row.key not in wanted]
    Notification.objects.filter(pk__in=gone).delete()
    new = []
    for key, duty in wanted.items():
        if key in standing:
            continue
        due_at, assumed = duty.due_at(incident.occurred_at, incident.known_at, zone, calendar)
        new.append(
            Notification(
                incident=incident,
                key=key,
                name=duty.name.as_json(),
                to=duty.to.as_json(),
                source=duty.source.as_json(),
                conf=duty.conf,
                due_at=due_at,
                assumed=assumed,
            )
        )
    Notification.objects.bulk_create(new)


def _binds(duty: Duty, incident: Incident) -> bool:
    return duty.binds(
        country=incident.country,
        severity=incident.severity,
        hurt=incident.hurt,
        absence_days=incident.absence_days,
    )
