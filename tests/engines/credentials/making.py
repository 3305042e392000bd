"""A key, an issuer and an achievement that the tests of credentials share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from craftpath.engines.credentials import SigningKey, documents, sign

KEY = SigningKey.of(bytes(range(32)))
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
LIST = "https://college.example/c/status/k1/1.json"


def achievement(**other: Any) -> dict[str, Any]:
    """A skill level with everything that a credential of ours may say."""
    given: dict[str, Any] = {
        "id": "https://college.example/c/abcdefgh",
        "issuer": documents.Issuer(
            KEY.did_key, "云桥职业技术学院", "https://college.example/", "office@college.example"
        ),
        "holder": documents.Holder(
            "urn:uuid:7b0f8a52-31f2-4a0e-9a55-6f5d3b0c0a01",
            (documents.Identifier("沈一帆", "name"), documents.Identifier("330102", "identifier", "s4lt")),
        ),
        "what": documents.Achievement(
            "https://college.example/kinds/fitter-4",
            "钳工四级",
            "装配钳工，中级技能",
            "独立完成锉削配合，公差 0.02 mm 以内。",
            code="6-31-01-03",
            language="zh-CN",
            tags=("fitter", "filing"),
            alignments=(
                documents.Alignment(
                    "https://standards.example/1.2", "锉配", "1.2", "钳工国家职业标准", kind="CFItem"
                ),
            ),
            scales=(
                documents.Scale(
                    "urn:levels:cn",
                    "职业技能等级",
                    (
                        documents.Step("urn:levels:cn:5", "五级", "5"),
                        documents.Step("urn:levels:cn:4", "四级", "4"),
                    ),
                ),
            ),
        ),
        "valid_from": datetime(2026, 6, 1, tzinfo=UTC),
        "valid_until": datetime(2031, 6, 1, tzinfo=UTC),
        "results": (documents.Result("urn:levels:cn", "urn:levels:cn:4"),),
        "status": documents.status_entry(LIST, 94567),
        "licence": "YQ-2026-000017",
    }
    return documents.achievement(**(given | other))


def signed(document: dict[str, Any] | None = None, key: SigningKey = KEY) -> dict[str, Any]:
    """A document with a proof by its issuer's own key."""
    return sign(document or achievement(), key, method=key.did_key_method, created=NOW)
