"""Where things lie in a lake, and how its manifests are written and signed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

CITIES = "cities.json"
MANIFESTS = "manifests"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
CODE = re.compile(r"[A-Za-z0-9]{1,12}")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a manifest; `path` begins at the lake's folder."""

    path: str
    sha256: str
    rows: int

    @property
    def table(self) -> str:
        """The table that it belongs to."""
        return self.path.split("/")[0]

    @property
    def year(self) -> int:
        """The year of its rows."""
        return int(self.path.split("/")[2].removeprefix("year="))


def city_folder(code: str) -> str:
    """The name of a city's folder."""
    return f"city={code}"


def partition(table: str, code: str, year: int, part: int) -> str:
    """Where a file of rows lies, from the lake's folder."""
    return f"{table}/{city_folder(code)}/year={year}/part-{part:04}.parquet"


def pattern(code: str) -> re.Pattern[str]:
    """What paths of this city look like: nothing leads out of the lake or into another city."""
    return re.compile(rf"[a-z]+/city={re.escape(code)}/year=\d{{4}}/part-[0-9A-Za-z_-]{{1,40}}\.parquet")


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def manifest_bytes(code: str, version: int, made_at: str, files: list[Listed]) -> bytes:
    """A manifest as it is signed."""
    rows = [{"path": one.path, "sha256": one.sha256, "rows": one.rows} for one in files]
    told = {"schema": version, "city": code, "made_at": made_at, "files": rows}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as `cities.json` holds it."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def signature_text(key: Ed25519PrivateKey, manifest: bytes) -> str:
    """What stands in `manifest.sig`."""
    return base64.b64encode(key.sign(manifest)).decode() + "\n"


def is_signed(public: str, manifest: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key signed exactly these bytes."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature.strip(), validate=True), manifest)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def cities_text(cities: Mapping[str, Mapping[str, Any]]) -> str:
    """`cities.json`: code → name and public key."""
    rows = [{"city": code, **told} for code, told in cities.items()]
    return json.dumps({"cities": rows}, ensure_ascii=False, indent=1) + "\n"
