"""Writing the made-up nation: a city at a time, its people in chunks, two cities side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa

from craftpath.delivery.commands.made_up.around import around, in_places
from craftpath.delivery.commands.made_up.columns import Book, Quarters
from craftpath.delivery.commands.made_up.contracts import contracts_of
from craftpath.delivery.commands.made_up.nation import LARGEST_CHUNK, MADE_AT, City, cities
from craftpath.delivery.commands.made_up.testing import SCHEME, SCHEME_TEXT, tested
from craftpath.delivery.commands.made_up.training import trained
from craftpath.delivery.exchange.lake.layout import CITIES, cities_text, public_text
from craftpath.delivery.exchange.lake.writing import CityWriter

SIDE_BY_SIDE = 2


def write_nation(folder: Path, people: int, seed: int, told: Callable[[City], None]) -> None:
    """All cities of a nation below `folder`; `told` hears of each that is done."""
    nation = cities(people, seed)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for city in pool.map(lambda one: _write(folder, one, seed), nation):
            told(city)
    known = {city.code: {"name": city.name, "key": public_text(city.key.public_key())} for city in nation}
    (folder / CITIES).write_text(cities_text(known), encoding="utf-8")
    schemes = folder / "schemes"
    schemes.mkdir()
    (schemes / f"{SCHEME}.toml").write_text(SCHEME_TEXT, encoding="utf-8")


def _write(folder: Path, city: City, seed: int) -> City:
    writer = CityWriter(folder, city.code, city.key, MADE_AT)
    kindness = np.exp(np.random.default_rng([seed, city.index, 1 << 20]).normal(0.0, 0.3, city.enterprises))
    book = Book(city, pa.array(city.pseudonyms("enterprise", range(city.enterprises))))
    chunks = max(1, -(-city.people // LARGEST_CHUNK))
    for chunk in range(chunks):
        people = city.people // chunks + (chunk < city.people % chunks)
        chance = city.generator(seed, chunk)
        contracts = contracts_of(city, people, chance, kindness)
        quarters = Quarters.of(contracts)
        start = chunk * 10 * LARGEST_CHUNK
        keys = pa.array(city.pseudonyms("contract", range(start, start + len(contracts))))
        names = pa.array(city.pseudonyms("person", range(start, start + people)))
        for table, rows in trained(book, contracts, quarters, keys, names, chance):
            writer.add(table, rows, chunk)
        for table, rows in tested(book, contracts, quarters, keys, names, chance):
            writer.add(table, rows, chunk)
        for table, rows in around(book, quarters, chance):
            writer.add(table, rows, chunk)
    for table, rows in in_places(book, city.generator(seed, chunks)):
        writer.add(table, rows)
    writer.close()
    return city
