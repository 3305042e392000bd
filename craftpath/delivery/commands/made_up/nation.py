"""Cities, counties, occupations and stages of the made-up nation, and what differs between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FIRST_YEAR, YEARS = 2019, 6
QUARTERS = 4 * YEARS
PERIODS = tuple(f"{FIRST_YEAR + q // 4}-Q{q % 4 + 1}" for q in range(QUARTERS))
MADE_AT = datetime(FIRST_YEAR + YEARS, 1, 10, 1, 0, tzinfo=UTC)
STAGES = ("junior_craftsman", "craftsman", "master_craftsman")
OCCUPATIONS = (
    "welding",
    "machining",
    "mould_making",
    "mechatronics",
    "electrical_fitting",
    "automotive_service",
    "industrial_robots",
    "chemical_operations",
    "ceramics",
    "cooking",
    "hotel_service",
    "elderly_care",
    "child_care",
    "nursing_aid",
    "tailoring",
    "embroidery",
    "joinery",
    "bricklaying",
    "surveying",
    "logistics",
    "e_commerce",
    "accounting",
    "animal_husbandry",
    "tea_making",
)
PROVINCES = (33, 32, 44, 51, 37, 41, 43, 42, 13, 61, 34, 35)
LARGEST_CHUNK = 100_000
APPRENTICES_EACH = 60  # of an enterprise, on average; most are smaller, some are much larger

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class City:
    """One city: how many people begin there, and how it differs from others."""

    index: int
    code: str
    name: dict[str, str]
    people: int
    places: tuple[str, ...]
    enterprises: int
    passing: float
    leaving: float
    wage: float
    secret: bytes
    key: Ed25519PrivateKey

    def generator(self, seed: int, chunk: int) -> np.random.Generator:
        """Chance for one chunk of its people; other chunks do not change it."""
        return np.random.default_rng([seed, self.index, chunk])

    def pseudonyms(self, kind: str, numbers: Any) -> list[str]:
        """Keyed digests of numbers, as the key of a row."""
        salt = kind.encode()[:16]
        digest = hashlib.blake2b
        return [
            digest(b"%d" % number, digest_size=9, key=self.secret, person=salt).hexdigest()
            for number in numbers
        ]


def cities(people: int, seed: int) -> list[City]:
    """The cities of a nation of so many apprentices: four, and more with size, up to sixty."""
    count = max(4, min(60, people // 50_000))
    chance = np.random.default_rng([seed, 1 << 20])
    weights = chance.gamma(4.0, 1.0, count)
    sizes = np.floor(people * weights / weights.sum()).astype(int)
    sizes[: people - int(sizes.sum())] += 1
    made = []
    for index in range(count):
        province, number = PROVINCES[index % len(PROVINCES)], index // len(PROVINCES) + 1
        prefix = f"{province}{number:02}"
        secret = hashlib.sha256(f"craftpath made-up city {seed} {prefix}".encode()).digest()
        counties = int(chance.integers(5, 11))
        made.append(
            City(
                index=index,
                code=f"{prefix}00",
                name={"zh": f"示例市 {prefix}", "en": f"Example City {prefix}"},
                people=int(sizes[index]),
                places=tuple(f"{prefix}{county:02}" for county in range(2, counties + 2)),
                enterprises=max(counties, int(sizes[index]) // APPRENTICES_EACH),
                passing=float(chance.normal(0.0, 0.35)),
                leaving=float(np.exp(chance.normal(0.0, 0.25))),
                wage=float(np.exp(chance.normal(0.0, 0.15))),
                secret=secret,
                key=Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"key" + secret).digest()),
            )
        )
    return made
