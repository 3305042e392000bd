"""What the killed server worked on: a site with a sheet on its way in, and what is left of it afterwards.

Run as a process of its own (`python -m tests.chaos.stage set|look|again`), so that nothing that a killed
process held in memory can help; each prints one line of JSON. The site is the one of `CRAFTPATH_VAR`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from craftpath.delivery.exchange.commit import commit_marks  # noqa: E402
from craftpath.delivery.exchange.trial import book_of, first_reading, target_of  # noqa: E402
from craftpath.domain.activity.queries import statements  # noqa: E402
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster  # noqa: E402
from craftpath.domain.evaluation.models import Mark, Result  # noqa: E402
from craftpath.kernel.access import actor_in  # noqa: E402
from craftpath.kernel.audit import AuditEntry  # noqa: E402
from craftpath.kernel.people import Person  # noqa: E402
from craftpath.kernel.sheets import SheetImport, read_sheet_as, take_sheet  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from craftpath.values.ref import Ref  # noqa: E402
from tests import cast as casting  # noqa: E402

PEOPLE = 300
HEAD = "学号,姓名,出勤,培训日志,测验,工作任务一,工作任务二,期末考试"


def set_out() -> dict[str, Any]:
    """An empty site becomes one with a class, an evaluation, and a sheet that waits for its commit."""
    cast = casting.build()
    by = cast.actor("coordinator")
    take_roster(
        cast.cohort, [RosterEntry(f"3{n:04}", f"学徒{n}") for n in range(PEOPLE)], by=by, at=casting.AT
    )
    lines = [f"3{n:04},学徒{n},90,80,40,70,{n % 101},缺考" for n in range(PEOPLE)]
    sheet = take_sheet(
        content="\n".join([HEAD, *lines]).encode(),
        name="marks.csv",
        kind="marks",
        target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
        reading={},
        organisation=cast.college,
        by=by,
        at=casting.AT,
    )
    read_sheet_as(
        sheet, reading=first_reading(book_of(sheet), target_of(sheet)).as_json(), by=by, at=casting.AT
    )
    call_command("work", batch=True)
    session = SessionStore()
    session[SESSION_KEY] = str(cast.people["coordinator"].pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = cast.people["coordinator"].get_session_auth_hash()
    session.create()
    return {"session": session.session_key, "way": f"/o/lanchuan/imports/{sheet.public_id}/commit/"} | look()


def look() -> dict[str, Any]:
    """Everything that one commit writes, counted; the reactions run first."""
    call_command("work", batch=True)
    sheet = SheetImport.objects.get()
    with connection.cursor() as cursor:
        sound = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        strays = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return {
        "state": sheet.state,
        "outcome": sheet.outcome,
        "marks": Mark.objects.filter(source=sheet, is_current=True).count(),
        "results": Result.objects.filter(enrolment__number__startswith="3", to_date__gt=0).count(),
        "told": AuditEntry.objects.filter(fact="kernel.sheet_committed").count(),
        "recorded": AuditEntry.objects.filter(fact="evaluation.marks_recorded").count(),
        "statements": statements().count(),
        "sound": [sound, strays],
    }


def again() -> dict[str, Any]:
    """What is left, and what comes of pressing the button once more, as somebody does who saw the page hang."""
    left = look()
    sheet, now = SheetImport.objects.get(), timezone.now()
    person = Person.objects.get(username="c01")
    actor = actor_in(person, sheet.organisation, timezone.localdate(now))
    assert actor is not None
    if sheet.state == "uploaded":
        commit_marks(sheet, by=actor, at=now)
    return {"left": left, "after": look()}


if __name__ == "__main__":
    with everywhere("a test looks at everything"):
        done = {"set": set_out, "look": look, "again": again}[sys.argv[1]]()
    sys.stdout.write(json.dumps(done) + "\n")
