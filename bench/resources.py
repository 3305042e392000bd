"""How long does the library take to answer among half a million resources, on the embedded database?

    python bench/resources.py [--size 500000] [--asked 100]

A site of its own in a temporary folder, SQLite: a college with 1,000 resources first, then with `--size`, asked the
same questions by the page itself (a signed-in trainer, the whole answer with choices, counts and the places where words
stand). Titles, abstracts and three pages of text are made of words that are used unevenly, about 300 words a resource;
every fifth is of another college and stays inside there. The first thousand is indexed by what indexes in the product,
the rest are the same again with other ids. Each question has other words. `own` is the processor's time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident
from search import ENGLISH, WORDS

AT = datetime(2026, 9, 14, 1, tzinfo=UTC)
LEAST = 1_000
KINDS, LICENCES = ("document", "slides", "video", "exercise", "case"), ("own", "ccby", "ccbysa", "reserved")


def main() -> None:
    """Fill, ask, fill more, ask again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=500_000)
    parser.add_argument("--asked", type=int, default=100)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        from craftpath.kernel.tenancy import everywhere

        with everywhere("a bench fills a site"):
            site = _site()
        medians: dict[str, list[float]] = {}
        for size in (LEAST, asked.size):
            began = time.perf_counter()
            with everywhere("a bench fills a site"):
                _fill(site, size)
            seconds = time.perf_counter() - began
            weight = sum(path.stat().st_size for path in Path(folder).glob("craftpath.sqlite3*")) / 1e6
            print(
                f"{size:,} resources in {seconds:,.0f} s, {weight:,.0f} MB, peak {resident('VmHWM'):,.0f} MB"
            )
            print("| asked for | median ms | p95 ms | own median ms | found on the page |")
            print("|---|---:|---:|---:|---:|")
            for name in QUESTIONS:
                medians.setdefault(name, []).append(_ask(site, name, asked.asked))
        for name, (first, last) in medians.items():
            print(f"{name}: {last / first:.2f} times")
        print(machine())


def _site() -> dict[str, Any]:
    from django.test import Client

    from craftpath.domain.occupations.models import Occupation
    from craftpath.kernel.access import join
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role

    here = plant(key="here", kind="college", name={"zh": "本校", "en": "Here"})
    there = plant(key="there", kind="college", name={"zh": "他校", "en": "There"})
    person = Person.objects.create_user("trainer", password=uuid.uuid4().hex, name="教师")
    join([person], here, Role.TRAINER, on=date(2026, 1, 1))
    trades = [Occupation.objects.create(name={"zh": word + "工"}, made_at=AT) for word in WORDS[:20]]
    client = Client()
    client.force_login(person)
    return {
        "here": here,
        "there": there,
        "trades": trades,
        "client": client,
        "rng": random.Random(7),
        "made": 0,
    }


def _words(rng: random.Random, count: int, some: list[str]) -> str:
    return "".join(some[min(int(rng.paretovariate(0.8)) - 1, len(some) - 1)] for _ in range(count))


def _fill(site: dict[str, Any], size: int) -> None:
    from django.db import transaction

    while site["made"] < size:
        with transaction.atomic():
            _batch(site, min(LEAST, size - site["made"]))


def _batch(site: dict[str, Any], count: int) -> None:
    """Rows as the product keeps them; the first thousand is indexed by the product, later ones get words of these."""
    from django.db.models import OuterRef, Subquery

    from craftpath.delivery.jobs.search.kinds import KINDS as FOUND
    from craftpath.delivery.jobs.search.reading import docs_of
    from craftpath.domain.resources.models import Resource, Version
    from craftpath.domain.resources.sharing import facets_of
    from craftpath.kernel.rows import insert_rows
    from craftpath.kernel.search.entries import SearchEntry, index

    rng, rows = random.Random(7), []  # every thousand is the same again
    for number in range(count):
        place = site["there"] if number % 5 == 0 else site["here"]
        row = Resource(
            made_id=uuid.uuid4(), organisation=place, title={"zh": _words(rng, 4, WORDS), "en": rng.choice(ENGLISH)},
            abstract={"zh": _words(rng, 12, WORDS)}, kind=rng.choice(KINDS), licence=rng.choice(LICENCES),
            occupation=rng.choice(site["trades"]), language=rng.choice(("zh", "zh", "en", "both")), made_at=AT,
            changed_at=AT,
        )  # fmt: skip
        row.facets = facets_of(row)
        rows.append(row)
    Resource.objects.bulk_create(rows)
    versions = [
        Version(
            made_id=uuid.uuid4(), resource=row, number=1, link="https://films.example/", form="pdf", state="ready",
            made_at=AT, pages=[_words(rng, 45, WORDS) for _ in range(3)],
        )
        for row in rows
    ]  # fmt: skip
    Version.objects.bulk_create(versions)
    own = Version.objects.filter(resource=OuterRef("pk")).values("pk")[:1]
    Resource.objects.filter(state="draft").update(current=Subquery(own), state="shared")
    site["made"] += count
    columns = ["noun", "kind", "public_id", "title", "names", "body", "marks", "line"]
    if "words" not in site:
        index(docs_of(FOUND["resources", "resource"], [row.pk for row in rows]))
        site["words"] = list(
            SearchEntry.objects.filter(noun="resources").order_by("pk").values_list(*columns)
        )
        return
    new = [(*held[:2], row.public_id, *held[3:]) for row, held in zip(rows, site["words"], strict=False)]
    insert_rows(SearchEntry, columns, new)


QUESTIONS: dict[str, Any] = {
    "nothing (the latest)": lambda _site, _rng: {},
    "a word": lambda _site, rng: {"q": rng.choice(WORDS)},
    "two words": lambda _site, rng: {"q": f"{rng.choice(WORDS)} {rng.choice(WORDS)}"},
    "a word, kind and licence": lambda _site, rng: {
        "q": rng.choice(WORDS), "kind": rng.choice(KINDS), "licence": rng.choice(LICENCES),
    },
    "an occupation and a language": lambda site, rng: {
        "occupation": rng.choice(site["trades"]).public_id, "language": "en",
    },
    "what stands nowhere": lambda _site, rng: {"q": rng.choice(WORDS) + rng.choice("魑魅魍魉")},
}  # fmt: skip


def _ask(site: dict[str, Any], name: str, times: int) -> float:
    rng, taken, own, found = random.Random(name), [], [], 0
    client, make = site["client"], QUESTIONS[name]
    client.get("/o/here/resources/", HTTP_HOST="localhost")
    for _ in range(times):
        question = make(site, rng)
        began, worked = time.perf_counter(), time.process_time()
        page = client.get("/o/here/resources/", question, HTTP_HOST="localhost").content.decode()
        taken.append((time.perf_counter() - began) * 1_000)
        own.append((time.process_time() - worked) * 1_000)
        found += page.count('class="line"')
    ordered = sorted(taken)
    median, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(
        f"| {name} | {median:.0f} | {late:.0f} | {statistics.median(own):.0f} | {found / times:.0f} |",
        flush=True,
    )
    return median


if __name__ == "__main__":
    main()
