"""What the drill does in processes of its own: `python -m tests.commands.drill set|write|digest|whole`.

The site is the one of `CRAFTPATH_VAR` and `CRAFTPATH_DATABASE_URL`; each prints one line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from decimal import Decimal
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from django.apps import apps  # noqa: E402
from django.utils import timezone  # noqa: E402

from craftpath.domain.evaluation.actions import (  # noqa: E402
    NewMark,
    basis_of,
    decide_results,
    raise_contest,
    record_marks,
)
from craftpath.domain.evaluation.models import Evaluation, Mark, Result, ResultVersion  # noqa: E402
from craftpath.domain.evaluation.queries import derivation  # noqa: E402
from craftpath.kernel.access import system  # noqa: E402
from craftpath.kernel.audit import AuditEntry  # noqa: E402
from craftpath.kernel.files import KeptFile, keep  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402
from tests import cast as casting  # noqa: E402


def set_out() -> dict[str, Any]:
    """A site with the cast, a decided result that is contested, and a kept file."""
    cast = casting.build()
    by = cast.actor("coordinator")
    keep("成绩\n90\n".encode(), "marks.csv", organisation=cast.college, by=by, at=casting.AT)
    decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=by, at=casting.AT)
    version = ResultVersion.objects.get()
    mine = cast.actor("apprentice")
    raise_contest(version, words="第二题答对了。", in_question=["final_exam"], by=mine, at=casting.AT)
    return {"marks": Mark.objects.count()}


def write() -> dict[str, Any]:
    """Record marks without end, six of different people's in each action; says when the first is in."""
    evaluation = Evaluation.objects.select_related("cohort__organisation").get()
    people = list(Result.objects.filter(decided=None).values_list("enrolment", flat=True))
    by, score = system(evaluation.cohort.organisation), 0
    while True:
        score = score % 50 + 1
        marks = [
            NewMark(who, item, "scored", Decimal(score)) for who in people for item in ("quiz", "final_exam")
        ]
        record_marks(evaluation, marks, by=by, at=timezone.now())
        if score == 2:
            print("writing", flush=True)  # noqa: T201
        time.sleep(0.005)


def digest() -> dict[str, str]:
    """Table → a hash of all its rows; who is signed in, and the clock of migrations, left out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if label in {"sessions.session"}:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        rows = [
            [_plain(value) for value in row] for row in model._base_manager.order_by("pk").values_list(*names)
        ]
        found[label] = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    return found


def _plain(value: Any) -> str:
    """The value as text: 80.5 as 80.50, and an object whatever the order of its names."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)


def whole() -> dict[str, Any]:
    """Whether everything belongs together: facts and their marks, results and their explanations, files and bytes."""
    told = AuditEntry.objects.filter(fact="evaluation.marks_recorded")
    torn = [
        entry.pk
        for entry in told
        if Mark.objects.filter(batch=entry.payload["batch"]).count()
        != entry.payload["added"] + entry.payload["changed"]
    ]
    untold = Mark.objects.exclude(batch__in=[entry.payload["batch"] for entry in told]).count()
    wrong = []
    for result in Result.objects.select_related("enrolment__person", "evaluation__scheme"):
        explained = derivation(result.evaluation, result.enrolment).explanation
        if (explained.total_rounded, explained.to_date_rounded, explained.passed) != (
            None if result.total is None else result.total.quantize(Decimal("0.1")),
            result.to_date.quantize(Decimal("0.1")),
            result.passed,
        ):
            wrong.append(result.pk)
    lost = [row.pk for row in KeptFile.objects.all() if hashlib.sha256(row.bytes()).hexdigest() != row.sha256]
    return {"torn": torn, "untold": untold, "wrong": wrong, "lost": lost, "marks": Mark.objects.count()}


if __name__ == "__main__":
    step = {"set": set_out, "write": write, "digest": digest, "whole": whole}[sys.argv[1]]
    with everywhere("a drill looks at everything"):
        print(json.dumps(step()))  # noqa: T201
