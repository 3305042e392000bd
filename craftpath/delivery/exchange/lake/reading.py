"""Checking a lake before anything is counted: what can be trusted is lent on, every fault is named with its file.

A city is read where `cities.json` knows it, its manifest is signed with the key that stands there, and its schema is
today's or can be brought forward. Of its files those are read that are what the manifest says. Nothing is repaired,
guessed or filled in; what is left out is left out whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from craftpath.delivery.exchange.lake.files import file_faults
from craftpath.delivery.exchange.lake.forward import can_be_read
from craftpath.delivery.exchange.lake.layout import (
    CITIES,
    CODE,
    MANIFEST,
    MANIFESTS,
    SIGNATURE,
    Listed,
    city_folder,
    is_signed,
    pattern,
)
from craftpath.delivery.exchange.lake.types import LakeFault
from craftpath.engines.indicators.star import STAR, VERSION

CLOCKS_MAY_DIFFER = timedelta(days=1)
SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class Trusted:
    """A city that the reader knows, with the key that it signs with."""

    code: str
    name: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a city says that it handed over."""

    path: str
    city: str
    version: int
    made_at: datetime
    files: tuple[Listed, ...]


@dataclass(slots=True)
class Lake:
    """What can be counted: table → version → files, with the rows that they say; and every fault that was found."""

    folder: Path
    until: str
    files: dict[str, dict[int, list[Path]]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    cities: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[LakeFault] = field(default_factory=list)


def quarter_of(moment: datetime) -> str:
    """The quarter in which a moment lies, as the star writes it."""
    return f"{moment.year}-Q{(moment.month - 1) // 3 + 1}"


def read_lake(folder: Path, now: datetime, trusted: Path | None = None) -> Lake:
    """Check a lake. `trusted` is the list of cities to go by, by default the lake's own."""
    lake = Lake(folder, quarter_of(now))
    cities = _cities(trusted or folder / CITIES, lake.faults)
    manifests = _manifests(lake, cities, now)
    seen: dict[str, str] = {}
    for code in sorted(set(cities) - set(manifests)):
        if not any(fault.city == code for fault in lake.faults):
            lake.faults.append(LakeFault("manifest_missing", _manifest_path(code), code))
    for code, manifest in sorted(manifests.items()):
        files = list(_listed(lake, manifest, seen))
        check = partial(file_faults, folder, code, manifest.version, until=lake.until)
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            checked = list(pool.map(check, files))
        kept = [
            one for one, faults in zip(files, checked, strict=True) if all(fault.kept for fault in faults)
        ]
        lake.faults += [fault for faults in checked for fault in faults]
        lake.faults += _gaps(code, kept)
        for one in kept:
            lake.files.setdefault(one.table, {}).setdefault(manifest.version, []).append(folder / one.path)
            lake.rows[one.table] += one.rows
        lake.cities[code] = {
            "name": dict(cities[code].name),
            "schema": manifest.version,
            "made_at": manifest.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "files": len(kept),
            "files_listed": len(manifest.files),
            "rows": sum(one.rows for one in kept),
        }
    lake.faults += _strays(folder, manifests)
    return lake


def _manifest_path(code: str) -> str:
    return f"{MANIFESTS}/{city_folder(code)}/{MANIFEST}"


def _cities(path: Path, faults: list[LakeFault]) -> dict[str, Trusted]:
    """The list of cities; one that stands twice with two keys is nobody's."""
    try:
        rows = json.loads(path.read_bytes())["cities"]
        told = [Trusted(str(row["city"]), dict(row.get("name", {})), str(row["key"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        faults.append(LakeFault("cities_unreadable", path.name, ""))
        return {}
    found: dict[str, Trusted] = {}
    for city in told:
        if not CODE.fullmatch(city.code):
            faults.append(LakeFault("city_malformed", path.name, city.code))
        elif city.code in found:
            same = found[city.code].key == city.key
            faults.append(LakeFault("city_twice_listed" if same else "city_two_keys", path.name, city.code))
            found[city.code] = Trusted(city.code, city.name, city.key if same else "")
        else:
            found[city.code] = city
    return found


def _manifests(lake: Lake, cities: Mapping[str, Trusted], now: datetime) -> dict[str, Manifest]:
    """City → its manifest, of those that can be believed."""
    found: dict[str, Manifest] = {}
    for path in sorted((lake.folder / MANIFESTS).glob(f"*/{MANIFEST}")):
        inside = path.relative_to(lake.folder).as_posix()
        manifest, raw = _manifest(path, inside)
        if manifest is None:
            code = path.parent.name.removeprefix("city=")
            lake.faults.append(LakeFault("manifest_unreadable", inside, code))
            continue
        fault = _unbelieved(path, inside, manifest, raw, cities, found)
        if fault:
            lake.faults.append(fault)
            continue
        if manifest.version != VERSION:
            facts = {"version": manifest.version}
            lake.faults.append(LakeFault("schema_older", inside, manifest.city, facts, kept=True))
        if manifest.made_at > now + CLOCKS_MAY_DIFFER:
            moment = {"made_at": manifest.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")}
            lake.faults.append(LakeFault("clock_ahead", inside, manifest.city, moment, kept=True))
        found[manifest.city] = manifest
    return found


def _unbelieved(
    path: Path,
    inside: str,
    manifest: Manifest,
    raw: bytes,
    cities: Mapping[str, Trusted],
    found: Mapping[str, Manifest],
) -> LakeFault | None:
    code = manifest.city
    if path.parent.name != city_folder(code):
        known = code in found or (path.parent.parent / city_folder(code) / MANIFEST).exists()
        return LakeFault("city_twice" if known else "city_elsewhere", inside, code)
    if code not in cities:
        return LakeFault("city_unknown", inside, code)
    try:
        signature = (path.parent / SIGNATURE).read_bytes()
    except OSError:
        return LakeFault("signature_missing", inside, code)
    if not is_signed(cities[code].key, raw, signature):
        return LakeFault("signature_forged", inside, code)
    if not can_be_read(manifest.version):
        return LakeFault("schema_unknown", inside, code, {"version": manifest.version})
    return None


def _manifest(path: Path, inside: str) -> tuple[Manifest | None, bytes]:
    try:
        raw = path.read_bytes()
        told = json.loads(raw)
        made_at = datetime.fromisoformat(told["made_at"].replace("Z", "+00:00"))
        if made_at.tzinfo is None:
            return None, raw
        files = tuple(Listed(str(one["path"]), str(one["sha256"]), int(one["rows"])) for one in told["files"])
        return Manifest(inside, str(told["city"]), told["schema"], made_at.astimezone(UTC), files), raw
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None, b""


def _listed(lake: Lake, manifest: Manifest, seen: dict[str, str]) -> Iterator[Listed]:
    """The files of a manifest that lie where they may, and that no manifest before handed over."""
    allowed, places = pattern(manifest.city), set()
    for one in manifest.files:
        if not allowed.fullmatch(one.path) or one.path in places:
            lake.faults.append(LakeFault("path_foreign", manifest.path, manifest.city, {"path": one.path}))
        elif one.table not in STAR:
            lake.faults.append(LakeFault("table_unknown", one.path, manifest.city))
        elif one.sha256 in seen:
            facts = {"first": seen[one.sha256]}
            lake.faults.append(LakeFault("content_twice", one.path, manifest.city, facts))
        else:
            places.add(one.path)
            seen[one.sha256] = one.path
            yield one


def _gaps(code: str, kept: Iterable[Listed]) -> Iterator[LakeFault]:
    """Years without rows between years with rows, by table; a table that the city has nothing of."""
    years: dict[str, set[int]] = {}
    for one in kept:
        years.setdefault(one.table, set()).add(one.year)
    for table in STAR:
        if table not in years:
            yield LakeFault("table_missing", table, code, {"table": table}, kept=True)
            continue
        seen = years[table]
        for year in sorted(set(range(min(seen), max(seen))) - seen):
            path = f"{table}/{city_folder(code)}/year={year}"
            yield LakeFault("year_missing", path, code, {"table": table, "year": year}, kept=True)


def _strays(folder: Path, manifests: Mapping[str, Manifest]) -> Iterator[LakeFault]:
    """Files of rows that no believed manifest lists."""
    listed = {one.path for manifest in manifests.values() for one in manifest.files}
    for table in STAR:
        for path in sorted((folder / table).glob("*/*/*")):
            inside = path.relative_to(folder).as_posix()
            if path.is_file() and inside not in listed:
                city = inside.split("/")[1].removeprefix("city=")
                if city in manifests or not (folder / _manifest_path(city)).exists():
                    yield LakeFault("not_listed", inside, city)
