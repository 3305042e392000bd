"""Working calendars, this morning's digests, a web hook that works and one that was switched off after failures."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test.utils import override_settings

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.jobs import digesting
from craftpath.kernel.access import Actor, actor_in, system
from craftpath.kernel.clients import make_service_client
from craftpath.kernel.digests import begin_round, digests_of, read_digests
from craftpath.kernel.hook_signing import make_hook_secret
from craftpath.kernel.hooks import MOST_FAILURES, Hook, add_hook, end_delivery, send_counts, take_delivery
from craftpath.kernel.topics import Topic
from craftpath.kernel.workdays import add_days, load_official_year


def keep_calendars(places: Places, staff: Staff, *, at: datetime) -> None:
    """China's days of last year, this one and the next, as far as they are announced; a plant closure of one's own."""
    for year in range(at.year - 1, at.year + 2):
        load_official_year(places.city, "CN", year, by=system(places.city), at=at - timedelta(days=300))
    by = actor_in(staff.administrator, places.college, at.date())
    if by is None:
        raise RuntimeError("the demo's administrator has no role")
    closed = at.date().replace(month=8, day=3)
    name = {"zh": "实训车间检修", "en": "Workshops closed for revision"}
    add_days(
        places.college,
        closed,
        closed + timedelta(days=4),
        works=False,
        name=name,
        by=by,
        at=at - timedelta(days=200),
    )


def hear(places: Places, staff: Staff, *, at: datetime) -> None:
    """The round of this morning, and the bots of two groups."""
    zone = places.college.time_zone
    turn, _new = begin_round(zone, at.date(), queue=False, by=system(), at=at)
    # People of a demo have no mailbox: what went out this morning stands in their inboxes and not on the console.
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        digesting.go_on(turn, at=at, seconds=float("inf"))
    by = actor_in(staff.administrator, places.college, at.date())
    if by is None:
        raise RuntimeError("the demo's administrator has no role")
    if digests_of(staff.administrator).exists():
        read_digests(staff.administrator, by=by, at=at)
    works = add_hook(
        places.college,
        name="教务群",
        shape="wecom",
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=demo",
        topics=[Topic.LOG, Topic.ATTENDANCE, Topic.EXAMS],
        by=by,
        at=at - timedelta(days=40),
    )
    _past(works, 3, "", at)
    fails = add_hook(
        places.college,
        name="企业导师群",
        shape="dingtalk",
        address="https://oapi.dingtalk.com/robot/send?access_token=demo",
        topics=[Topic.LOG, Topic.SAFETY],
        by=by,
        at=at - timedelta(days=41),
    )
    _past(fails, MOST_FAILURES, "kernel.hook_slow", at)
    own = add_hook(
        places.college,
        name="教务大屏",
        shape="plain",
        address="https://board.invalid/in",
        topics=[Topic.LOG],
        by=by,
        at=at - timedelta(days=20),
    )
    make_hook_secret(own, by=by, at=at - timedelta(days=20))
    _past(own, 2, "", at)
    _let_programs_in(places, by, at)


def _let_programs_in(places: Places, by: Actor, at: datetime) -> None:
    """Two service tokens of the college; nobody knows their secrets, so nothing comes in by them."""
    asked = (
        ("学习平台对接", ["cohorts:read", "sessions:read", "roster:read"], ["coordinator"], 120),
        ("教务大屏", ["figures:read", "duties:read"], ["auditor"], 20),
    )
    for name, scopes, roles, ago in asked:
        made = at - timedelta(days=ago)
        until = made + timedelta(days=365)
        make_service_client(
            places.college, name=name, scopes=scopes, roles=roles, expires_at=until, by=by, at=made
        )


def _past(hook: Hook, days: int, answer: str, at: datetime) -> None:
    """Messages of the last days and what became of them; nothing leaves the house here."""
    for ago in range(days, 0, -1):
        moment = at - timedelta(days=ago)
        counts = [("logbook.week_waits", 9 + ago, ago), ("logbook.week_due", 17 - ago, 0)]
        row = send_counts(hook, moment.date(), counts, by=system(), at=moment)
        while row is not None and row.state == "waiting":
            taken = take_delivery(row.pk, by=system(), at=row.next_at)
            if taken is None:
                break
            end_delivery(taken, answer, facts={"seconds": 5} if answer else {}, by=system(), at=taken.made_at)
            row = taken
