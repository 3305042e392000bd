"""A site of its own in a temporary folder, with one college and the real course of `examples/oulad` in its office.

`open_site` must run before anything of Django is imported, as settings are read once. The data are described in
`examples/oulad/README.md` (Open University Learning Analytics Dataset, CC BY 4.0).
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from machine import ROOT

SOURCE = ROOT / "tests" / "data" / "oulad" / "DDD-2013B"
HOST = "localhost"


def open_site(folder: Path, database: str = "") -> None:
    """Settings that point into `folder`, an SQLite file there unless a database is named; jobs wait for a worker."""
    os.environ |= {"CRAFTPATH_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "craftpath.project.settings"}
    for name in ("CRAFTPATH_DEMO", "CRAFTPATH_DATABASE_URL", "CRAFTPATH_DEBUG"):
        os.environ.pop(name, None)
    if database:
        os.environ["CRAFTPATH_DATABASE_URL"] = database
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from craftpath.delivery.commands.management.commands.serve import prepare

    prepare()


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database on a cluster made for this, which keeps its word: fsync is on."""
    import psycopg

    sys.path.insert(0, str(ROOT))
    from tests.cluster import cluster

    with cluster(fsync="on") as address:
        with psycopg.connect(address.replace("/craftpath?", "/postgres?"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE craftpath")
        yield address


@dataclass(frozen=True)
class Files:
    """What `adapt.py` makes of the course: the scheme as a table and two sheets as a college keeps them."""

    scheme: dict[str, Any]
    roster: bytes
    marks: bytes


def adapted(folder: Path) -> Files:
    """Run the documented adapter."""
    subprocess.run([sys.executable, ROOT / "examples" / "oulad" / "adapt.py", SOURCE, folder], check=True)
    return Files(
        tomllib.loads((folder / "scheme.toml").read_text("utf-8"), parse_float=Decimal),
        (folder / "roster.csv").read_bytes(),
        (folder / "marks.xlsx").read_bytes(),
    )


def first_people(files: Files, people: int) -> Files:
    """The same course with fewer learners."""
    import openpyxl

    roster = list(csv.reader(io.StringIO(files.roster.decode("utf-8"))))[: people + 1]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(roster)
    book = openpyxl.load_workbook(io.BytesIO(files.marks))
    book.active.delete_rows(people + 2, book.active.max_row)
    content = io.BytesIO()
    book.save(content)
    return Files(files.scheme, text.getvalue().encode(), content.getvalue())


def definition_of(table: dict[str, Any]) -> dict[str, Any]:
    """The adapter's scheme as the site keeps schemes: with names, and figures as text."""
    components = [
        {
            "key": part["key"],
            "name": {"zh": part["key"], "en": part["key"]},
            "weight": str(part["weight"]),
            "missing": part["missing"],
            "item": [
                {
                    "key": item["key"],
                    "name": {"zh": item["key"], "en": item["key"]},
                    "weight": str(item["weight"]),
                    "max": str(item["max"]),
                }
                for item in part["item"]
            ],
        }
        for part in table["component"]
    ]
    rules = [{"kind": rule["kind"], "value": str(rule["value"])} for rule in table["rule"]]
    rest = {"mode": "weighted", "decimals": 1, "rules_use": "rounded"}
    return {**rest, "component": components, "rule": rules}


@dataclass
class College:
    """A college with one cohort and its evaluation, seen by its coordinator."""

    key: str
    cohort: Any
    evaluation: Any
    client: Any

    def page(self, name: str, *parts: Any) -> str:
        """The address of one of the college's pages."""
        from django.urls import reverse

        return reverse(name, args=[self.key, *parts])

    def state(self, address: str) -> str:
        """What has become of the import at this address."""
        from craftpath.kernel.sheets import SheetImport
        from craftpath.kernel.tenancy import everywhere

        with everywhere("a measurement looks at its import"):
            return str(SheetImport.objects.get(public_id=address.rstrip("/").split("/")[-1]).state)

    def bring(self, kind: str, content: bytes, name: str) -> dict[str, float]:
        """Upload, look at the check, commit what it promises: seconds of each step with the worker's part.

        `request` is the longest that a page took.
        """
        from django.core.files.uploadedfile import SimpleUploadedFile

        target = (self.cohort if kind == "roster" else self.evaluation).public_id
        start = time.perf_counter()
        sent = self.client.post(
            self.page("sheets:upload", kind, target), {"file": SimpleUploadedFile(name, content)}
        )
        uploaded = time.perf_counter()
        self._work()
        worked = time.perf_counter()
        check = self.client.get(sent["Location"])
        checked = time.perf_counter()
        seen = re.search(r'name="seen" value="(\w+)"', check.content.decode())
        assert seen, check.content.decode()[:4000]
        done = self.client.post(sent["Location"] + "commit/", {"seen": seen[1]})
        pressed = time.perf_counter()
        self._work()
        committed = time.perf_counter()
        assert (sent.status_code, check.status_code, done.status_code) == (302, 200, 302), (sent, check, done)
        assert self.state(sent["Location"]) == "committed", check.content.decode()[:4000]
        pages = (uploaded - start, checked - worked, pressed - checked)
        steps = {"upload": uploaded - start, "check": checked - uploaded, "commit": committed - checked}
        return steps | {"request": max(pages)}

    def _work(self) -> None:
        """What the worker does with sheets; the reactions to a commit come later, as they do for readers."""
        from django_tasks_db.models import DBTaskResult

        from craftpath.delivery.jobs.bodies import sheet

        for job in DBTaskResult.objects.ready().filter(task_path=sheet.module_path):
            sheet.call(*job.args_kwargs["args"])
            DBTaskResult.objects.filter(pk=job.pk).delete()


def college(key: str, scheme: dict[str, Any]) -> College:
    """Make one by the actions that the pages call; it has no apprentices yet."""
    from django.test import Client
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import plan_cohort, start_cohort
    from craftpath.domain.evaluation.actions import open_evaluation
    from craftpath.domain.programmes.actions import draft_scheme, load_preset
    from craftpath.domain.programmes.models import EvaluationScheme
    from craftpath.kernel.access import Actor, join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role
    from craftpath.kernel.tenancy import everywhere

    now, name = timezone.now(), {"zh": key, "en": key}
    with everywhere("a measurement makes its college"):
        place = plant(key=key, kind="college", name=name)
        person = Person.objects.create_user(f"coordinator-{key}", password="let-me-in-please", name=key)
        join([person], place, Role.COORDINATOR, on=date(2026, 1, 1))
        by = Actor(organisation=place, person=person, roles=frozenset({Role.COORDINATOR}))
        programme = load_preset("cn_334", by=system(), at=now)
        preset = EvaluationScheme.objects.get(key="cn-334", organisation=None)
        drafted = draft_scheme(
            preset, organisation=place, name=name, definition=definition_of(scheme), by=by, at=now
        )
        cohort = plan_cohort(
            organisation=place,
            programme=programme,
            name=name,
            occupation=name,
            starts_on=date(2026, 3, 2),
            by=by,
            at=now,
        )
        cohort = start_cohort(cohort, by=by, at=now)
        stage = programme.stages.get(order=1)
        evaluation = open_evaluation(cohort=cohort, stage=stage, scheme=drafted, by=by, at=now)
    client = Client(SERVER_NAME=HOST, HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person)
    return College(key, cohort, evaluation, client)
