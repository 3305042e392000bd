"""Questions: how long do a search for similar ones, the list and the queue take among so many questions?

    python bench/questions.py [--sizes 10000 200000] [--rounds 40]

Questions are made of words of a workshop, Chinese and Latin, common ones often and rare ones seldom, a quarter of them
with an answer. Each size in a process of its own, in SQLite in a file. `search` is the function that looks while
somebody types; pages are asked through the test client by an apprentice; `bare` is a Django view that lists the newest
25 questions with their count and the names of who asked, for nobody in particular, in the same run. Milliseconds:
median and 95th percentile; queries in brackets.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine, resident

THINGS = [
    "焊缝",
    "气孔",
    "夹渣",
    "工件",
    "刀具",
    "刀补",
    "振纹",
    "主轴",
    "夹具",
    "卡盘",
    "尾座",
    "千分尺",
    "乳化液",
    "冷却液",
    "程序",
    "循环",
    "余量",
    "螺纹",
    "公差",
    "图纸",
    "粗糙度",
    "变频器",
    "继电器",
    "接触器",
    "机器人",
    "示教器",
    "坐标系",
    "焊丝",
    "电流",
    "电压",
]  # noqa: E501
ASKS = ["怎么", "为什么", "先检查哪里", "应该怎么调", "是不是正常", "有什么办法", "多久换一次", "要注意什么"]
PLACES = [
    "一号",
    "二号",
    "夜班",
    "早班",
    "东校区",
    "车间",
    "实训室",
    "考试前",
    "加工中心",
    "立车",
    "铣床",
    "磨床",
]
PORTION = 5000


def sentence(chance: random.Random) -> str:
    """One question; a number now and then makes it rare."""
    things = chance.sample(THINGS, 2)
    code = f"G{chance.randrange(100)}" if chance.random() < 0.3 else f"E-{chance.randrange(9000)}"
    return f"{chance.choice(PLACES)}的{things[0]}和{things[1]}{code}，{chance.choice(ASKS)}？"


def seed(size: int) -> tuple[Any, Any]:
    """A college with one class of forty and so many questions by them; one of them, and the college."""
    from django.db import transaction
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.apprenticeships.queries import enrolments
    from craftpath.domain.programmes.actions import load_preset
    from craftpath.domain.questions.models import Question, QuestionWord
    from craftpath.domain.questions.wording import print_of, title_of, words_of
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import plant

    at = timezone.now()
    college = plant(key="asked", kind="college", name={"en": "College"})
    programme = load_preset("cn_334", by=system(college), at=at)
    cohort = Cohort.objects.create(
        organisation=college, programme=programme, name={"en": "Class"}, occupation={"en": "Welder"},
        state="running", starts_on=at.date() - timedelta(days=200),
    )  # fmt: skip
    take_roster(
        cohort, [RosterEntry(f"{n:05}", f"Apprentice {n}") for n in range(40)], by=system(college), at=at
    )
    people = [row.person for row in enrolments().filter(cohort=cohort)]
    chance = random.Random(44)
    for start in range(0, size, PORTION):
        rows = []
        for n in range(start, min(start + PORTION, size)):
            text, then = sentence(chance), at - timedelta(minutes=5 * (size - n))
            answered = then + timedelta(hours=5) if n % 4 == 0 else None
            rows.append(
                Question(
                    made_id=uuid.UUID(int=n + 1), organisation=college, cohort=cohort, audience="college",
                    asker=people[n % 40], name_to=("everybody", "staff", "nobody")[n % 3], title=title_of(text),
                    text=text, print=print_of(text), asked_at=then, due_on=then.date(), answered_at=answered,
                    answers=int(bool(answered)), standing=int(bool(answered)),
                )
            )  # fmt: skip
        with transaction.atomic():
            Question.objects.bulk_create(rows, batch_size=500)
            words = (
                QuestionWord(organisation=college, word=word, question=row)
                for row in rows
                for word in words_of(row.text)
            )
            QuestionWord.objects.bulk_create(words, batch_size=2000)
    return people[0], college


def one(size: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    from django.core.paginator import Paginator
    from django.db import connection, reset_queries
    from django.http import HttpResponse
    from django.test import Client

    from craftpath.domain.questions.models import Question, QuestionWord
    from craftpath.domain.questions.similar import similar
    from craftpath.kernel.access import Actor
    from craftpath.kernel.roles import Role
    from craftpath.kernel.tenancy import everywhere, looking_for

    start = time.perf_counter()
    with everywhere("a measurement fills a college"):
        person, college = seed(size)
        words = QuestionWord.objects.count()
    found: dict[str, Any] = {"size": size, "words": words, "seed": time.perf_counter() - start}
    client = Client(HTTP_HOST=HOST, secure=True)
    client.force_login(person)
    scope = Actor(college, person, frozenset({Role.APPRENTICE})).scope
    chance = random.Random(7)

    def timed(name: str, work: Callable[[], Any]) -> None:
        work()
        took = []
        for _ in range(rounds):
            begun = time.perf_counter()
            work()
            took.append(time.perf_counter() - begun)
        connection.force_debug_cursor = True
        reset_queries()
        work()
        found[f"{name}_queries"] = len(connection.queries_log)
        connection.force_debug_cursor = False
        took.sort()
        found[name], found[f"{name}_p95"] = took[len(took) // 2], took[int(len(took) * 0.95)]

    def search() -> None:
        with looking_for(scope):
            similar(sentence(chance))

    def bare() -> HttpResponse:
        page = Paginator(
            Question._base_manager.select_related("asker").order_by("-asked_at", "-pk"), 25
        ).get_page(1)
        return HttpResponse("".join(f"<li>{row.title} {row.asker.name}</li>" for row in page))

    timed("search", search)
    timed("bare", bare)
    timed("list", lambda: client.get(f"/o/{college.key}/questions/"))
    timed("mine", lambda: client.get(f"/o/{college.key}/questions/mine/"))
    found["peak"] = resident("VmHWM")
    return found


def main() -> None:
    """Each size in a process of its own; a table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000, 200_000])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(given.one, given.rounds, Path(folder))))
        return
    print(machine())
    steps = ("search", "bare", "list", "mine")
    print(
        "| questions | words | " + " | ".join(f"{step} ms, p95 (queries)" for step in steps) + " | peak MB |"
    )
    for size in given.sizes:
        out = subprocess.run(
            [sys.executable, __file__, "--one", str(size), "--rounds", str(given.rounds)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        row = json.loads(out.stdout.splitlines()[-1])
        cells = [
            f"{row[step] * 1000:,.1f}, {row[f'{step}_p95'] * 1000:,.1f} ({row[f'{step}_queries']})"
            for step in steps
        ]
        print(f"| {size:,} | {row['words']:,} | " + " | ".join(cells) + f" | {row['peak']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
