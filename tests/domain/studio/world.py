"""A draft occupation of the college with an enterprise, in the steps that tests need."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from craftpath.domain.studio import actions
from craftpath.domain.studio.adopting import Resolution
from craftpath.domain.studio.content import Content, Note
from craftpath.domain.studio.models import Draft, DraftVersion, Project
from craftpath.domain.studio.writing import reworded
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

NAME = {"zh": "数字孪生运维员", "en": "Digital twin maintainer"}
RESOLUTION = Resolution("校企合作委员会", TODAY, (5, 1, 0), "第 3 次会议")
TASKS = [
    ({"zh": "建立模型"}, [{"zh": "采集设备数据"}, {"zh": "校准数字孪生模型"}]),
    ({"zh": "维护机器人"}, [{"zh": "更换减速器润滑脂"}, {"zh": "校验机器人零点"}]),
]


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def office(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def begun(cast: Cast, members: Sequence[Organisation] | None = None, **more: Any) -> Draft:
    more.setdefault("made_id", uuid.uuid4())
    more.setdefault("name", NAME)
    some = [cast.jinheng] if members is None else members
    return actions.start_draft(cast.college, members=some, **more, **office(cast))


def newest(draft: Draft) -> DraftVersion:
    return draft.versions.order_by("-number")[0]


def written(cast: Cast, draft: Draft, tasks: Any = TASKS) -> DraftVersion:
    """Every part of the version that is being written."""
    row = newest(draft)
    parts: dict[str, dict[str, Any]] = {
        "about": {
            "about": {"zh": "用数字孪生维护工业机器人"}, "entry": {}, "levels": ({"zh": "初级"},), "hours": 480,
            "code_isco": "7233", "code_cn": "6-31-07-03",
        },
        "tasks": {"duties": reworded(Content.of(row.content).duties, tasks)},
        "skills": {"skills": (), "new_skills": ({"zh": "校准孪生模型"},)},
        "need": {"workers": 120, "vacancies": 40, "notes": (Note({"zh": "岗位增长"}, "市人社局"),), "survey": ""},
    }  # fmt: skip
    for part, fields in parts.items():
        row = actions.write_part(row, part, revision=row.revision, **fields, **office(cast))
    return row


def proposed(cast: Cast, draft: Draft | None = None) -> DraftVersion:
    return actions.propose_version(written(cast, draft or begun(cast)), **office(cast))


def decided(cast: Cast, row: DraftVersion, outcome: str = "adopt", **more: Any) -> DraftVersion:
    said = replace(RESOLUTION, **({} if outcome == "adopt" else {"votes": (1, 5, 0)}) | more)
    move = actions.adopt_version if outcome == "adopt" else actions.reject_version
    return move(row, said, today=TODAY, **office(cast))


def published(cast: Cast, **more: Any) -> Project:
    row = decided(cast, proposed(cast, begun(cast, **more)))
    return actions.publish_project(
        row, audience={"zh": "机电专业学徒"}, licence="CC BY 4.0", programme=cast.programme, **office(cast)
    )
