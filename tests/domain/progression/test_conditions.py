"""What a gate can ask: the presets hold, and a line that cannot be is named by its place."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.domain.progression.asking import ASK
from craftpath.domain.progression.conditions import (
    KINDS,
    ConditionFaulty,
    documents_named,
    preset,
    read,
)

GOOD: dict[str, Any] = {"kind": "hours", "share": "0.9", "by": "college"}


def test_every_kind_is_asked_by_something() -> None:
    assert set(ASK) == set(KINDS)


@pytest.mark.parametrize(
    ("programme", "stage", "gate", "kinds"),
    [
        ("cn_334", "junior_craftsman", "stage", 8),
        ("cn_334", "master_craftsman", "stage", 9),
        ("uk_standard", "gateway", "stage", 7),
        ("au_cert3", "anything", "stage", 4),
        ("never_heard_of", "first", "exam", 4),
        ("de_mechatronics", "second_half", "exam", 3),
    ],
)
def test_the_nearest_preset_holds(programme: str, stage: str, gate: str, kinds: int) -> None:
    found = preset(gate, programme, stage)
    assert len(found) == kinds
    assert read([one.as_json() for one in found]) == found


def test_the_agreement_and_the_result_are_not_waived() -> None:
    fixed = {one.kind for one in preset("stage", "cn_334", "junior_craftsman") if not one.waivable}
    assert fixed == {"agreement", "result"}


def test_papers_are_named_in_both_languages() -> None:
    assert len(documents_named()) >= 6
    assert all(name.zh and name.en for name in documents_named().values())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"kind": "clicks", "by": "college"}, "kind_unknown"),
        ({"kind": "mentor", "by": "nobody"}, "supplier_unknown"),
        ({**GOOD, "share": "1.2"}, "share_unknown"),
        ({**GOOD, "share": "0"}, "share_unknown"),
        ({**GOOD, "share": "1/0"}, "share_unknown"),
        ({**GOOD, "share": "viel"}, "share_unknown"),
        ({"kind": "hours", "by": "college"}, "share_unknown"),
        ({"kind": "months", "months": 0, "by": "college"}, "months_unknown"),
        ({"kind": "months", "months": "12", "by": "college"}, "months_unknown"),
        ({"kind": "document", "key": "x", "name": {"zh": " "}, "by": "college"}, "document_without_name"),
        (GOOD, "twice"),
    ],
)
def test_a_line_that_cannot_be_is_named_by_its_place(row: dict[str, Any], code: str) -> None:
    with pytest.raises(ConditionFaulty) as caught:
        read([GOOD, row])
    assert (caught.value.code, caught.value.place) == (code, 2)


def test_a_gate_asks_for_something_and_not_for_everything() -> None:
    with pytest.raises(ConditionFaulty, match="none"):
        read([])
    with pytest.raises(ConditionFaulty, match="too_many"):
        read([{"kind": "mentor", "key": f"m{n}", "by": "college"} for n in range(21)])
