"""What has come is looked at as a whole before anything is written: statements, contents, signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from craftpath.engines.xapi import Version, Wrong, check
from craftpath.engines.xapi.signatures import check_signature, is_signature

Json = dict[str, Any]
LONGEST_SIGNATURE = 1024 * 1024
_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


@dataclass(frozen=True, slots=True)
class Part:
    """Content that came along, in a file of its own; `sha2` is what its sender says and `found` what it is."""

    sha2: str
    path: Path
    size: int
    found: str


def hash_like(sha2: str) -> Any:
    """An empty hash of the kind that a text of this length is of; SHA-256 for a text that is none."""
    return hashlib.new(_HASHES.get(len(sha2), "sha256"))


@dataclass(frozen=True)
class Batch:
    """Statements that miss no requirement, in the version of their request, with the contents they name."""

    statements: Sequence[Json]
    version: Version
    parts: Mapping[str, Part] = field(default_factory=dict)
    one: bool = False


def examined(said: Any, version: Version, parts: Sequence[Part] | None = None) -> Batch:
    """A statement or a list of them, if all are good; `parts` is None where contents could not come along."""
    one = not isinstance(said, list)
    given = [said] if one else said
    statements = [check(value, version, "" if one else f"[{n}]") for n, value in enumerate(given)]
    known: set[str] = set()
    for statement in statements:
        own = statement.get("id", "").lower()
        if own and own in known:
            raise Wrong("id_twice", value=own)
        known.add(own)
    contents = _contents(parts or ())
    named: set[str] = set()
    for n, statement in enumerate(statements):
        for where, attachment in _attachments(statement, "" if one else f"[{n}]"):
            sha2 = attachment["sha2"].lower()
            named.add(sha2)
            if is_signature(attachment):
                check_signature(statement, attachment, _signature(contents.get(sha2)), where)
            elif "fileUrl" not in attachment and sha2 not in contents:
                raise Wrong("content_missing", where)
    for sha2 in contents:
        if sha2 not in named:
            raise Wrong("content_unknown", value=sha2)
    return Batch(statements, version, contents, one)


def _contents(parts: Sequence[Part]) -> dict[str, Part]:
    for part in parts:
        if part.found != part.sha2.lower():
            raise Wrong("content_other", value=part.sha2)
    return {part.found: part for part in parts}


def _attachments(statement: Json, where: str) -> Iterator[tuple[str, Json]]:
    """The attachments of a statement and of the one inside it."""
    for n, attachment in enumerate(statement.get("attachments", ())):
        yield f"{where}{'.' if where else ''}attachments[{n}]", attachment
    inner = statement["object"]
    if inner.get("objectType") == "SubStatement":
        yield from _attachments(inner, f"{where}{'.' if where else ''}object")


def _signature(part: Part | None) -> bytes | None:
    if part is None:
        return None
    with part.path.open("rb") as stream:
        return stream.read(LONGEST_SIGNATURE)


def named_in(statement: Json) -> Iterator[tuple[str, str]]:
    """The hash and the content type of each attachment that a kept statement names."""
    for _where, attachment in _attachments(statement, ""):
        yield attachment["sha2"].lower(), attachment["contentType"]
