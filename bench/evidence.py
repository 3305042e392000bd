"""Marks that are worked out: how long does a look at everybody's evidence take, how many queries, how much memory?

    python bench/evidence.py [--people 1000 100000] [--sessions 40] [--weeks 30]

One evaluation with so many people, each with a line in every closed session and one confirmed entry a week. `first`
writes every mark, `again` finds everything unchanged, `one` is the reaction to one apprentice's confirmed week. A
process for each size.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident

FIRST = date(2025, 3, 3)  # a Monday


def one(people: int, sessions: int, weeks: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    import nation
    from django.db import connection, reset_queries

    from craftpath.domain.evaluation.actions import refresh_evidence
    from craftpath.domain.evaluation.models import Evaluation, Mark
    from craftpath.kernel.access import system
    from craftpath.kernel.tenancy import everywhere

    nation.seed(0, large=people)
    found: dict[str, Any] = {"people": people, "database": connection.vendor}
    with everywhere("a measurement works marks out"):
        evaluation = Evaluation.objects.select_related("scheme", "cohort__organisation").get()
        keys = _source(evaluation)
        Mark.objects.filter(evaluation=evaluation, item__in=keys).delete()
        first_day = _windows(evaluation)
        _facts(evaluation, sessions, weeks, first_day)
        at = datetime.combine(first_day + timedelta(weeks=weeks + 2), datetime.min.time(), UTC)
        by = system(evaluation.cohort.organisation)

        def timed(name: str, work: Callable[[], Any]) -> Any:
            connection.force_debug_cursor = True
            reset_queries()
            start = time.perf_counter()
            answer = work()
            found[name] = time.perf_counter() - start
            asked = [
                row for row in connection.queries_log if row["sql"].split()[0] not in ("BEGIN", "COMMIT")
            ]
            connection.force_debug_cursor = False
            found[f"{name} queries"] = len(asked)
            return answer

        before = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        found["written"] = timed("first", lambda: refresh_evidence(evaluation, by=by, at=at))
        found["own"] = resident("VmHWM") - before
        found["again written"] = timed("again", lambda: refresh_evidence(evaluation, by=by, at=at))
        who = Mark.objects.filter(evaluation=evaluation).values_list("enrolment_id", flat=True)[people // 2]
        timed("one", lambda: refresh_evidence(evaluation, [who], by=by, at=at))
    return found


def _source(evaluation: Any) -> list[str]:
    """Let the first two items be worked out; the definition is changed in place, as no page could."""
    from craftpath.domain.programmes.definition import fingerprint

    scheme = evaluation.scheme
    items = scheme.definition["component"][0]["item"]
    items[0]["source"], items[1]["source"] = "attendance", "weeks_confirmed"
    scheme.fingerprint = fingerprint(scheme.definition)
    type(scheme)._base_manager.filter(pk=scheme.pk).update(
        definition=scheme.definition, fingerprint=scheme.fingerprint
    )
    return [items[0]["key"], items[1]["key"]]


def _windows(evaluation: Any) -> date:
    """Everybody is in the stage from the same Monday on."""
    from craftpath.domain.apprenticeships.models import Enrolment, StageProgress

    Enrolment._base_manager.filter(cohort=evaluation.cohort_id).update(starts_on=FIRST)
    rows = StageProgress.objects.filter(enrolment__cohort=evaluation.cohort_id, stage=evaluation.stage_id)
    rows.update(opened_on=FIRST, passed_on=None, state="open", basis="")
    known = set(rows.values_list("enrolment_id", flat=True))
    new = [
        StageProgress(enrolment_id=pk, stage_id=evaluation.stage_id, opened_on=FIRST)
        for pk in Enrolment._base_manager.filter(cohort=evaluation.cohort_id).values_list("pk", flat=True)
        if pk not in known
    ]
    StageProgress.objects.bulk_create(new, batch_size=5_000)
    return FIRST


def _facts(evaluation: Any, sessions: int, weeks: int, first: date) -> None:
    """Closed sessions with a line for everybody, and a confirmed entry a week."""
    import uuid

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.learning.models import Attendance, Roll, Session, SessionCohort
    from craftpath.domain.logbook.models import Entry
    from craftpath.kernel.keys import new_public_id
    from craftpath.kernel.people import Person
    from craftpath.kernel.rows import insert_rows

    people = list(Enrolment._base_manager.filter(cohort=evaluation.cohort_id).values_list("pk", flat=True))
    somebody = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    states = ("present",) * 8 + ("late", "absent")
    for n in range(sessions):
        starts = datetime.combine(first + timedelta(days=5 * n), datetime.min.time(), UTC) + timedelta(
            hours=3
        )
        session = Session._base_manager.create(
            organisation=evaluation.cohort.organisation,
            title={"en": f"Lesson {n}"},
            kind="lesson",
            mode="on_site",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            state="closed",
            changed_at=starts,
        )
        SessionCohort.objects.create(session=session, cohort=evaluation.cohort)
        roll = Roll(
            session=session,
            made_id=uuid.uuid4(),
            base=0,
            revision=1,
            marks={},
            taken_at=starts,
            saved_at=starts,
        )
        roll.save()
        same = {
            "session": session.pk, "minutes": 0, "roll": roll.pk, "marked_at": starts, "since": 1, "revision": 1,
            "counted": 0, "says": "", "words": "",
        }  # fmt: skip
        lines = ((new_public_id(), who, states[(who + n) % len(states)]) for who in people)
        insert_rows(Attendance, ("public_id", "enrolment", "status"), lines, same)
    for n in range(weeks):
        on = first + timedelta(weeks=n, days=2)
        moment = datetime.combine(on, datetime.min.time(), UTC)
        same = {
            "on": on, "text": "", "minutes": 60, "bucket": "", "place": "", "unit": "", "skill": "",
            "state": "confirmed", "revision": 1, "likeness": 0, "returns": 0, "written_at": moment, "saved_at": moment,
            "submitted_at": moment, "confirmed_by": somebody, "confirmed_at": moment, "digest": "",
        }  # fmt: skip
        rows = (
            (new_public_id(), who, uuid.uuid4(), moment + timedelta(days=(who + n) % 16))
            for who in people
            if (who + n) % 11
        )
        insert_rows(Entry, ("public_id", "enrolment", "made_id", "first_submitted_at"), rows, same)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--weeks", type=int, default=30)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(one(chosen.one, chosen.sessions, chosen.weeks, Path(name))))
        return
    print(f"{chosen.sessions} sessions, {chosen.weeks} weeks; {machine()}\n", flush=True)
    print(
        "| database | people | first s | queries | marks | again s | queries | own MB | one apprentice ms | queries |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for people in chosen.people:
        command = [sys.executable, __file__, "--one", str(people), "--sessions", str(chosen.sessions)]
        done = subprocess.run(
            [*command, "--weeks", str(chosen.weeks)], check=True, stdout=subprocess.PIPE, env=os.environ
        )
        got = json.loads(done.stdout.splitlines()[-1])
        if got["again written"]:
            raise SystemExit(f"the second look wrote {got['again written']} marks")
        cells = [
            got["database"],
            f"{people:,}",
            f"{got['first']:.2f}",
            str(got["first queries"]),
            f"{got['written']:,}",
            f"{got['again']:.2f}",
            str(got["again queries"]),
            f"{got['own']:.0f}",
            f"{1000 * got['one']:.1f}",
            str(got["one queries"]),
        ]
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
