"""Statements to begin with: a short one, and one that uses every property."""

from __future__ import annotations

import copy
from typing import Any

ID = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
REF = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
AGENT = {"mbox": "mailto:chen.wei@lanchuan.example"}
ACTIVITY = {"id": "https://weld.example/tasks/fillet"}
VERB = {"id": "http://adlnet.gov/expapi/verbs/completed"}
HASH = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a"
ATTACHMENT = {
    "usageType": "https://weld.example/usage/photo",
    "display": {"en": "The seam", "zh-CN": "焊缝"},
    "contentType": "image/jpeg",
    "length": 27,
    "sha2": HASH,
}


def short(**more: Any) -> dict[str, Any]:
    """The fewest properties that a statement has, and more."""
    return copy.deepcopy({"actor": AGENT, "verb": VERB, "object": ACTIVITY} | more)


def long() -> dict[str, Any]:
    """Every property at once."""
    return copy.deepcopy(
        short(
            id=ID,
            actor={
                "objectType": "Group",
                "name": "Team PB",
                "mbox": "mailto:team@Lanchuan.example",
                "member": [
                    {"name": "Chen", "account": {"homePage": "https://lanchuan.example", "name": "chen"}},
                    {"objectType": "Agent", "openid": "https://toby.openid.example"},
                    {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
                ],
            },
            verb=VERB | {"display": {"en-US": "completed", "zh-Hans": "完成"}},
            object=ACTIVITY
            | {
                "objectType": "Activity",
                "definition": {
                    "name": {"en": "Fillet weld", "zh-CN": "角焊缝"},
                    "description": {"en": "Two plates"},
                    "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                    "moreInfo": "https://weld.example/more",
                    "interactionType": "choice",
                    "correctResponsesPattern": ["a[,]b"],
                    "choices": [{"id": "a", "description": {"en": "A"}}, {"id": "b"}],
                    "extensions": {"https://weld.example/x": None},
                },
            },
            result={
                "score": {"scaled": 0.5, "raw": 50, "min": 0, "max": 100},
                "success": True,
                "completion": True,
                "response": "a",
                "duration": "PT4H35M59.14S",
                "extensions": {"https://weld.example/y": {"any": [None, 1]}},
            },
            context={
                "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
                "instructor": {"mbox": "mailto:master@lanchuan.example"},
                "team": {"objectType": "Group", "mbox": "mailto:shop@lanchuan.example"},
                "contextActivities": {
                    "parent": {"id": "https://weld.example/tasks"},
                    "grouping": [{"id": "https://weld.example/course"}],
                    "category": [{"id": "https://weld.example/profile"}],
                    "other": [{"id": "https://weld.example/other"}],
                },
                "revision": "2",
                "platform": "VR",
                "language": "zh-Hans-CN",
                "statement": {"objectType": "StatementRef", "id": REF},
                "extensions": {"https://weld.example/z": 1},
            },
            timestamp="2026-11-18T12:17:00+08:00",
            stored="2026-11-18T12:17:00Z",
            authority={"account": {"homePage": "https://lrs.example", "name": "x"}},
            version="1.0.0",
            attachments=[ATTACHMENT],
        )
    )


def sub(**more: Any) -> dict[str, Any]:
    """A statement inside another."""
    return short() | {"objectType": "SubStatement"} | more
