"""A directory with groups, and ways to sign in that are switched off: what the administrator of a college looks at."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.kernel.access import Actor, actor_in, memberships_on, system
from craftpath.kernel.directory.groups import add_group, map_group, preview
from craftpath.kernel.directory.people import Described, add_entry
from craftpath.kernel.directory.tables import DirectoryEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_on.entering import Vouched, enter
from craftpath.kernel.sign_on.keeping import Settings, add_provider, keep_meanings, switch_provider

TRAINERS = 5  # of the college whom its directory knows
GROUPS = ("实训教师", "质量督导", "教务处")  # as a college's own directory calls them
MEANINGS = {"实训教师": Role.TRAINER, "质量督导": Role.AUDITOR, "教务处": Role.COORDINATOR}


def open_the_door(places: Places, staff: Staff, *, at: datetime) -> None:
    """The college's directory by SCIM, and its account service after a trial: its groups wait to be looked at."""
    by = actor_in(staff.administrator, places.college, at.date())
    if by is None:
        raise RuntimeError("the demo's administrator has no role")
    known = _trainers(places, staff, at)
    _directory(places, [*known, staff.coordinator], by, at)
    _ways(places, known, by, at)


def _trainers(places: Places, staff: Staff, at: datetime) -> list[Person]:
    held = memberships_on(at.date()).filter(organisation=places.college, role=Role.TRAINER.value)
    others = [row.person for row in held.order_by("pk") if row.person_id != staff.trainer.pk]
    return [staff.trainer, *others[: TRAINERS - 1]]


def _directory(places: Places, people: list[Person], by: Actor, at: datetime) -> None:
    """Everybody in it, one group that means a role, and two of which nobody has decided anything."""
    when = at - timedelta(days=12)
    entries: list[DirectoryEntry] = [
        add_entry(
            places.college,
            Described(
                person.username, external_id=f"HR-{number:04}", name=person.name, email=person.email or ""
            ),
            by=by,
            at=when,
        )
        for number, person in enumerate(people, 101)
    ]
    parts = zip(GROUPS, (entries[:-1], entries[1:3], entries[-1:]), strict=True)
    teachers, *_waiting = [
        add_group(places.college, name=name, external_id="", members=_members(some), by=by, at=when)
        for name, some in parts
    ]
    seen = preview(teachers, Role.TRAINER, when).digest
    map_group(teachers, Role.TRAINER, seen=seen, by=by, at=at - timedelta(days=10))


def _nobody_knows() -> str:
    return secrets.token_urlsafe(16)


def _members(entries: list[DirectoryEntry]) -> dict[str, str]:
    return {entry.public_id: entry.person.name for entry in entries}


def _ways(places: Places, people: list[Person], by: Actor, at: datetime) -> None:
    """An account service, tried by a few and switched off again, and a chat that nobody has switched on yet."""
    when = at - timedelta(days=9)
    said = Settings(
        "oidc", "学院统一身份认证（示例）", "craftpath", issuer="https://sso.lanchuan.example", secret=_nobody_knows(),
        match="number", number_claim="staff_number", groups_claim="groups",
    )  # fmt: skip
    way = switch_provider(add_provider(places.college, said, by=by, at=when), "on", by=by, at=when)
    keep_meanings(way, {name: role.value for name, role in MEANINGS.items()}, by=by, at=when)
    for number, person in enumerate(people[:3], 1):
        groups = [GROUPS[0], *GROUPS[1:2][: number - 1]]
        told = Vouched(f"acc-{number:04}", person.name, number=person.username, groups=groups)
        enter(way, told, by=system(places.college), at=when + timedelta(hours=number))
    switch_provider(way, "off", by=by, at=at - timedelta(days=8))
    chat = Settings(
        "wecom", "企业微信（示例）", "ww0000000000000000", agent_id="1000002", secret=_nobody_knows()
    )
    add_provider(places.college, chat, by=by, at=at - timedelta(days=3))
