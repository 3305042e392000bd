"""Writing a city's part of a lake: tables in, signed files out, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from craftpath.delivery.exchange.lake.layout import (
    CITIES,
    CODE,
    MANIFEST,
    MANIFESTS,
    SIGNATURE,
    Listed,
    cities_text,
    city_folder,
    manifest_bytes,
    partition,
    public_text,
    sha256_of,
    signature_text,
)
from craftpath.engines.indicators.star import STAR, VERSION


class CityWriter:
    """Files of one city below a lake's folder; `close` signs what was added. Before that nobody reads them."""

    def __init__(self, folder: Path, code: str, key: Ed25519PrivateKey, made_at: datetime) -> None:
        if not CODE.fullmatch(code):
            raise ValueError(f"{code!r} is not the code of a city")
        if made_at.tzinfo is None:
            raise ValueError("a moment without a time zone")
        self._folder, self._code, self._key, self._made_at = folder, code, key, made_at
        self._files: list[Listed] = []

    def add(self, table: str, rows: Any, part: int = 0) -> None:
        """Write an Arrow table, one file a year of its periods; columns are those of the star, in any order.

        ValueError where a column is missing or an empty cell stands where none may.
        """
        import numpy as np  # noqa: PLC0415  (slow to import)
        import pyarrow as pa  # noqa: PLC0415  (the same)
        import pyarrow.parquet as pq  # noqa: PLC0415  (the same)

        star = STAR[table]
        for column in star.columns:
            if not column.optional and rows[column.name].null_count:
                raise ValueError(f"{table}.{column.name} has empty cells")
        names = [column.name for column in star.columns]
        rows = rows.select(names).combine_chunks()
        periods = rows["period"].combine_chunks()
        if not isinstance(periods, pa.DictionaryArray):
            periods = periods.dictionary_encode()
        words = [int(word[:4]) for word in periods.dictionary.to_pylist()]
        years = np.array(words or [0])[periods.indices.to_numpy(zero_copy_only=False)]
        for year in np.unique(years).tolist():
            chosen = rows.filter(pa.array(years == year))
            path = self._folder / partition(table, self._code, year, part)
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(
                chosen,
                path,
                compression="zstd",
                compression_level=1,
                store_schema=False,
                row_group_size=1 << 18,
            )
            inside = path.relative_to(self._folder).as_posix()
            self._files.append(Listed(inside, sha256_of(path), chosen.num_rows))

    def close(self) -> None:
        """Write the manifest and its signature."""
        made_at = self._made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        files = sorted(self._files, key=lambda one: one.path)
        manifest = manifest_bytes(self._code, VERSION, made_at, files)
        place = self._folder / MANIFESTS / city_folder(self._code)
        place.mkdir(parents=True, exist_ok=True)
        (place / SIGNATURE).write_text(signature_text(self._key, manifest), encoding="ascii")
        (place / MANIFEST).write_bytes(manifest)


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """A folder that takes its name when all went well, and vanishes when not; FileExistsError if there is one."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(17, "File exists and is not empty", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        made.chmod(0o755)
        yield made
        made.replace(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_hand_over(
    folder: Path,
    code: str,
    name: Mapping[str, str],
    tables: Iterable[tuple[str, Any]],
    key: Ed25519PrivateKey,
    made_at: datetime,
) -> None:
    """What a city hands over, as a lake of one city: all of it or no folder.

    `tables` are pairs of a table's name and an Arrow table; a name may come more than once.
    """
    with fresh_folder(folder) as made:
        writer = CityWriter(made, code, key, made_at)
        parts: dict[str, int] = {}
        for table, rows in tables:
            writer.add(table, rows, parts.get(table, 0))
            parts[table] = parts.get(table, 0) + 1
        writer.close()
        told = {code: {"name": dict(name), "key": public_text(key.public_key())}}
        (made / CITIES).write_text(cities_text(told), encoding="utf-8")
