"""How long does it take to find something among a million things, on the embedded database?

    python bench/search.py [--size 1000000] [--asked 200]

A site of its own in a temporary folder, SQLite. Six in ten entries are people with Chinese names, the others have names
of two to eight words out of a vocabulary that is used unevenly, and a sentence; they belong to 400 colleges in 20
cities. A tenth is written by what writes the index of the product, the rest are the same words with other ids and for
other colleges. They are asked for by what the page asks with: up to 60 results, for a reader of the whole country and
for the coordinator of one college. What the page does besides, reading the names of what was found, is not in it. Each
question has other words, so that little is found because it was just asked for. `equal` says whether the number of
hits of a few words is that of a scan. `own` is the processor's time, which says more where others want it too.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident

CITIES, COLLEGES = 20, 20  # colleges in each city
TENTH = 10
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈单仇解区查翟"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红雨桐浩然思远一鸣佳怡子涵梓轩欣怡宇"
    "航诗琪俊杰晓东国栋海燕文博志强建国春梅"
)
WORDS = [
    "数控",
    "车工",
    "焊工",
    "钳工",
    "铣工",
    "电工",
    "实训",
    "安全",
    "质量",
    "检测",
    "机械",
    "装配",
    "维修",
    "汽车",
    "机器人",
    "工艺",
    "图纸",
    "测量",
    "夹具",
    "刀具",
    "编程",
    "调试",
    "设备",
    "车间",
    "班组",
    "师傅",
    "学徒",
    "考核",
    "评价",
    "课程",
    "单元",
    "问卷",
    "需求",
    "试点",
    "案例",
    "沟通",
    "协作",
    "创新",
    "学习",
    "数字",
    "绿色",
    "能源",
    "电气",
    "液压",
    "气动",
    "模具",
    "铸造",
    "热处理",
    "表面",
    "材料",
]
ENGLISH = [
    "welding",
    "turning",
    "milling",
    "safety",
    "quality",
    "robot",
    "maintenance",
    "workshop",
    "apprentice",
    "mentor",
    "course",
    "unit",
    "survey",
    "pilot",
    "skills",
    "digital",
    "green",
    "energy",
    "hydraulic",
    "mould",
]
KINDS = [
    ("apprenticeships", "enrolment"),
    ("apprenticeships", "cohort"),
    ("pilots", "case"),
    ("standards", "skill"),
    ("learning", "session"),
]


def main() -> None:
    """Write, weigh, ask, count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=200)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        began = time.perf_counter()
        _write(asked.size)
        seconds = time.perf_counter() - began
        weight = sum(path.stat().st_size for path in Path(folder).glob("craftpath.sqlite3*")) / 1e6
        print(
            f"{asked.size:,} entries in {seconds:,.0f} s, {weight:,.0f} MB, peak {resident('VmHWM'):,.0f} MB"
        )
        print(machine())
        print("| asked for | reader | median ms | p95 ms | own median ms | own p95 ms | found |")
        print("|---|---|---:|---:|---:|---:|---:|")
        for name, make in QUESTIONS.items():
            for reader, brought in READERS.items():
                _ask(name, make, reader, brought, asked.asked)
        _count()


def _write(size: int) -> None:
    """A tenth as the product writes it; then the same words for other colleges, with other ids."""
    from craftpath.kernel.search.entries import index

    rng, batch = random.Random(9), []
    began = time.perf_counter()
    for doc in _docs(size // TENTH, rng):
        batch.append(doc)
        if len(batch) == 2_000:
            index(batch)
            batch = []
    index(batch)
    print(f"{size // TENTH:,} entries by the product: {time.perf_counter() - began:,.0f} s")
    _copies(rng)


def _copies(rng: random.Random) -> None:
    from django.db import transaction

    from craftpath.kernel.rows import insert_rows
    from craftpath.kernel.search.entries import SearchEntry

    columns = ["noun", "kind", "public_id", "title", "names", "body", "marks", "line"]
    first = list(SearchEntry.objects.order_by("pk").values_list(*columns))
    for copy in range(1, TENTH):
        rows = [(*row[:2], f"{row[2]}c{copy}", *row[3:6], _moved(row[6], rng), row[7]) for row in first]
        for start in range(0, len(rows), 10_000):
            with transaction.atomic():
                insert_rows(SearchEntry, columns, rows[start : start + 10_000])


def _moved(marks: str, rng: random.Random) -> str:
    city = f"0001{rng.randrange(CITIES) + 1:04d}"
    own = [f"o{city}", f"o{city}{rng.randrange(COLLEGES) + 1:04d}"]
    return " ".join([mark for mark in marks.split() if mark == "o0001" or mark[0] != "o"] + own)


def _docs(size: int, rng: random.Random) -> Iterator[Any]:
    from craftpath.kernel.search import marks
    from craftpath.kernel.search.entries import Doc
    from craftpath.values.ref import Ref

    for n in range(size):
        college = _path(rng.randrange(CITIES), rng.randrange(COLLEGES))
        seen = frozenset({*marks.below(college), marks.party(n)})
        if n % 10 < 6:
            name = _person(rng)
            yield Doc(
                Ref(*KINDS[0], f"e{n}"), [str(26_000_000 + n)], seen, [(name, "", f"w{n}")], [_title(rng)]
            )
        else:
            title = {
                "zh": _title(rng) + f" {rng.randrange(2020, 2030)} 级",
                "en": " ".join(_some(rng, ENGLISH, 3)),
            }
            yield Doc(Ref(*KINDS[1 + n % 4], f"d{n}"), [title], seen, (), [_title(rng) + "，" + _title(rng)])


def _path(city: int, college: int) -> str:
    return f"0001{city + 1:04d}{college + 1:04d}"


def _some(rng: random.Random, words: list[str], count: int) -> list[str]:
    """Words that come the more seldom the later they stand."""
    return [words[min(int(rng.paretovariate(0.7)) - 1, len(words) - 1)] for _ in range(count)]


def _title(rng: random.Random) -> str:
    return "".join(_some(rng, WORDS, rng.randint(2, 8)))


def _person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.randint(1, 2)))


def _pinyin(rng: random.Random) -> str:
    from craftpath.kernel.search.latin import latin_words

    return max(latin_words(_person(rng)), key=len)


def _initials(rng: random.Random) -> str:
    return "".join(rng.choice("zlwcyxhjsgm") for _ in range(3))


QUESTIONS: dict[str, Callable[[random.Random], str]] = {
    "one character": lambda rng: rng.choice(SURNAMES + GIVEN),
    "a word of two": lambda rng: rng.choice(WORDS),
    "two words": lambda rng: f"{rng.choice(WORDS)} {rng.choice(WORDS)}",
    "the most frequent word": lambda rng: WORDS[0],
    "a name": _person,
    "a name by pinyin": _pinyin,
    "initials": _initials,
    "English word": lambda rng: rng.choice(ENGLISH),
    "two letters of a word": lambda rng: rng.choice(ENGLISH)[:2],
    "five letters of a word": lambda rng: rng.choice(ENGLISH)[:5],
    "a number": lambda rng: str(26_000_000 + rng.randrange(1_000_000)),
    "what stands nowhere": lambda rng: f"{rng.choice(WORDS)}{rng.choice('魑魅魍魉')}{rng.choice(WORDS)}",
    "a frequent and a rare one": lambda rng: f"{WORDS[0]} {_person(rng)}",
}
READERS = {"country": ["all", "p0", "o0001"], "college": ["all", "p0", "b0001", "o000100070013"]}


def _ask(
    name: str, make: Callable[[random.Random], str], reader: str, brought: list[str], times: int
) -> None:
    from itertools import islice

    from craftpath.kernel.search.finding import find

    rng, taken, own, found = random.Random(name), [], [], 0
    for _ in range(times):
        question = make(rng)
        began, worked = time.perf_counter(), time.process_time()
        found += len(list(islice(find(question, brought=brought, kinds=KINDS, others=[]), 60)))
        taken.append((time.perf_counter() - began) * 1_000)
        own.append((time.process_time() - worked) * 1_000)
    cells = []
    for times_taken in (taken, own):
        ordered = sorted(times_taken)
        cells += [statistics.median(ordered), ordered[int(len(ordered) * 0.95)]]
    print(
        f"| {name} | {reader} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {found / times:.0f} |",
        flush=True,
    )


def _count() -> None:
    """Hits of a few words, from the index and from a scan of every text."""
    from django.db import connection

    from craftpath.kernel.search.words import words_of

    for asked in ("热处理", "铸", "机器人工艺", "hydraulic", "zengwei", "28"):
        words = " ".join(words_of(asked))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kernel_searchtext WHERE kernel_searchtext MATCH %s",
                           [f'{{title names body}} : "{words}"'])  # fmt: skip
            indexed = cursor.fetchone()[0]
            like = " OR ".join(f"' ' || {name} || ' ' LIKE %s" for name in ("title", "names", "body"))
            cursor.execute(f"SELECT count(*) FROM kernel_searchentry WHERE {like}", [f"% {words} %"] * 3)
            scanned = cursor.fetchone()[0]
        print(f"{asked}: {indexed:,} of the index, {scanned:,} of a scan, equal: {indexed == scanned}")


if __name__ == "__main__":
    main()
