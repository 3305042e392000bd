"""What does the item bank cost: understanding a pasted exam, its list with many items, packages, scoring a cohort?

    python bench/items.py [--items 20000] [--questions 500] [--rounds 5]

A site of its own in a temporary folder. Pages go through Django's WSGI handler in this process, signed in as the
coordinator of one college; what a web server adds is not in it. The fastest of the rounds is shown.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine


def main() -> None:
    """Fill the bank, then measure each in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        _measure(asked.items, asked.questions, asked.rounds)


def fastest(rounds: int, do: Callable[[], Any]) -> float:
    """Milliseconds of the fastest round."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        do()
        took.append(time.perf_counter() - start)
    return min(took) * 1000


def paper(questions: int) -> str:
    """An exam of so many questions, with a list of answers at its end."""
    letters = random.Random(7)
    lines, keys = ["一、单项选择题（每题2分）"], []
    places = ("上方", "下方", "两侧", "以外")
    for number in range(1, questions + 1):
        lines.append(f"{number}. 第 {number} 号零件的公差带位于（  ）。")
        lines += [f"{letter}. 零线{words}" for letter, words in zip("ABCD", places, strict=True)]
        keys.append(f"{number}.{letters.choice('ABCD')}")
    return "\n".join([*lines, "参考答案", *(" ".join(keys[n : n + 10]) for n in range(0, questions, 10))])


def _measure(count: int, questions: int, rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from craftpath.delivery.exchange.exams.drafting import read_exam
    from craftpath.delivery.exchange.exams.qti_in import read_package
    from craftpath.domain.exams import actions
    from craftpath.domain.exams.content import Content, question
    from craftpath.engines.scoring import Kind, Rule, score_cohort
    from craftpath.kernel.access import join, system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role
    from craftpath.kernel.tenancy import everywhere
    from craftpath.values.text import Text

    print("| what | ms | queries |\n|---|---:|---:|")
    text = paper(questions)
    assert len([one for one in read_exam(text).readings if one.keyed]) == questions
    took = fastest(rounds, lambda: read_exam(text))
    print(f"| {questions} questions understood ({len(text):,} characters) | {took:.0f} | – |")

    options = [{"key": key, "text": {"zh": key}} for key in "abcdef"]
    several = Content(Kind.MULTIPLE, Text("题"), {"options": options, "right": list("abd")}, rule=Rule.EACH)
    luck = random.Random(7)
    answers = [luck.sample("abcdef", luck.randint(0, 6)) for _ in range(100_000)]
    judge = question(several)
    took = fastest(rounds, lambda: score_cohort(judge, answers))
    print(f"| 100,000 answers to one item scored | {took:.0f} | – |")

    now = datetime(2026, 9, 1, tzinfo=UTC)
    with everywhere("a bench fills a bank"):
        college = plant(key="college", kind="college", name={"zh": "学院", "en": "College"})
        person = Person.objects.create(username="c01", name="何静")
        join([person], college, Role.COORDINATOR, on=now.date())
        for start in range(0, count, 1000):
            drafts = [
                actions.Draft(
                    Content(
                        Kind.SINGLE,
                        Text(f"第 {n} 题：零件 {n % 97} 的公差", f"Item {n}"),
                        {"options": options, "right": ["a"]},
                    ),
                    ready=True,
                )
                for n in range(start, min(start + 1000, count))
            ]
            begun = time.perf_counter()
            actions.write_items(college, drafts, by=system(), at=now)
            last = (time.perf_counter() - begun) * 1000
    print(f"| 1,000 items written at {count:,} | {last:.0f} | – |")
    client = Client(HTTP_HOST=HOST, HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person)
    bank = reverse("exams:bank", args=["college"])
    for name, query in (
        ("the list", ""),
        ("a later page", "?page=200"),
        ("found by a word", "?q=零件 42"),
        ("found by nothing", "?q=nothing"),
    ):
        client.get(bank + query)
        asked: list[str] = []

        def noted(execute: Any, sql: str, *more: Any, asked: list[str] = asked) -> Any:
            asked.append(sql)
            return execute(sql, *more)

        with connection.execute_wrapper(noted):
            assert client.get(bank + query).status_code == 200
        took = fastest(rounds, lambda q=query: client.get(bank + q))
        print(f"| {name} of {count:,} items | {took:.0f} | {len(asked)} |")
    give = reverse("exams:give", args=["college"])
    ids = "&".join(f"item={one}" for one in _ids(500))
    out = client.get(f"{give}?{ids}").content
    took = fastest(1, lambda: client.get(f"{give}?{ids}"))
    print(f"| a package of 500 items written ({len(out) // 1024:,} kB) | {took:.0f} | – |")
    print(f"| the same read | {fastest(1, lambda: read_package(out, 'x.zip')):.0f} | – |")


def _ids(count: int) -> list[str]:
    from craftpath.domain.exams.models import Item
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a bench chooses items"):
        return list(Item.objects.order_by("pk").values_list("public_id", flat=True)[:count])


if __name__ == "__main__":
    main()
