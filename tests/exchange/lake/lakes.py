"""Small lakes of two cities, and the ways to spoil them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from craftpath.delivery.exchange.lake.layout import cities_text, public_text, sha256_of, signature_text
from craftpath.delivery.exchange.lake.writing import CityWriter
from tests.engines.indicators.rows import arrow, star_rows

MADE_AT = datetime(2024, 7, 2, 8, tzinfo=UTC)
NOW = datetime(2024, 8, 1, tzinfo=UTC)
KEYS = {
    code: Ed25519PrivateKey.from_private_bytes(code.encode().ljust(32, b".")) for code in ("330100", "320100")
}


def write_city(folder: Path, code: str, tables: dict[str, pa.Table], made_at: datetime = MADE_AT) -> None:
    writer = CityWriter(folder, code, KEYS[code], made_at)
    for name, rows in tables.items():
        writer.add(name, rows)
    writer.close()


def write_lake(folder: Path, size: int = 40) -> Path:
    folder.mkdir()
    for seed, code in enumerate(KEYS):
        write_city(folder, code, arrow(star_rows(seed, size)))
    known = {
        code: {"name": {"zh": code, "en": code}, "key": public_text(key.public_key())}
        for code, key in KEYS.items()
    }
    (folder / "cities.json").write_text(cities_text(known), encoding="utf-8")
    return folder


def manifest_of(folder: Path, code: str) -> Path:
    return folder / "manifests" / f"city={code}" / "manifest.json"


def change_manifest(folder: Path, code: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a manifest says, signed again by the city itself."""
    path = manifest_of(folder, code)
    told = json.loads(path.read_bytes())
    change(told)
    raw = json.dumps(told).encode()
    path.write_bytes(raw)
    path.with_name("manifest.sig").write_text(signature_text(KEYS[code], raw))


def change_file(folder: Path, code: str, inside: str, table: pa.Table, **options: Any) -> None:
    """Put other rows into a listed file, and let the city sign that."""
    import pyarrow.parquet as pq

    path = folder / inside
    pq.write_table(table, path, **options)

    def listed(told: dict[str, Any]) -> None:
        for one in told["files"]:
            if one["path"] == inside:
                one["sha256"], one["rows"] = sha256_of(path), table.num_rows

    change_manifest(folder, code, listed)


def part(table: str, code: str, year: int = 2024) -> str:
    return f"{table}/city={code}/year={year}/part-0000.parquet"
