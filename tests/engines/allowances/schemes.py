"""The regional schemes that tests share, read as a noun would read them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from craftpath.engines.allowances.subsidies import Scheme

_FILE = Path(__file__).resolve().parents[2] / "data" / "funding" / "subsidy_schemes.toml"


def _read() -> dict[str, Scheme]:
    rows = tomllib.loads(_FILE.read_text("utf-8"))["scheme"]
    return {
        row["key"]: Scheme.of({name: value for name, value in row.items() if name != "read"}) for row in rows
    }


SCHEMES = _read()
