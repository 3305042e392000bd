"""Certificates of elsewhere that people of the cast claim, for the tests of claims."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from craftpath.domain.claims import actions
from craftpath.domain.claims.actions import Told
from craftpath.domain.claims.models import Claim
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

TOLD = Told(
    title="职业技能等级证书",
    issuer="澜川市技能鉴定中心",
    number="Y0012 0350 0042",
    issued_on=date(2025, 6, 1),
    valid_until=date(2027, 5, 31),
    scheme="cn5",
    level="3",
)
PDF = (b"%PDF-1.4 certificate", "证书.pdf")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def claimed(cast: Cast, who: str = "apprentice", **instead: Any) -> Claim:
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "by": cast.actor(who), "at": AT}
    told = replace(TOLD, **{name: instead.pop(name) for name in set(instead) & set(Told.__slots__)})
    files = instead.pop("files", [PDF])
    return actions.claim_certificate(cast.college, told, files, **values | instead)


def office(cast: Cast) -> Actor:
    return cast.actor("coordinator")


def verified(cast: Cast, who: str = "apprentice", **instead: Any) -> Claim:
    row = claimed(cast, who, **instead)
    return actions.verify_claim(row, revision=row.revision, how="register", by=office(cast), at=AT)
