"""Doors by LTI in the demo: a welder and a Moodle that nobody reaches, and two places of this site that do.

The works' safety course of Jinheng is opened from the college's course as by any other platform: a signed launch goes
from the one to the other. It works where the demo is served at its usual address, and says nothing of who comes.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.courses import actions as courses
from craftpath.domain.courses import queries as courses_known
from craftpath.domain.courses.content import Content
from craftpath.domain.lti import actions, grading, keys, wording
from craftpath.domain.lti.jwts import ALGORITHM, LEAST_BITS, stamped
from craftpath.domain.lti.returning import waiting
from craftpath.kernel.access import Actor, system
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

DAY = timedelta(days=1)
SPACE = uuid.UUID("3c9e1f0a-51f5-4c41-b0de-2f1b7ad7c8f3")
SERVED = "http://127.0.0.1:8000"
"""Where a demo is served unless somebody says otherwise."""
SCORES = ((0, 86, 6), (1, 72, 5), (2, 91, 4), (3, 64, 2))
"""Which of the class the welder has scored, how many of a hundred, how many days ago."""
RULES = Text(
    "# 进厂三条\n\n1. 走人行道，听见警铃就停。\n2. 黄线内不站人。\n3. 不认识的按钮不碰，先问带班。",
    "# Three rules of the works\n\n1. Keep to the walkway; stop when the bell rings.\n2. Nobody stands within the "
    "yellow lines.\n3. Touch no button that you do not know; ask the shift leader.",
)


@dataclass(frozen=True)
class _Doors:
    places: Places
    trainer: Actor
    office: Actor
    at: datetime

    def by(self, who: Actor, days: int) -> dict[str, Any]:
        return {"by": who, "at": self.at - days * DAY}


def open_doors(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """Tools for the welders' class, and a platform from which some of them come."""
    trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))
    here = _Doors(places, trainer, coordinator, at)
    welder = _welder(here)
    works = _works(here)
    run = _course(here, str(welder.ref), str(works.ref))
    _scored(here, run, welder)
    _moodle(here)


def _made(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


def _key() -> tuple[Any, dict[str, Any]]:
    """A key pair of somebody who exists only here, and the public half as a set."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    row = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    told = {name: row[name] for name in ("kty", "n", "e")} | {
        "kid": "example",
        "alg": ALGORITHM,
        "use": "sig",
    }
    return private, {"keys": [told]}


def _welder(here: _Doors) -> Any:
    said = actions.ToolSaid(
        "虚拟焊机（示例） · Virtual welder (example)",
        "https://vr-weld.example/lti/login", "https://vr-weld.example/lti/launch",
        choose_address="https://vr-weld.example/lti/choose", keys=_key()[1], services=("grades", "members"),
    )  # fmt: skip
    tool = actions.register_tool(here.places.college, said, **here.by(here.office, 30))
    act = here.by(here.trainer, 29)
    actions.add_link(
        tool, title="立角焊 · Vertical fillet", custom={"task": "fillet-2"}, maximum=Decimal(100),
        made_id=_made("fillet-2"), **act,
    )  # fmt: skip
    return actions.add_link(
        tool, title="平角焊 · Flat fillet", custom={"task": "fillet-1"}, maximum=Decimal(100),
        made_id=_made("fillet-1"), **act,
    )  # fmt: skip


def _works(here: _Doors) -> Any:
    """Jinheng's own course, and the way to it: registered on both sides, as two sites would do."""
    works = here.places.jinheng
    act = here.by(system(works), 30)
    details = courses.Details(
        Text("入厂安全须知", "Before you enter our works"),
        Text("进金恒的车间前，用十分钟看完。", "Ten minutes before you enter the works of Jinheng."), [], None,
    )  # fmt: skip
    course = courses.begin_course(organisation=works, made_id=_made("works"), details=details, **act)
    page = courses.NewActivity("page", Text("进厂三条", "Three rules"), Content("page", text=RULES))
    courses.add_units(course, [courses.NewUnit(Text("在车间里", "Inside the works"), [page], 10)], **act)
    courses.publish_course(course, **act)
    run = courses.start_run(
        course=course, cohort=None, organisation=works, made_id=_made("works run"), starts_on=act["at"].date(),
        ends_on=None, **act,
    )  # fmt: skip
    named = not (urlsplit(settings.ADDRESS).hostname or "").endswith(".invalid")
    site = settings.ADDRESS if named else SERVED
    office = here.by(here.office, 28)
    said = actions.ToolSaid(
        "金恒机械（本站） · Jinheng (on this site)",
        f"{site}/lti/login/",
        f"{site}/lti/launch/",
        tells="nothing",
    )
    tool = actions.register_tool(here.places.college, said, **office)
    actions.register_platform(
        works,
        actions.PlatformSaid(
            "澜川技师学院（本站） · Lanchuan College (on this site)", site, tool.public_id, f"{site}/lti/auth/",
            keys=keys.published(here.places.college), deployments=(tool.deployment,),
        ),
        **here.by(system(works), 28),
    )  # fmt: skip
    return actions.add_link(
        tool, title="金恒：入厂安全须知 · Jinheng: before you enter", custom={"target": f"course/{run.public_id}"},
        made_id=_made("works link"), **here.by(here.trainer, 27),
    )  # fmt: skip


def _course(here: _Doors, welder: str, works: str) -> Any:
    act = here.by(here.trainer, 26)
    details = courses.Details(
        Text("上机之前：虚拟焊接", "Before the real arc: virtual welding"),
        Text(
            "先在虚拟焊机上练稳手，再进焊接间。虚拟焊机是演示用的示例，打不开；金恒的须知可以打开。",
            "A steady hand on the virtual welder first, then the booth. The welder of this demo is an example and does "
            "not open; what Jinheng has to say does.",
        ),
        [], None,
    )  # fmt: skip
    course = courses.begin_course(
        organisation=here.places.college, made_id=_made("course"), details=details, **act
    )
    parts = [
        courses.NewActivity(
            "tool",
            Text("金恒：入厂安全须知", "Jinheng: before you enter"),
            Content("tool", ref=works),
            "works",
        ),
        courses.NewActivity("tool", Text("平角焊", "Flat fillet"), Content("tool", ref=welder), "fillet"),
    ]
    courses.add_units(course, [courses.NewUnit(Text("虚拟焊机", "Virtual welder"), parts, 40)], **act)
    courses.publish_course(course, **act)
    cohort = next(one for one in cohorts() if one.state == "running" and "焊工" in Text.of(one.name).zh)
    return courses.start_run(
        course=course, cohort=cohort, organisation=here.places.college, made_id=_made("run"),
        starts_on=(here.at - 21 * DAY).date(), ends_on=None, **here.by(here.trainer, 21),
    )  # fmt: skip


def _scored(here: _Doors, run: Any, link: Any) -> None:
    """What the welder has said of the first of the class; the course hears it as of any other tool."""
    rows = list(enrolments().filter(cohort=run.cohort_id, state="active")[: len(SCORES)])
    for number, score, days in SCORES[: len(rows)]:
        person = rows[number].person
        learner = Actor(here.places.college, person, frozenset({Role.APPRENTICE}))
        placed = actions.place_link(
            link,
            organisation=here.places.college,
            context=run.public_id,
            activity="fillet",
            **here.by(learner, days),
        )
        item = grading.items_of(link.tool, run.public_id).get(placement=placed, coupled=True)
        moment = here.at - days * DAY + timedelta(minutes=25)
        said = grading.ScoreSaid(person, moment, "Completed", "FullyGraded", Decimal(score), Decimal(100))
        actions.keep_score(item, said, by=system(here.places.college), at=moment)


def _moodle(here: _Doors) -> None:
    """Two of the class come from it, signed as any platform signs; the grade of one went back, and it was stopped."""
    private, published = _key()
    act = here.by(here.office, 25)
    said = actions.PlatformSaid(
        "学院 Moodle（示例） · College Moodle (example)", "https://moodle.example", "craftpath-demo",
        "https://moodle.example/mod/lti/auth.php", token_address="https://moodle.example/mod/lti/token.php",  # noqa: S106
        keys=published, deployments=("1",),
    )  # fmt: skip
    platform = actions.register_platform(here.places.college, said, **act)
    runs = courses_known.runs().filter(cohort__isnull=False).order_by("pk")
    run = next(one for one in runs if Text.of(one.course.title).zh.startswith("焊接安全"))
    own = enrolments().filter(cohort=run.cohort_id, state="active").order_by("number")
    first = [one.person for one in own.exclude(person__username__startswith=DEMO_PREFIX)[:2]]
    for number, person in enumerate(first):
        at = here.at - (12 - 4 * number) * DAY
        subject = f"moodle-{41 + number}"
        launch = _launch(platform, private, subject, run.public_id, at)
        found = actions.accept_launch(
            platform, launch[1], platform.keys, nonce=launch[0], by=system(here.places.college), at=at
        )
        by = Actor(here.places.college, person, frozenset({Role.APPRENTICE}))
        actions.join_identity(platform, subject, person, how="sign_in", by=by, at=at)
        if found.entry is not None:
            actions.come_by(platform, subject, found.entry.public_id, by=by, at=at)
    sent_at = here.at - 3 * DAY
    actions.return_grade(
        f"course/{run.public_id}", first[0], Decimal(88), by=system(here.places.college), at=sent_at
    )
    for pk in waiting(sent_at):
        row = actions.take_return(pk, by=system(), at=sent_at)
        if row is not None and row.entry.platform_id == platform.pk:
            actions.end_return(row, "", by=system(), at=sent_at)
    actions.stop_platform(platform, **here.by(here.office, 1))  # so that nothing is sent to nobody


def _launch(platform: Any, private: Any, subject: str, run: str, at: datetime) -> tuple[str, str]:
    """(nonce, message) as the example's Moodle would sign it."""
    nonce = secrets.token_urlsafe(12)
    claims = {
        "iss": platform.issuer, "aud": platform.client_id, "sub": subject, "nonce": nonce,
        **stamped(at, timedelta(minutes=5)),
        wording.MESSAGE_TYPE: wording.LAUNCH, wording.LTI_VERSION: wording.VERSION, wording.DEPLOYMENT: "1",
        wording.TARGET: f"{SERVED}/lti/launch/", wording.ROLES: [wording.ROLE_LEARNER],
        wording.RESOURCE: {"id": "weld-1", "title": "焊接安全与第一道焊缝 · Safe welding"},
        wording.CONTEXT: {"id": "c7", "title": "焊工 · Welders"}, wording.CUSTOM: {"target": f"course/{run}"},
        wording.GRADES: {"lineitem": "https://moodle.example/mod/lti/items/7/lineitem", "scope": [wording.SCORE]},
        wording.MEMBERS: {"context_memberships_url": "https://moodle.example/mod/lti/members/7"},
    }  # fmt: skip
    return nonce, jwt.encode(claims, private, algorithm=ALGORITHM, headers={"kid": "example"})
