"""A database of any size in the shape of a country: colleges of some thousand people, cohorts of 24 to 40, 30 items.

Rows go in by plain SQL, table by table, since the actions check and tell every one. What they hold is what the
actions would have written: a membership, an enrolment, a mentor, an open stage, 30 marks and a result a person, and
an entry in the history for every cohort. `open_site` of `college.py` must have run before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np

ITEMS = 30
AREAS = ("professional_consciousness", "general_professional_knowledge", "general_professional_skills")
COLLEGE = 1_000  # people of one college, about
LARGE_FIRM = (
    10  # one apprentice in so many learns at the one large enterprise, whatever the size of the country
)
LARGE = 1_303  # the one cohort that is as large as a course of `examples/oulad`
MOMENT, DAY = "2026-09-14 01:00:00+00:00", "2026-03-02"
WORDS = ("scored", "absent", "deferred", "exempt", "missing")
SHARES = (0.93, 0.02, 0.01, 0.01, 0.03)
FAMILIES, GIVEN = "陈林赵孙李周吴郑王冯", ("雨桐", "浩然", "思远", "一鸣", "佳怡", "子涵", "建国", "海燕")


def definition() -> dict[str, Any]:
    """Three components of ten items: zero, exclude with a lowest mark dropped, and incomplete."""
    parts = (
        ("process", "30", "zero", 1),
        ("practical_activity", "30", "exclude", 0),
        ("final_exam", "40", "incomplete", 0),
    )
    return {
        "mode": "weighted",
        "decimals": 1,
        "rules_use": "rounded",
        "component": [
            {
                "key": key,
                "name": {"zh": key, "en": key.replace("_", " ").capitalize()},
                "weight": weight,
                "missing": missing,
                "drop_lowest": drop,
                "item": [
                    {
                        "key": f"{key}{n}",
                        "name": {"zh": f"条目{n + 1}", "en": f"{key.split('_')[0].capitalize()} {n + 1}"},
                        "weight": "1",
                        "max": "100",
                        "area": AREAS[n % len(AREAS)],
                    }
                    for n in range(ITEMS // 3)
                ],
            }
            for key, weight, missing, drop in parts
        ],
        "rule": [{"kind": "overall_min", "value": "60"}],
    }


def fill(model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows by one prepared statement; columns are named by field, what is not named has its default."""
    from django.db import connection

    quote = connection.ops.quote_name
    named = [model._meta.get_field(name) for name in columns]
    rest = [
        field
        for field in model._meta.concrete_fields
        if field not in named and not field.null and not field.primary_key and not field.has_db_default()
    ]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    names = ", ".join(quote(field.column) for field in (*named, *rest))
    places = ", ".join(["%s"] * (len(named) + len(rest)))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"
    rows = (tuple(row) + defaults for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        while part := list(islice(rows, 20_000)):
            cursor.executemany(sql, part)


@dataclass(frozen=True)
class Nation:
    """Where to look: a college's coordinator, twenty ordinary cohorts of that college, and the large one."""

    college: str
    coordinator: int
    cohorts: list[tuple[str, str, str]]  # cohort, evaluation, one enrolment
    large: tuple[str, str, str]


@dataclass
class _Cohort:
    pk: int
    college: Any
    people: range


def sizes(people: int, seed: int = 7) -> Iterator[int]:
    """Cohorts of 24 to 40 until everybody has one."""
    chance = np.random.default_rng(seed)
    while people > 0:
        size = min(people, int(chance.integers(24, 41)))
        yield size
        people -= size


def seed(people: int, *, large: int = LARGE, one_college: bool = False) -> Nation:
    """Fill an empty site with `people` apprentices (and one large cohort beside them)."""
    from django.db import connection, transaction

    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement fills its database"), transaction.atomic():
        nation = _seed(people, large, one_college=one_college)
        if connection.vendor == "postgresql":
            from django.apps import apps
            from django.core.management.color import no_style

            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                    cursor.execute(sql)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return nation


def _seed(people: int, large: int, *, one_college: bool) -> Nation:
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty, StageProgress
    from craftpath.domain.evaluation.models import Evaluation, Mark, Result
    from craftpath.domain.programmes.actions import draft_scheme, load_preset
    from craftpath.domain.programmes.models import EvaluationScheme
    from craftpath.kernel.access import Actor, Membership, join, system
    from craftpath.kernel.audit import AuditEntry
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    now = timezone.now()
    country = plant(key="country", kind="ministry", name={"zh": "国家", "en": "Country"})
    count = 1 if one_college else max(1, round(people / COLLEGE))
    colleges = [
        plant(
            key=f"college-{n}",
            kind="college",
            name={"zh": f"第{n}学院", "en": f"College {n}"},
            parent=country,
        )
        for n in range(count)
    ]
    hosts = [
        plant(
            key=f"firm-{n}", kind="enterprise", name={"zh": f"第{n}企业", "en": f"Firm {n}"}, parent=country
        )
        for n in range(max(4, count))
    ]
    coordinators = [
        Person.objects.create_user(f"coordinator-{n}", name="何静", language="en") for n in range(count)
    ]
    for person, college in zip(coordinators, colleges, strict=True):
        join([person], college, Role.COORDINATOR, on=date(2026, 1, 1))
    programme = load_preset("cn_334", by=system(), at=now)
    preset = EvaluationScheme.objects.get(key="cn-334", organisation=None)
    by = Actor(organisation=colleges[0], person=coordinators[0], roles=frozenset({Role.COORDINATOR}))
    scheme = draft_scheme(
        preset,
        organisation=colleges[0],
        name={"zh": "三十项", "en": "Thirty items"},
        definition=definition(),
        by=by,
        at=now,
    )
    EvaluationScheme.objects.filter(pk=scheme.pk).update(state="in_use")
    scheme.refresh_from_db()
    stage = programme.stages.get(order=1)

    cohorts, first = [], 0
    for n, size in enumerate([*([large] if large else []), *sizes(people)]):
        college = colleges[0] if large and n == 0 else colleges[(first - large) * count // (people + 1)]
        cohorts.append(_Cohort(n + 1, college, range(first, first + size)))
        first += size
    total, base = first, max(row.pk for row in coordinators) + 1

    def everyone() -> Iterator[tuple[int, _Cohort]]:
        return ((who, cohort) for cohort in cohorts for who in cohort.people)

    def name(who: int) -> str:
        return FAMILIES[who % 10] + GIVEN[who // 10 % 8]

    mentors = range(base + total, base + total + total // 5 + 1)
    fill(
        Person,
        ("id", "public_id", "username", "password", "phone", "name", "name_latin", "is_active",
         "must_change_password", "date_joined", "language", "time_zone", "theme"),
        (
            (base + who, f"p{who:011d}", f"{who:08d}", "!x", "", name(who), f"Name {who}", True, False, MOMENT, "",
             "", "auto")
            for who in range(total + len(mentors))
        ),
    )  # fmt: skip
    fill(
        Membership,
        ("person", "organisation", "role", "starts_on"),
        ((base + who, cohort.college.pk, "apprentice", DAY) for who, cohort in everyone()),
    )
    fill(
        Membership,
        ("person", "organisation", "role", "starts_on"),
        ((mentor, hosts[n % len(hosts)].pk, "mentor", DAY) for n, mentor in enumerate(mentors)),
    )
    fill(
        Cohort,
        ("id", "public_id", "organisation", "programme", "name", "occupation", "state", "starts_on"),
        (
            (row.pk, f"c{row.pk:011d}", row.college.pk, programme.pk,
             json.dumps({"zh": f"{row.pk} 班", "en": f"Class {row.pk}"}), json.dumps({"zh": "焊工", "en": "Welder"}),
             "running", f"{2023 + row.pk % 4}-03-0{1 + row.pk % 9}")
            for row in cohorts
        ),
    )  # fmt: skip
    fill(
        Enrolment,
        (
            "id",
            "public_id",
            "cohort",
            "person",
            "number",
            "enterprise",
            "starts_on",
            "state",
            "ended_because",
        ),
        (
            (
                who + 1,
                f"e{who:011d}",
                cohort.pk,
                base + who,
                f"{who:08d}",
                hosts[0 if who % LARGE_FIRM == 0 else who % len(hosts)].pk,
                DAY,
                "active",
                "",
            )
            for who, cohort in everyone()
        ),
    )
    fill(
        EnrolmentParty,
        ("enrolment", "person", "role", "starts_on"),
        ((who + 1, mentors[who // 5], "mentor", DAY) for who in range(total)),
    )
    fill(
        StageProgress,
        ("enrolment", "stage", "state", "opened_on", "basis"),
        ((who + 1, stage.pk, "open", DAY, "") for who in range(total)),
    )
    fill(
        Evaluation,
        ("id", "public_id", "cohort", "stage", "scheme", "opened_at", "opened_by"),
        (
            (row.pk, f"v{row.pk:011d}", row.pk, stage.pk, scheme.pk, MOMENT, coordinators[0].pk)
            for row in cohorts
        ),
    )
    of = {who: cohort.pk for who, cohort in everyone()}
    status, scores = marks(total)
    fill(Mark, MARK_COLUMNS, mark_rows(status, scores, of, scheme, coordinators[0].pk))
    fill(Result, RESULT_COLUMNS, result_rows(status, scores, of, scheme))
    fill(
        AuditEntry,
        ("public_id", "at", "organisation", "person", "actor_kind", "fact", "subject", "payload"),
        (
            (f"a{row.pk:08d}{n:03d}", MOMENT, row.college.pk, coordinators[0].pk, "person", "evaluation.marks_recorded",
             f"evaluation/evaluation/v{row.pk:011d}",
             json.dumps({"evaluation": f"v{row.pk:011d}", "batch": "b", "added": n, "changed": 0}))
            for row in cohorts for n in range(20)
        ),
    )  # fmt: skip
    here = [row for row in cohorts if row.college == colleges[0]]
    return Nation(
        "college-0",
        coordinators[0].pk,
        [
            (f"c{row.pk:011d}", f"v{row.pk:011d}", f"e{row.people[n % min(24, len(row.people))]:011d}")
            for n, row in enumerate(here[1:21])
        ],
        (f"c{here[0].pk:011d}", f"v{here[0].pk:011d}", f"e{here[0].people[0]:011d}"),
    )


def marks(people: int) -> tuple[Any, Any]:
    """Statuses (indexes into `WORDS`) and scores of everybody, items beside one another."""
    chance = np.random.default_rng(11)
    status = chance.choice(len(WORDS), size=(people, ITEMS), p=SHARES)
    scores = np.clip(chance.normal(74, 12, size=(people, ITEMS)) * 2, 0, 200).round() / 2
    return status, scores


MARK_COLUMNS = (
    "public_id", "evaluation", "enrolment", "item", "status", "score", "is_current", "recorded_by", "recorded_at",
    "batch", "sheet_name", "cell", "given",
)  # fmt: skip


def mark_rows(
    status: Any, scores: Any, of: dict[int, int], scheme: Any, by: int
) -> Iterator[tuple[Any, ...]]:
    from craftpath.domain.programmes.definition import items

    keys = [item.key for item in items(scheme.definition)]
    for who, evaluation in of.items():
        given, points = status[who].tolist(), scores[who].tolist()
        for n, key in enumerate(keys):
            word, score = WORDS[given[n]], f"{points[n]:.1f}"
            if word != "missing":
                scored = word == "scored"
                yield (f"m{who:08d}{n:02d}", evaluation, who + 1, key, word, score if scored else None, True, by,
                       MOMENT, f"b{evaluation}", "成绩", f"C{who + 7}", score if scored else word)  # fmt: skip


RESULT_COLUMNS = (
    "evaluation", "enrolment", "complete", "total", "to_date", "open", "passed", "grade", "figures", "missing",
    "fingerprint", "computed_at",
)  # fmt: skip


def result_rows(status: Any, scores: Any, of: dict[int, int], scheme: Any) -> Iterator[tuple[Any, ...]]:
    """What `refresh_results` would store, by one call of the engine for everybody."""
    from craftpath.domain.evaluation.columns import figures, open_items
    from craftpath.domain.programmes.definition import engine_scheme
    from craftpath.engines.evaluation import Marks, evaluate

    engine = engine_scheme(scheme.definition, scheme.key)
    scored = np.where(status == 0, scores * 10, 0).astype(np.int16)
    columns = Marks(tuple(map(str, of)), scored, status.astype(np.int8), places=1)
    found = evaluate(engine, columns)
    for row, (who, evaluation) in enumerate(of.items()):
        total = found.total_of(row)
        yield (
            evaluation, who + 1, bool(found.complete[row]), None if total is None else str(total),
            str(found.to_date_of(row)), str(found.open_of(row)), found.passed_of(row), "",
            json.dumps(figures(found, row)), json.dumps(open_items(engine, columns, row)), scheme.fingerprint, MOMENT,
        )  # fmt: skip
