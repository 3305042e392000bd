"""Rows as bundles spell them: plain JSON, with other rows by their names instead of by keys of one database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from craftpath.engines.merging import FIRST, Version
from craftpath.kernel.points.carried import Carried, carried
from craftpath.kernel.points.gathering import chunks
from craftpath.kernel.points.tables import CarriedName, CarriedRow

Stamps = dict[str, Any]
"""{"r": version of the row, "g": {group: version, where it is another}, "a": version of its being there or gone}"""
PERSON_SHOWN = {
    "public_id",
    "name",
    "name_latin",
    "is_active",
    "date_joined",
    "language",
    "theme",
    "time_zone",
}
"""What a point learns of a person who is no member there: enough to say who wrote something."""


def plain(value: Any) -> Any:
    """A column's value as JSON has it; to the microsecond, so that it comes back as it was."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value


def as_text(value: Any) -> str:
    """The one way in which a value is written, so that equal values have equal digests."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str, size: int) -> str:
    """A short name of a text."""
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


class Names:
    """Which name each row that others point to has at this site, remembered while one bundle is made or taken."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Any, str]] = {}
        self._local: dict[str, dict[str, str]] = {}

    def of(self, label: str, keys: Iterable[Any]) -> dict[Any, str]:
        """key → name; rows that do not travel have none."""
        known = self._of.setdefault(label, {})
        missing = {str(key) for key in keys if key is not None} - known.keys()
        for some in chunks(missing):
            rows = CarriedRow.objects.filter(label=label, local__in=some)
            known.update(rows.values_list("local", "name"))
        return known

    def learn(self, label: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember (name, key) of rows that have just got them."""
        for name, key in pairs:
            self._of.setdefault(label, {})[key] = name
            self._local.setdefault(label, {})[name] = key

    def forget(self, label: str, key: str) -> None:
        """A row that was to come here did not."""
        self._of.get(label, {}).pop(key, None)
        known = self._local.get(label, {})
        for name in [name for name, local in known.items() if local == key]:
            del known[name]

    def local(self, label: str, names: Iterable[str]) -> dict[str, str]:
        """name → key at this site, by whatever name a site has for it."""
        known = self._local.setdefault(label, {})
        missing = {name for name in names if name} - known.keys()
        for some in chunks(missing):
            rows = CarriedRow.objects.filter(label=label, name__in=some, gone=False)
            known.update(rows.values_list("name", "local"))
            others = CarriedName.objects.filter(label=label, name__in=some, row__gone=False)
            known.update(others.values_list("name", "row__local"))
        return known


def spell(one: Carried, rows: Sequence[Sequence[Any]], names: Names) -> Iterator[tuple[str, list[Any]]]:
    """(key, values) of rows that are given as (key, columns in their order)."""
    called: dict[int, dict[Any, str]] = {}
    for place, field in enumerate(one.fields, start=1):
        if field.is_relation:
            label = field.related_model._meta.label
            called[place] = names.of(label, (row[place] for row in rows)) if label in carried() else {}
    for row in rows:
        values = [
            called[place].get(str(value)) if place in called else plain(value)
            for place, value in enumerate(row[1:], start=1)
        ]
        yield str(row[0]), values


def columns(one: Carried) -> list[str]:
    """The key and all columns of a table, as a question names them."""
    return [one.model._meta.pk.attname, *(field.attname for field in one.fields)]


def value_of(field: Any, said: Any, keys: dict[str, str]) -> Any:
    """What a column holds here for what a bundle says; KeyError for a row that this site does not have."""
    if said is None:
        return None
    if field.is_relation:
        return field.target_field.to_python(keys[said])
    if isinstance(field, models.DurationField):
        return timedelta(seconds=said)
    if isinstance(field, models.CharField) and len(said) > (field.max_length or len(said)):
        raise ValidationError(field.attname)  # one of the two databases would take it
    return field.to_python(said)


def masked(one: Carried, name: str, values: list[Any]) -> list[Any]:
    """A person who is no member of the point: a name, and no way to sign in or to be reached."""
    shown = [
        value if field.attname in PERSON_SHOWN else _blank(field)
        for field, value in zip(one.fields, values, strict=True)
    ]
    shown[[field.attname for field in one.fields].index("username")] = f"-{name}"
    return shown


def _blank(field: Any) -> Any:
    return (
        None
        if field.null
        else plain(field.get_default())
        if field.has_default()
        else "!" * (field.attname == "password")
    )


def version_in(said: Any) -> Version:
    """A version from its JSON."""
    return Version(said[0], said[1], said[2]) if said else FIRST


def versions_in(stamps: Stamps) -> Iterator[Version]:
    """All versions in the stamps of a row; ValueError where they are not what a site writes."""
    said = [stamps.get("r"), stamps.get("a"), *stamps.get("g", {}).values()]
    for one in said:
        if not one:
            continue
        at, site, seen = one
        numbers = [at, *seen.values()]
        if not (isinstance(site, str) and all(type(number) is int and number >= 0 for number in numbers)):
            raise ValueError("stamps")
        yield Version(at, site, seen)


def version_out(version: Version) -> list[Any]:
    """A version as JSON."""
    return [version.at, version.site, dict(version.seen)]


def opened(stamps: Stamps, groups: Iterable[int]) -> dict[int, Version]:
    """The version of each group."""
    later, row = stamps.get("g", {}), version_in(stamps.get("r"))
    return {group: version_in(later[str(group)]) if str(group) in later else row for group in groups}


def closed(versions: dict[int, Version], there: Version) -> Stamps:
    """The shortest way to say them, and always the same one: what most groups have stands for the row."""
    counts: dict[str, list[int]] = {}
    for group in sorted(versions):
        counts.setdefault(as_text(version_out(versions[group])), []).append(group)
    row = min(counts, key=lambda text: (-len(counts[text]), text))
    stamps: Stamps = {"r": json.loads(row)}
    later = {str(group): json.loads(text) for text, some in counts.items() if text != row for group in some}
    if later:
        stamps["g"] = later
    if there.at:
        stamps["a"] = version_out(there)
    return stamps


def name_of(stamps: Stamps) -> str:
    """A short name of the versions that a row has."""
    return digest_of(as_text(stamps), 8)
