"""Packages of the demo: a course on lockout and tagout (SCORM 1.2), an exercise (H5P), a course on reading a caliper
(cmi5), with apprentices in all of them."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.commands.demo.units import measure
from craftpath.delivery.exchange.courses.taking_in import carry_out
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.packages import actions
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.packages.models import Package

DAY = timedelta(days=1)
SPACE = uuid.UUID("5b0f0f2e-64c5-4f5d-9d3e-0a5a4c1c7d10")
STEPS = [
    "辨识能量，对照隔离清单",
    "通知操作者和相邻岗位",
    "按程序停机",
    "断开各隔离点",
    "上锁挂牌",
    "释放残余能量",
    "验证零能量",
]
_LIBRARY = {"machineName": "H5P.Steps", "majorVersion": 1, "minorVersion": 0}
# (who of the class, lesson: page or "all", quiz: right answers of five at each try, days ago, minutes)
DONE = (
    (1, "all", (5,), 9, 14),
    (2, "all", (3, 4), 8, 22),
    (3, "all", (4,), 6, 17),
    (4, "all", (2,), 5, 11),
    (5, "5", (), 3, 6),
    (6, "all", (), 2, 12),
    (7, "2", (), 1, 3),
    (0, "3", (), 1, 5),
)


def take_packages(places: Places, staff: Staff, *, at: datetime) -> None:
    """Take both in as the trainer, and let the class of the demo's apprentice have begun."""
    trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))
    course = _taken("lockout.zip", lockout(), trainer, at - 12 * DAY)
    exercise = _taken("steps.h5p", steps(), trainer, at - 4 * DAY)
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = (
        enrolments().filter(cohort=own.cohort_id, state="active").exclude(pk=own.pk).select_related("person")
    )
    some = [own, *mates.order_by("pk")[:7]]
    for number, lesson, quiz, days, minutes in DONE:
        if number < len(some):
            _played(course, places, some[number], lesson, quiz, at - days * DAY, minutes)
    for row in some[1:4]:
        result = {
            "completion": True,
            "success": True,
            "score": {"raw": len(STEPS), "min": 0, "max": len(STEPS)},
        }
        _save(exercise, places, row, "1", 1, {"result": result}, 150, at - 2 * DAY)
    measure(_taken("caliper.zip", caliper(), trainer, at - 7 * DAY), places, some, at=at)


def _taken(name: str, content: bytes, by: Actor, at: datetime) -> Package:
    if by.organisation is None:
        raise TypeError("a package belongs to an organisation")
    row = actions.take_package(
        content, name, organisation=by.organisation, made_id=uuid.uuid5(SPACE, name), by=by, at=at
    )
    carry_out(row, by=by, at=at)
    row.refresh_from_db()
    return row


def _played(
    course: Package,
    places: Places,
    row: Enrolment,
    lesson: str,
    quiz: tuple[int, ...],
    at: datetime,
    minutes: int,
) -> None:
    done = lesson == "all"
    core = {
        "lesson_status": "completed" if done else "incomplete",
        "lesson_location": "7" if done else lesson,
    }
    _save(course, places, row, "1", 1, {"cmi": {"core": core}}, minutes * 60, at)
    for number, right in enumerate(quiz, start=1):
        status = "passed" if right >= 4 else "failed"
        score = {"raw": str(right * 20), "min": "0", "max": "100"}
        data = {"cmi": {"core": {"lesson_status": status, "score": score}}}
        _save(course, places, row, "2", number, data, 260, at + number * timedelta(minutes=20), final=True)


def _save(
    package: Package, places: Places, row: Enrolment, entry: str, number: int, data: Any, seconds: int, at: datetime,
    *, final: bool = False,
) -> None:  # fmt: skip
    by = Actor(places.college, row.person, frozenset({Role.APPRENTICE}))
    launch = uuid.uuid5(SPACE, f"{package.public_id} {row.pk} {entry} {number}")
    saved = actions.Saved(entry, number, launch, 0, 1, data, seconds, final)
    actions.save_attempt(package, saved, by=by, at=at)


def lockout() -> bytes:
    """The course as an authoring tool would export it."""
    folder = resources.files("craftpath.delivery.commands.demo") / "lockout"
    return _zipped({one.name: one.read_bytes() for one in folder.iterdir()})


def caliper() -> bytes:
    """The course of cmi5, as it would be exported."""
    folder = resources.files("craftpath.delivery.commands.demo") / "caliper"
    return _zipped({one.name: one.read_bytes() for one in folder.iterdir()})


def steps() -> bytes:
    """The exercise with its one library."""
    folder = resources.files("craftpath.delivery.commands.demo") / "steps"
    folder = resources.files("craftpath.delivery.commands.demo") / "steps"
    told = {
        "title": "断能七步排顺序", "language": "zh", "mainLibrary": "H5P.Steps", "embedTypes": ["div"],
        "license": "CC BY", "preloadedDependencies": [_LIBRARY],
    }  # fmt: skip
    library = {
        **_LIBRARY, "title": "Steps", "patchVersion": 0, "runnable": 1, "preloadedJs": [{"path": "steps.js"}],
        "preloadedCss": [{"path": "steps.css"}],
    }  # fmt: skip
    content = {
        "task": "检修前怎样断能？按先后顺序点选七个步骤。", "steps": STEPS, "good": "顺序全对。",
        "again": "有 % 步在正确的位置上，重新打开可以再来一次。",
    }  # fmt: skip
    files = {
        "h5p.json": told, "content/content.json": content, "H5P.Steps-1.0/library.json": library,
    }  # fmt: skip
    held = {name: json.dumps(one, ensure_ascii=False).encode() for name, one in files.items()}
    return _zipped({**held, **{f"H5P.Steps-1.0/{one.name}": one.read_bytes() for one in folder.iterdir()}})


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(name, files[name])
    return out.getvalue()
