"""A VR welding simulator of the demo: its token, what it has sent, and a mapping by which some of it counts.

And a learning platform that keeps a column of its own for the same class; nobody has taken it over yet.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.activity.examining import examined
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.domain.activity.trusting import authority_of
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.outside import actions, columns
from craftpath.domain.programmes.definition import components
from craftpath.engines.xapi import Version
from craftpath.engines.xapi.values import written
from craftpath.kernel.access import Actor, system
from craftpath.kernel.clients import make_service_client
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

DAY = timedelta(days=1)
SPACE = uuid.UUID("5b0f0f2e-64c5-4f5d-9d3e-0a5a4c1c7d22")
PASSED, FAILED = (f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ("passed", "failed"))
TASKS = "https://vr-weld.example/tasks/"
SKILL = "problem_solving_decision_making"
# (who of the class, task, score of 100, days ago); one that is not passed is a failed try
TRIED = (
    (0, "fillet-1", 62, 13), (0, "fillet-1", 84, 12), (0, "fillet-2", 91, 6), (1, "fillet-1", 88, 12),
    (1, "fillet-2", 79, 5), (2, "fillet-1", 71, 11), (2, "fillet-1", 86, 9), (3, "fillet-1", 55, 8),
    (4, "fillet-1", 93, 7), (4, "butt-1", 82, 2),
)  # fmt: skip
NAMES = {
    "fillet-1": {"zh-CN": "平角焊", "en": "Fillet weld, flat"},
    "fillet-2": {"zh-CN": "立角焊", "en": "Fillet weld, vertical"},
    "butt-1": {"zh-CN": "平板对接焊", "en": "Butt weld, flat"},
}


def weld_in_vr(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """Made by the administrator two weeks ago, mapped by the coordinator once the first results were in."""
    administrator = Actor(places.college, staff.administrator, frozenset({Role.ADMINISTRATOR}))
    made = make_service_client(
        places.college,
        name="VR 焊接模拟器",
        scopes=["xapi:write"],
        roles=["trainer"],
        expires_at=at + 200 * DAY,
        by=administrator,
        at=at - 14 * DAY,
    )
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = enrolments().filter(cohort=own.cohort_id, state="active").exclude(pk=own.pk)
    some = [own, *mates.select_related("person").order_by("pk")[:4]]
    said = [
        _said(some[who].person.public_id, task, score, at - days * DAY) for who, task, score, days in TRIED
    ]
    guest = said[0] | {
        "id": str(uuid.uuid5(SPACE, "guest")),
        "actor": {"mbox": "mailto:guest@vr-weld.example"},
    }
    sender = Sender(places.college, made.client, authority_of(made.client))
    batch = examined([*said, guest | {"verb": {"id": PASSED}}], Version.V2)
    take_statements(batch, sender=sender, by=system(places.college), at=at - DAY)
    draft = actions.drafted(
        places.college,
        made.client,
        name="VR 焊接：角焊缝合格",
        verb=PASSED,
        activity=f"{TASKS}fillet",
        begins=True,
        least=80,
        needs_success=True,
        skill=SKILL,
    )
    row = actions.make_mapping(draft, by=coordinator, at=at - 10 * DAY)
    actions.apply_mapping(row, by=system(places.college), at=at - DAY)
    keep_a_column(administrator, coordinator, some, at=at)


QUIZ = (42, 38, 47, None, 52)  # of 50; one is not graded yet, one has points beyond


def keep_a_column(
    administrator: Actor, coordinator: Actor, some: Sequence[Enrolment], *, at: datetime
) -> None:
    """A quiz that the class took on the college's learning platform."""
    college = some[0].cohort.organisation
    made = make_service_client(
        college,
        name="学习平台",
        scopes=["roster:write"],
        roles=["coordinator"],
        expires_at=at + 200 * DAY,
        by=administrator,
        at=at - 5 * DAY,
    )
    judged = evaluations().filter(cohort=some[0].cohort_id).first()
    if judged is None:
        return
    part = components(judged.scheme.definition)[0]
    told = {
        "title": "识图小测 Blueprint quiz",
        "class": {"sourcedId": some[0].cohort.public_id},
        "category": {"sourcedId": f"{judged.scheme.public_id}-{part.key}"},
        "assignDate": (at - 4 * DAY).isoformat(),
        "dueDate": (at - 3 * DAY).isoformat(),
        "resultValueMin": 0,
        "resultValueMax": 50,
    }
    row, _new = columns.keep_column(
        made.client, "quiz-1", columns.column_said(told), by=coordinator, at=at - 4 * DAY
    )
    for one, score in zip(some, QUIZ, strict=False):
        raw: dict[str, Any] = {
            "student": {"sourcedId": one.person.public_id},
            "scoreDate": (at - 3 * DAY).date().isoformat(),
        }
        raw |= {"scoreStatus": "submitted"} if score is None else {"score": score}
        said = columns.mark_said(row, raw)
        columns.keep_mark(row, f"quiz-1-{one.public_id}", said, by=coordinator, at=at - 3 * DAY)


def _said(public_id: str, task: str, score: int, at: datetime) -> dict[str, Any]:
    passed = score >= 75
    return {
        "id": str(uuid.uuid5(SPACE, f"{public_id} {task} {score}")),
        "actor": {"account": {"homePage": settings.ADDRESS, "name": public_id}},
        "verb": {"id": PASSED if passed else FAILED},
        "object": {"id": TASKS + task, "definition": {"name": NAMES[task]}},
        "result": {"success": passed, "score": {"raw": score, "min": 0, "max": 100, "scaled": score / 100}},
        "timestamp": written(at),
    }
