"""What a certificate says, fixed when it is issued: as rows for the paper and the page, and as a credential.

`content` has: number, kind (public id), purpose, title, criteria, holder {name, latin}, issuer, on, until ("" without
an end), level {scheme, level, scheme_name, name} or {}, occupation, lines [{label, value}], skills [{key, name, code,
uri, framework}], design. Names of things are {zh, en}; days are ISO texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from craftpath.domain.certificates import levels
from craftpath.domain.standards.queries import skills_by_key
from craftpath.engines.credentials import documents, sign, token
from craftpath.values.period import later
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate, Kind
    from craftpath.domain.standards.models import Skill
    from craftpath.engines.credentials import SigningKey
    from craftpath.kernel.people import Person

TYPES = {
    "course": "Course",
    "skill": "Competency",
    "diploma": "Diploma",
    "workshop": "CertificateOfCompletion",
}
"""What Open Badges calls a purpose; a certificate otherwise."""


def says(
    kind: Kind,
    person: Person,
    lines: Sequence[Mapping[str, Any]],
    *,
    on: date,
    skills: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """What one paper says, but for its number."""
    until = valid_until(kind, on)
    return {
        "kind": kind.public_id,
        "purpose": kind.purpose,
        "title": kind.title,
        "criteria": kind.criteria,
        "holder": {"name": person.name, "latin": person.name_latin},
        "issuer": kind.organisation.name,
        "on": on.isoformat(),
        "until": until.isoformat() if until else "",
        "level": level_of(kind),
        "occupation": kind.occupation.name if kind.occupation is not None else {},
        "lines": [dict(one) for one in lines],
        "skills": list(skills),
        "design": kind.design,
    }


def preview(kind: Kind, person: Person, lines: Sequence[Mapping[str, Any]], *, on: date) -> dict[str, Any]:
    """What one's paper would say if it were issued now."""
    return says(kind, person, lines, on=on, skills=skills_of(kind))


def valid_until(kind: Kind, on: date) -> date | None:
    """The last day of a certificate that is issued on a day."""
    return later(on, kind.valid_months) if kind.valid_months else None


def level_of(kind: Kind) -> dict[str, Any]:
    """The level with its scheme, which never go one without the other."""
    found = levels.level(kind.scheme, kind.level)
    if found is None:
        return {}
    scheme = next(one for one in levels.schemes() if one.key == found.scheme)
    return {
        "scheme": found.scheme,
        "level": found.key,
        "scheme_name": scheme.name.as_json(),
        "name": found.name.as_json(),
    }


def skills_of(kind: Kind) -> list[dict[str, Any]]:
    """The skills to which a kind is aligned, as their frameworks say them; one query."""
    found = skills_by_key(kind.skills)
    return [_skill(found[key]) for key in kind.skills if key in found]


def _skill(skill: Skill) -> dict[str, Any]:
    return {
        "key": skill.key,
        "name": skill.name,
        "code": skill.identifier,
        "uri": skill.uri or f"urn:uuid:{skill.identifier}",  # as the framework itself is exchanged
        "framework": skill.framework.name,
    }


def credential_of(row: Certificate, issuer: str) -> dict[str, Any]:
    """The credential of a certificate that has its number, its place and its content; not signed yet."""
    said = row.content
    zone = ZoneInfo(row.organisation.time_zone)
    name = Text.of(said["title"]).both()
    page = f"{settings.ADDRESS}/o/{row.organisation.key}/certificates/kinds/{said['kind']}/"
    scale = _scale(said["level"], page)
    return documents.achievement(
        id=f"{settings.ADDRESS}/c/{row.public_id}/credential.json",
        issuer=documents.Issuer(issuer, Text.of(said["issuer"]).both(), settings.ADDRESS),
        holder=documents.Holder(identifiers=(documents.Identifier(said["holder"]["name"], "name"),)),
        what=documents.Achievement(
            id=page,
            name=name,
            description=Text.of(said["criteria"]).both() or name,
            criteria=Text.of(said["criteria"]).both() or name,
            kind=TYPES.get(said["purpose"], "Certificate"),
            alignments=tuple(_alignment(one) for one in said["skills"]),
            scales=(scale,) if scale else (),
        ),
        valid_from=_midnight(row.issued_on, zone),
        valid_until=_last_second(row.valid_until, zone) if row.valid_until else None,
        awarded=_midnight(row.issued_on, zone),
        status=documents.status_entry(list_address(row), row.status_place),
        results=(documents.Result(scale.id, scale.steps[0].id),) if scale else (),
        licence=row.number,
    )


def signed(row: Certificate, issuer: str, key: SigningKey, at: datetime) -> None:
    """Put the credential and the token on a certificate."""
    method = documents.method_of(issuer, key.public_multikey)
    bare = credential_of(row, issuer)
    row.credential = sign(bare, key, method=method, created=at)
    row.token = token(bare, key, method=method)


def list_address(row: Certificate) -> str:
    """Where the status list is read that says whether a certificate still holds."""
    return f"{settings.ADDRESS}/c/status/{row.organisation.key}/{row.status_list.number}.json"


def _alignment(one: Mapping[str, Any]) -> documents.Alignment:
    framework = Text.of(one["framework"]).both()
    return documents.Alignment(one["uri"], Text.of(one["name"]).both(), one["code"], framework, kind="CFItem")


def _scale(level: Mapping[str, Any], page: str) -> documents.Scale | None:
    if not level:
        return None
    place = f"{page}#{level['scheme']}"
    step = documents.Step(f"{place}-{level['level']}", Text.of(level["name"]).both(), level["level"])
    return documents.Scale(place, Text.of(level["scheme_name"]).both(), (step,))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _last_second(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)
