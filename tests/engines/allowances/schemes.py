"""The regional schemes that tests share, read as a noun would read them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from craftpath.engines.allowances.subsidies import Scheme

_FILE = (
    Path(__file__).resolve().parents[3] / "craftpath" / "domain" / "subsidies" / "presets" / "schemes.toml"
)
_OF_THE_NOUN = ("name", "read", "excludes")


def _read() -> dict[str, Scheme]:
    rows = tomllib.loads(_FILE.read_text("utf-8"))["scheme"]
    return {
        row["key"]: Scheme.of({name: value for name, value in row.items() if name not in _OF_THE_NOUN})
        for row in rows
    }


SCHEMES = _read()
