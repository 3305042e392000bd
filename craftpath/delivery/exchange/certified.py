"""What a certificate says, as one value: the paper, the public page and the copy for years say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings

from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

Line = tuple[Text, Text]


@dataclass(frozen=True, slots=True)
class Certified:
    """Everything that was fixed when it was issued; `design` says how the paper looks."""

    public_id: str
    number: str
    title: Text
    name: str
    issuer: Text
    issued_on: date
    latin: str = ""
    criteria: Text = Text()
    level: Text = Text()
    scheme: Text = Text()
    occupation: Text = Text()
    skills: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = ()
    valid_until: date | None = None
    design: Mapping[str, Any] = field(default_factory=dict)
    site: str = field(default_factory=lambda: settings.ADDRESS)

    @classmethod
    def of(cls, row: Certificate, site: str = "") -> Self:
        """Read a row; nothing is looked up besides. `site` is where pages are read, if not at the address for good."""
        said, level = row.content, row.content.get("level") or {}
        return cls(
            public_id=row.public_id,
            number=row.number,
            title=Text.of(said["title"]),
            name=said["holder"]["name"],
            latin=said["holder"].get("latin", ""),
            issuer=Text.of(said["issuer"]),
            issued_on=row.issued_on,
            criteria=Text.of(said.get("criteria")),
            level=Text.of(level.get("name")),
            scheme=Text.of(level.get("scheme_name")),
            occupation=Text.of(said.get("occupation")),
            skills=tuple(Text.of(one["name"]) for one in said.get("skills", ())),
            lines=tuple((Text.of(one["label"]), Text.of(one["value"])) for one in said.get("lines", ())),
            valid_until=row.valid_until,
            design=said.get("design") or {},
            site=site or settings.ADDRESS,
        )

    @property
    def address(self) -> str:
        """Where anybody checks it: what the square on the paper says."""
        return f"{self.site}/c/{self.public_id}/"

    @property
    def short_address(self) -> str:
        """The same, to be typed."""
        return self.address.partition("://")[2].rstrip("/")


def credential_file(row: Certificate) -> bytes:
    """The signed credential as a file: what was signed, and nothing besides."""
    return json.dumps(row.credential, ensure_ascii=False, indent=1).encode() + b"\n"
