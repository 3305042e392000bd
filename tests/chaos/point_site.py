"""One of the sites of a schedule, in a process of its own: reads a command a line, answers with a line of JSON.

The site is the one of `CRAFTPATH_VAR`. It writes as somebody would who works there: each write leaves a word of its own
and says which word it wrote over, so that in the end it can be told whether any was lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection  # noqa: E402

from craftpath.delivery.commands.laying import lay_tables  # noqa: E402
from craftpath.domain.apprenticeships.actions import (  # noqa: E402
    RosterEntry,
    plan_cohort,
    start_cohort,
    take_roster,
)
from craftpath.domain.apprenticeships.models import Cohort, Enrolment  # noqa: E402
from craftpath.domain.learning.models import Attendance, Roll, Session, SessionCohort  # noqa: E402
from craftpath.domain.logbook.models import Entry, EntryFile, Remark, Talk  # noqa: E402
from craftpath.kernel.access import system  # noqa: E402
from craftpath.kernel.files import KeptFile  # noqa: E402
from craftpath.kernel.organisations import Organisation  # noqa: E402
from craftpath.kernel.people import Person  # noqa: E402
from craftpath.kernel.points import outgoing  # noqa: E402
from craftpath.kernel.points.carried import Way, carried, schema_print  # noqa: E402
from craftpath.kernel.points.gathering import rows_of  # noqa: E402
from craftpath.kernel.points.incoming import take_bundle  # noqa: E402
from craftpath.kernel.points.keeping import join, revoke_point, set_up_point, settle_clash  # noqa: E402
from craftpath.kernel.points.noticing import renew_site, this_instance  # noqa: E402
from craftpath.kernel.points.outgoing import make_bundle, migrations  # noqa: E402
from craftpath.kernel.points.spelling import columns, plain  # noqa: E402
from craftpath.kernel.points.tables import CarriedRow, Clash, HeldRow, Point  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from craftpath.values.verdict import Refused  # noqa: E402
from tests import cast as casting  # noqa: E402
from tests.chaos import point_forgery as forgery  # noqa: E402

START = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
clock = START


def _now() -> datetime:
    return clock


def lay() -> dict[str, Any]:
    """Tables, and nothing in them."""
    lay_tables()
    return {}


def found() -> dict[str, Any]:
    """The hub: the cast, and a second cohort at the campus, which two points share."""
    cast = casting.build()
    by = cast.actor("coordinator", cast.campus)
    cohort = plan_cohort(
        organisation=cast.campus, programme=cast.programme, name={"zh": "钳工 1 班", "en": "Fitters 1"},
        occupation={"zh": "钳工", "en": "Fitter"}, starts_on=date(2026, 3, 2), by=by, at=START,
    )  # fmt: skip
    cohort = start_cohort(cohort, by=by, at=START)
    roster = [
        RosterEntry(
            str(n), f"学徒{n}", name_latin=f"Learner {n}", enterprise=cast.jinheng, mentor=None, stage=None
        )
        for n in (1, 2, 3)
    ]
    take_roster(cohort, roster, by=by, at=START)
    for one in Cohort.objects.all():
        session = Session.objects.create(
            organisation=one.organisation, title={"zh": "焊接", "en": "Welding"}, kind="lesson", mode="on_site",
            starts_at=START, ends_at=START + timedelta(hours=1), changed_at=START,
        )  # fmt: skip
        SessionCohort.objects.create(session=session, cohort=one)
    for who in Enrolment.objects.all():
        _entry(who, f"first-{who.number}-{who.pk}")
    return {}


def point(key: str, setup: str) -> dict[str, Any]:
    """Set a point up at the hub; the file lies at `setup`."""
    made = set_up_point(Organisation.objects.get(key=key), name=key, by=system(), at=_now())
    Path(setup).write_bytes(made.file)
    return {"words": made.words, "point": made.point.public_id}


def enter(setup: str, words: str) -> dict[str, Any]:
    """Make this empty site a point's."""
    join(Path(setup).read_bytes(), words, at=_now())
    return {}


def reset(kept: str) -> dict[str, Any]:
    """Begin again with a database as it was kept."""
    global clock
    connection.close()
    clock = START
    forgery.honest()
    target = Path(settings.DATABASES["default"]["NAME"])
    for rest in target.parent.glob(f"{target.name}*"):
        rest.unlink()
    shutil.copy(kept, target)
    return {}


def keep(at: str) -> dict[str, Any]:
    """Keep the database as it is."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [at])
    return {}


def tick(seconds: int) -> dict[str, Any]:
    """Let this site's clock go on."""
    global clock
    clock += timedelta(seconds=seconds)
    return {}


def out(to: str, file: str) -> dict[str, Any]:
    """Make a bundle for the other side."""
    try:
        with open(file, "wb") as stream:
            made = make_bundle(Point.objects.get(public_id=to), stream, by=system(), at=_now())
    except Refused as refused:
        return {"refused": refused.verdict.reason}
    return {"rows": made.rows, "number": made.number}


def out_beside(to: str, file: str, whom: str) -> dict[str, Any]:
    """Make a bundle while others write: is the database free, and what becomes of an entry that changes meanwhile?"""
    read = outgoing._Outgoing._lacking

    def lacking(self: Any, found: Any) -> Any:
        rows = read(self, found)
        busy.try_lock()
        both(whom, "while the bundle was made")
        return rows

    with open(file, "wb") as stream:
        busy = forgery.Busy(stream)
        outgoing._Outgoing._lacking = lacking  # type: ignore[method-assign]
        try:
            made = make_bundle(Point.objects.get(public_id=to), busy, by=system(), at=_now())  # type: ignore[arg-type]
        finally:
            outgoing._Outgoing._lacking = read  # type: ignore[method-assign]
    return {"rows": made.rows, "free": busy.free}


def take(of: str, file: str) -> dict[str, Any]:
    """Take a bundle in, or say why not; history that came is not counted as new, since each exchange makes some."""
    up = CarriedRow.objects.filter(label__in=[label for label, one in carried().items() if one.way is Way.UP])
    before = up.count()
    try:
        with open(file, "rb") as stream:
            taken = take_bundle(Point.objects.get(public_id=of), stream, by=system(), at=_now())
    except Refused as refused:
        return {"refused": refused.verdict.reason}
    history = up.count() - before
    return {
        "rows": taken.rows - history, "written": taken.written - history, "clashes": taken.clashes, "held": taken.held,
    }  # fmt: skip


def _entry(who: Enrolment, word: str) -> Entry:
    row: Entry = Entry.objects.create(
        enrolment=who, made_id=uuid.uuid4(), on=date(2026, 9, 1), text=word, minutes=60, state="submitted",
        written_at=_now(), saved_at=_now(), submitted_at=_now(),
    )  # fmt: skip
    return row


def edit(seed: int, word: str) -> dict[str, Any]:
    """One write, drawn by the seed; {"wrote": word, "over": the word that it knowingly took away}."""
    rng = random.Random(seed)  # noqa: S311  (a schedule, no secret)
    # Mostly the same few things, which all three sites have: otherwise nobody would ever meet anybody.
    shared = "lanchuan-east" if rng.random() < 0.8 else "lanchuan"
    here = Enrolment.objects.filter(cohort__organisation__key=shared) or Enrolment.objects.all()
    who = rng.choice(list(here.order_by("public_id")[:2]))
    oldest = Entry.objects.filter(enrolment__in=here).order_by("saved_at", "public_id")
    entry = rng.choice(list(oldest[: 1 if rng.random() < 0.7 else 5]))
    kind = rng.choice(
        ["new", *["text"] * 5, "place", "place", "confirm", "remark", "roll", "talk", "file", "drop"]
    )
    over = ""
    if kind == "new":
        _entry(who, word)
    elif kind == "text":
        over, entry.text = entry.text, word
        entry.save(update_fields=["text"])
    elif kind == "place":
        over, entry.place = entry.place, word
        entry.save(update_fields=["place"])
    elif kind == "confirm":
        entry.state, entry.confirmed_at, entry.confirmed_by = "confirmed", _now(), entry.enrolment.person
        entry.save(update_fields=["state", "confirmed_at", "confirmed_by"])
        word = ""
    elif kind == "remark":
        Remark.objects.create(entry=entry, by=who.person, at=_now(), revision=1, words=word)
    elif kind == "roll":
        over, word = _roll(rng, who, word)
    elif kind == "talk":
        row, new = Talk.objects.get_or_create(
            enrolment=who, month=date(2026, 9, 1),
            defaults={"entry": entry, "outcome": "agrees", "held_by": who.person, "held_at": _now()},
        )  # fmt: skip
        row.outcome, word = rng.choice(["agrees", "partly", "differs"]), ""
        row.save(update_fields=["outcome"])
    elif kind == "file":
        kept = KeptFile(
            organisation=who.cohort.organisation, kept_at=_now(), name=word, size=len(word),
            sha256=hashlib.sha256(word.encode()).hexdigest(),
        )  # fmt: skip
        kept.content.save("x", ContentFile(word.encode()))
        EntryFile.objects.create(
            entry=entry,
            made_id=uuid.uuid4(),
            kind="photo",
            media_type="image/jpeg",
            kept=kept,
            added_at=_now(),
        )
    elif kind == "drop":
        rows = list(EntryFile.objects.order_by("public_id"))
        if rows:
            rng.choice(rows).delete()
        word = ""
    return {"kind": kind, "wrote": word, "over": over}


def _roll(rng: random.Random, who: Enrolment, word: str) -> tuple[str, str]:
    session = Session.objects.get(pk=SessionCohort.objects.get(cohort=who.cohort).session_id)
    roll = Roll.objects.create(
        session=session, made_id=uuid.uuid4(), base=0, revision=1, marks={who.public_id: ["present", 60]},
        taken_at=_now(), saved_at=_now(),
    )  # fmt: skip
    row = Attendance.objects.filter(session=session, enrolment=who).first()
    if row is None:
        row = Attendance(session=session, enrolment=who, since=1)
    over = row.words
    row.status, row.minutes, row.roll, row.marked_at, row.words = (
        "present",
        rng.randint(10, 60),
        roll,
        _now(),
        word,
    )
    row.says, row.said_at = "wrong", _now()
    row.confirmed_at = None
    row.save()
    return over, word


def state(of: str) -> dict[str, Any]:
    """All rows of a point's place as every site must have them in the end, other rows by what they are."""
    place = Point.objects.get(public_id=of).organisation
    keys = rows_of(place)
    called: dict[str, dict[Any, str]] = {}
    told: dict[str, list[str]] = {}
    for label, one in carried().items():
        if one.way is Way.UP or label not in keys:
            continue
        rows = one.model._base_manager.filter(pk__in=keys[label]).values_list(*columns(one))
        called[label] = {}
        lines = []
        for row in rows:
            values = {}
            for field, value in zip(one.fields, row[1:], strict=True):
                if field.attname in _OWN.get(label, ()):
                    continue
                if field.is_relation and value is not None:
                    target = field.related_model._meta.label
                    value = called.get(target, {}).get(value, "later" if target == label else "elsewhere")
                values[field.attname] = plain(value)
            text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
            called[label][row[0]] = values.get("public_id") or hashlib.md5(text.encode()).hexdigest()  # noqa: S324
            lines.append(text)
        told[label] = sorted(lines)
    return {"state": told, "held": HeldRow.objects.count()}


_OWN = {
    "kernel.Person": ("password", "email", "phone", "birth_date", "username", "must_change_password", "last_login",
                      "is_superuser"),
    "kernel.Clash": ("name", "kept", "other", "public_id"),  # each site calls rows by names of its own
}  # fmt: skip


def words() -> dict[str, Any]:
    """Everything that is written here, also what lost in a clash."""
    told = [*Entry.objects.values_list("text", "place"), *Attendance.objects.values_list("words"),
            *Remark.objects.values_list("words"), *KeptFile.objects.values_list("name")]  # fmt: skip
    text = json.dumps([*told, *Clash.objects.values_list("kept", "other")], ensure_ascii=False, default=str)
    return {
        "words": text,
        "files": all(file.bytes() == file.name.encode() for file in KeptFile.objects.all()),
    }


def name(of: str) -> dict[str, Any]:
    """What this site calls an enrolment, by its public id."""
    row = Enrolment.objects.get(public_id=of)
    found = CarriedRow.objects.filter(label="apprenticeships.Enrolment", local=str(row.pk)).first()
    return {"name": found.name if found else f"{this_instance()}:{row.pk}"}


def enrolments() -> dict[str, Any]:
    """Public ids of all."""
    return {"ids": sorted(Enrolment.objects.values_list("public_id", flat=True))}


def forge(called: str) -> dict[str, Any]:
    """Write for somebody whom this point was not given: under the name that the hub has for them."""
    mine = Enrolment.objects.order_by("pk")[0]
    mine.pk, mine.public_id, mine.number = None, "forged", "999"
    mine.person = Person.objects.create(username="forged", name="forged")
    mine.save()
    CarriedRow.objects.create(label="apprenticeships.Enrolment", name=called, local=str(mine.pk), version="x")
    _entry(mine, "forged")
    return {}


def files() -> dict[str, Any]:
    """Names of all kept files, as bundles call them, by what they are called."""
    kept = {str(file.pk): file.name for file in KeptFile.objects.all()}
    rows = CarriedRow.objects.filter(label="kernel.KeptFile")
    named = {kept[row.local]: row.name for row in rows if row.local in kept}
    return {name: named.get(name, f"{this_instance()}:{pk}") for pk, name in kept.items()}


def keep_file(key: str, name: str) -> dict[str, Any]:
    """A file of an organisation."""
    row = KeptFile(
        organisation=Organisation.objects.get(key=key), kept_at=_now(), name=name, size=1, sha256="0" * 64
    )
    row.content.save("x", ContentFile(b"x"))
    return {}


def steal(called: str) -> dict[str, Any]:
    """Hang a file that this point was not given on an entry of its own, to be sent it."""
    file = KeptFile(
        organisation=Organisation.objects.order_by("-depth")[0],
        kept_at=_now(),
        name="x",
        size=1,
        sha256="1" * 64,
    )
    file.content.save("x", ContentFile(b"x"))
    CarriedRow.objects.create(label="kernel.KeptFile", name=called, local=str(file.pk), version="x")
    entry = Entry.objects.order_by("pk")[0]
    EntryFile.objects.create(
        entry=entry, made_id=uuid.uuid4(), kind="photo", media_type="image/jpeg", kept=file, added_at=_now()
    )
    return {}


def accuse(label: str, column: str) -> dict[str, Any]:
    """Make up a clash about something that no point writes."""
    row = CarriedRow.objects.filter(label=label)[0]
    Clash.objects.create(
        mark="forged", organisation=Point.objects.get().organisation, label=label, name=row.name, found_at=_now(),
        kept={column: "a"}, other={column: "b"}, kept_site="x", other_site="y",
    )  # fmt: skip
    return {}


def pretend(schema: str, steps: int) -> dict[str, Any]:
    """Run a program of another version."""
    outgoing.schema_print = (lambda: schema) if schema else schema_print  # type: ignore[assignment]
    outgoing.migrations = (lambda: steps) if schema else migrations  # type: ignore[assignment]
    return {}


def revoke(of: str) -> dict[str, Any]:
    """The laptop is lost."""
    revoke_point(Point.objects.get(public_id=of), because="lost on the bus", by=system(), at=_now())
    return {}


def renew() -> dict[str, Any]:
    """What a restored backup does: this site is another one from now on."""
    renew_site()
    return {}


def both(of: str, word: str) -> dict[str, Any]:
    """Write over the first entry of somebody."""
    row = Entry.objects.filter(enrolment__public_id=of).order_by("pk")[0]
    Entry.objects.filter(pk=row.pk).update(text=word)
    return {}


def text(of: str) -> dict[str, Any]:
    """What stands there."""
    return {"text": Entry.objects.filter(enrolment__public_id=of).order_by("pk")[0].text}


def settle(take: str) -> dict[str, Any]:
    """Settle the first open clash."""
    row = Clash.objects.filter(settled_at=None).order_by("pk")[0]
    try:
        settle_clash(row, take=take, by=system(row.organisation), at=_now())
    except Refused as refused:
        return {"refused": refused.verdict.reason}
    return {"kept": row.kept, "other": row.other}


def counts() -> dict[str, Any]:
    """How many rows each table has, and how many bundles were made and taken."""
    found = {label: one.model._base_manager.count() for label, one in carried().items()}
    return {"rows": found, "open": Clash.objects.filter(settled_at=None).count()}


def passwords() -> dict[str, Any]:
    """Who could sign in here, and who could be reached."""
    rows = Person.objects.values_list("username", "password", "email", "phone", "birth_date")
    return {"people": [list(row) for row in rows]}


DO = {
    call.__name__: call
    for call in (
        lay, found, point, enter, reset, keep, tick, out, take, edit, state, words, name, enrolments, forge, pretend,
        revoke, renew, both, text, settle, counts, passwords, files, keep_file, steal, accuse, out_beside,
        *forgery.COMMANDS,
    )
}  # fmt: skip


def main() -> None:
    """Until the other end is closed."""
    for line in sys.stdin:
        said = json.loads(line)
        with everywhere("a schedule works as the site itself"):
            answer = DO[said.pop("do")](**said)
        sys.stdout.write(json.dumps(answer, default=str) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
