"""Writing `indicators.csv`, an indicator at a time, and counting what the report says of it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from craftpath.delivery.exchange.lake.rolling import Published
from craftpath.engines.indicators import DIMENSIONS

HEAD = ("indicator", *DIMENSIONS, "n", "value", "suppressed")


class Cells:
    """The file of cells: what is hidden keeps its place and loses its figures."""

    def __init__(self, path: Path) -> None:
        self.told: dict[str, Any] = {}
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> Cells:
        self._file = self._path.open("w", encoding="utf-8", newline="")
        self._file.write(",".join(HEAD) + "\n")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def write(self, published: list[Published]) -> None:
        """The cells of one indicator: the total first, then each dimension, then pairs."""
        indicator = published[0].indicator
        told: dict[str, Any] = {"cells": 0, "suppressed": 0, "not_available": {}, "unpublished": []}
        for one in sorted(published, key=lambda one: (len(one.block.by), one.block.by)):
            if not one.published:
                told["unpublished"].append("×".join(one.block.by))
                continue
            self._rows(one)
            told["cells"] += len(one.hidden)
            told["suppressed"] += int(one.hidden.sum())
            missing = ~one.figures.known & ~one.hidden
            if missing.any():
                reasons = np.array(one.figures.reasons())[missing]
                for reason in reasons.tolist():
                    told["not_available"][reason] = told["not_available"].get(reason, 0) + 1
        self.told[indicator.key] = told

    def _rows(self, one: Published) -> None:
        size, by = len(one.hidden), one.block.by
        blank = pa.array([""] * size, pa.string())
        dimensions = [one.block.words[name].cast(pa.string()) if name in by else blank for name in DIMENSIONS]
        order = pc.sort_indices(
            pa.table(dimensions, names=DIMENSIONS), [(name, "ascending") for name in DIMENSIONS]
        )
        places = order.to_numpy()
        hidden = one.hidden[places].tolist()
        shown = (one.figures.known & ~one.hidden)[places].tolist()
        assert self._file is not None  # noqa: S101  (inside `with`)
        csv.writer(self._file, lineterminator="\n").writerows(
            zip(
                [one.indicator.key] * size,
                *(column.take(order).to_pylist() for column in dimensions),
                ["" if gone else n for n, gone in zip(one.figures.n[places].tolist(), hidden, strict=True)],
                _texts(one.figures.scaled[places].tolist(), shown, one.indicator.places),
                ["true" if gone else "false" for gone in hidden],
                strict=True,
            )
        )


def _texts(scaled: list[int], shown: list[bool], places: int) -> list[str]:
    """Scaled integers as decimal text with exactly so many places."""
    if not places:
        return [str(value) if told else "" for value, told in zip(scaled, shown, strict=True)]
    unit = 10**places
    return [
        f"{'-' if value < 0 else ''}{abs(value) // unit}.{abs(value) % unit:0{places}d}" if told else ""
        for value, told in zip(scaled, shown, strict=True)
    ]
