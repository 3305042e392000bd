"""What somebody with a stolen laptop of a point would try: bundles with its keys, and not from its program."""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from craftpath.domain.logbook.models import Entry, EntryFile
from craftpath.kernel.access import Membership
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import ConsentEvent
from craftpath.kernel.files import KeptFile, drop
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.points.carried import carried
from craftpath.kernel.points.outgoing import _Outgoing
from craftpath.kernel.points.spelling import Names, columns, spell
from craftpath.kernel.points.tables import CarriedRow, Clash, HeldRow, Site

# What is added to each bundle that is made: label → lines, and what its manifest says otherwise.
_lines: dict[str, list[Any]] = {}
_manifest: dict[str, Any] = {}
_true_lines, _true_manifest = _Outgoing._lines, _Outgoing._manifest
DAY = 24 * 3600 * 1000


def _more_lines(self: _Outgoing, one: Any, lacking: Any) -> Iterator[Any]:
    yield from _true_lines(self, one, lacking)
    yield from _lines.get(one.label, [])


def _other_manifest(self: _Outgoing, rows: int) -> dict[str, Any]:
    return {**_true_manifest(self, rows), **_manifest}


_Outgoing._lines = _more_lines  # type: ignore[method-assign]
_Outgoing._manifest = _other_manifest  # type: ignore[method-assign]


def honest() -> dict[str, Any]:
    """Forge nothing any more."""
    _lines.clear()
    _manifest.clear()
    return {}


def add(label: str, called: str, values: dict[str, Any], *, days_ahead: int = 0) -> dict[str, Any]:
    """Say a row that nobody wrote: as one that is here, but for these values."""
    one, site = carried()[label], Site.objects.get(pk=1)
    row = one.model._base_manager.order_by("pk").values_list(*columns(one))[0]
    ((_key, said),) = spell(one, [row], Names())
    for place, field in enumerate(one.fields):
        said[place] = values.get(field.attname, said[place])
    name = f"{site.instance}:{called}" if called.isdigit() else called
    stamp = [site.latest + days_ahead * DAY, site.instance, {site.instance: site.written}]
    _lines.setdefault(label, []).append([[name], {"r": stamp}, 0, said])
    return {}


def pretend_all(**changes: Any) -> dict[str, Any]:
    """Say other things in the manifest."""
    _manifest.update(changes)
    return {}


def entry(of: str) -> dict[str, Any]:
    """The first entry of somebody."""
    row = Entry.objects.filter(enrolment__public_id=of).order_by("pk")[0]
    return {"public_id": row.public_id, "made_id": str(row.made_id), "text": row.text, "pk": row.pk}


def write_history(word: str) -> dict[str, Any]:
    """Write over what happened here."""
    return {"rows": AuditEntry.objects.update(payload={"forged": word})}


def history() -> dict[str, Any]:
    """What has happened, by its public id."""
    return dict(AuditEntry.objects.values_list("public_id", "payload"))


def blame(label: str, of: int, other: dict[str, Any]) -> dict[str, Any]:
    """Make a clash up about a row of one's own."""
    row = CarriedRow.objects.get(label=label, local=str(of))
    Clash.objects.create(
        mark="forged", organisation=Organisation.objects.order_by("-depth")[0], label=label, name=row.name,
        found_at="2026-09-14T01:00Z", kept={}, other=other, kept_site="x", other_site="y",
    )  # fmt: skip
    return {}


def take_role(who: str, key: str, until: str = "") -> dict[str, Any]:
    """Give somebody a password and a role in an organisation, or take the role away on a day."""
    person = Person.objects.get(username=who)
    if until:
        rows = Membership.objects.filter(person=person, organisation__key=key)
        rows.update(ends_on=date.fromisoformat(until))
        return {}
    Person.objects.filter(pk=person.pk).update(password="of-" + who, email=f"{who}@example.org")
    Membership.objects.create(
        person=person,
        organisation=Organisation.objects.get(key=key),
        role="trainer",
        starts_on=date(2026, 9, 1),
    )
    return {"name": person.name}


def known(called: str) -> dict[str, Any]:
    """How somebody is known here, by name."""
    return {"as": list(Person.objects.filter(name=called).values_list("username", "password", "email"))}


def kept(name: str) -> dict[str, Any]:
    """Where a file lies, and whether its bytes do."""
    row = KeptFile.objects.get(name=name)
    return {"content": row.content.name, "public_id": row.public_id}


def named(who: str) -> dict[str, Any]:
    """Somebody who is known here, with what this site calls them in bundles."""
    row = Person.objects.get(name=who)
    name = CarriedRow.objects.get(label="kernel.Person", local=str(row.pk)).name
    return {"name": name, "pk": row.pk}


def strangers() -> dict[str, Any]:
    """Names of those who cannot sign in here."""
    return {"names": sorted(Person.objects.filter(username__startswith="-").values_list("name", flat=True))}


def consent(of: int) -> dict[str, Any]:
    """Somebody says yes."""
    ConsentEvent.objects.create(
        person_id=of, said_by_id=of, purpose="photos", purpose_version=1, given=True, at="2026-09-14T01:00Z"
    )
    return {}


def detach(name: str) -> dict[str, Any]:
    """Take a photo away again, with its bytes."""
    EntryFile.objects.filter(kept__name=name).delete()
    with transaction.atomic():
        drop(KeptFile.objects.get(name=name))
    return {}


def lies(content: str) -> dict[str, Any]:
    """Whether there are bytes at a place."""
    return {"there": default_storage.exists(content)}


def shorten_held() -> dict[str, Any]:
    """What waits had a column less when it came."""
    for row in HeldRow.objects.all():
        row.content[3] = row.content[3][:-1]
        row.save()
    return {}


def attach(of: str, name: str) -> dict[str, Any]:
    """A photo on the first entry of somebody."""
    entry = Entry.objects.filter(enrolment__public_id=of).order_by("pk")[0]
    kept = KeptFile(
        organisation=entry.enrolment.cohort.organisation, kept_at=datetime(2026, 9, 14, tzinfo=UTC), name=name,
        size=1, sha256=hashlib.sha256(b"x").hexdigest(),
    )  # fmt: skip
    kept.content.save("x", ContentFile(b"x"))
    row = EntryFile.objects.create(
        entry=entry,
        made_id=uuid.uuid4(),
        kind="photo",
        media_type="image/jpeg",
        kept=kept,
        added_at=kept.kept_at,
    )
    return {"pk": row.pk}


class Busy:
    """A file that somebody writes into who sees, each time, whether the rest of the program could write too."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.free = stream, True

    def write(self, data: bytes) -> int:
        """Write, and try the lock of the database."""
        self.try_lock()
        return self.stream.write(data)

    def try_lock(self) -> None:
        """Begin to write on a connection of one's own."""
        other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self.free = False
        finally:
            other.close()


COMMANDS = (
    honest, add, pretend_all, entry, write_history, history, blame, take_role, known, kept, named, strangers,
    consent, attach, detach, lies, shorten_held,
)  # fmt: skip
