"""A site with a copy of its database: what is read where. A process of its own, since its settings are its own.

`python -m tests.kernel.replica_stage PROCESS`: the process of the copy's server, which is killed in the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from craftpath.delivery.commands.laying import lay_tables  # noqa: E402
from craftpath.domain.programmes.actions import draft_scheme  # noqa: E402
from craftpath.kernel import replicas  # noqa: E402
from craftpath.kernel.audit import AuditEntry  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from tests import cast as casting  # noqa: E402

COPY, PAGE = "replica1", "/o/lanchuan/history/"
WHO = ("session", "kernel_person", "kernel_membership", "kernel_organisation", "mfa_", "wal_")


class Reader:
    """Somebody with a browser, and what their last request asked of each of the two."""

    def __init__(self, person: Any) -> None:
        self.client = Client(HTTP_ACCEPT_LANGUAGE="en")
        self.client.force_login(person)
        self.asked: dict[str, list[str]] = {}

    def get(self, way: str = PAGE) -> Any:
        self.asked = {"default": [], COPY: []}
        with ExitStack() as stack:
            for alias, heard in self.asked.items():
                stack.enter_context(connections[alias].execute_wrapper(_listen(heard)))
            return self.client.get(way)

    def facts(self) -> int:
        """How many drafts of a scheme the history shows."""
        return sum(line.entry.fact == "programmes.scheme_saved" for line in self.get().context["lines"])

    @property
    def was_there(self) -> bool:
        """Whether anything but the copy's place was asked of the copy."""
        return any("wal_" not in sql for sql in self.asked[COPY])

    @property
    def of_the_record(self) -> list[str]:
        """What was asked of the primary besides who asks and what they may."""
        return [sql for sql in self.asked["default"] if not any(word in sql for word in WHO)]


def _listen(heard: list[str]) -> Any:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append(sql)
        return execute(sql, params, many, context)

    return wrapper


def _copy(sql: str) -> Any:
    with connections[COPY].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _caught_up() -> None:
    wanted = replicas.position(replicas.written())
    while (replicas.position(str(_copy("SELECT pg_last_wal_replay_lsn()::text"))) or 0) < (wanted or 0):
        time.sleep(0.05)


def main(process: int) -> dict[str, Any]:
    """One scene after another."""
    setup_test_environment()
    settings.ALLOWED_HOSTS = ["testserver"]
    lay_tables()
    call_command("createcachetable", verbosity=0)
    cast = casting.build()
    writer, other = Reader(cast.people["coordinator"]), Reader(cast.people["coordinator"])
    call_command("work", batch=True)
    _caught_up()
    told: dict[str, Any] = {}
    before = writer.facts()
    response = writer.get()
    told["page"] = [response.status_code, writer.was_there, writer.of_the_record]
    told["search"] = [writer.get("/o/lanchuan/find/?q=Welders").status_code, writer.was_there]
    told["no write"] = _refuses_writes()

    _copy("SELECT pg_wal_replay_pause()::text")
    draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=casting.AT)
    writer.client.post("/theme/", {"theme": "dark"})
    told["own"] = [writer.facts() == before + 1, writer.was_there]
    told["stranger"] = [other.facts() == before + 1, other.was_there]
    replicas.watch().lag = 1.0
    other.get()
    while other.was_there:  # whoever looks notes how far the primary is
        time.sleep(0.5)
        other.get()
    told["behind"] = [other.facts() == before + 1, other.was_there]
    _copy("SELECT pg_wal_replay_resume()::text")
    replicas.watch().lag = 3600.0  # what is asked now is only whether it has what its reader wrote
    writer.get()
    while not writer.was_there:
        time.sleep(0.5)
        writer.get()
    told["again"] = writer.facts() == before + 1

    os.kill(process, signal.SIGQUIT)
    time.sleep(0.3)
    response = writer.get()
    told["killed"] = [response.status_code, "何静" in response.content.decode()]
    response = other.get()
    told["after"] = [response.status_code, other.was_there]
    return told


def _refuses_writes() -> bool:
    entry = AuditEntry.objects.using(COPY).first()
    try:
        AuditEntry._base_manager.using(COPY).filter(pk=entry.pk).update(fact="x")
    except DatabaseError:
        connections[COPY].close()
        return True
    return False


if __name__ == "__main__":
    with everywhere("a test looks at everything"):
        done = main(int(sys.argv[1]))
    sys.stdout.write(json.dumps(done) + "\n")
