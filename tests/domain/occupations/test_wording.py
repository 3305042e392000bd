"""Hints about statements: what words can tell, in either language, and silence where they cannot."""

from __future__ import annotations

import pytest

from craftpath.domain.occupations.wording import hints
from craftpath.values.text import Text


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("车削外圆", "Turn outside diameters", []),
        ("用千分尺测量外径", "Measure outside diameters with a micrometer", []),
        ("测量", "Measure", ["no_object"]),
        ("安装刀具；对刀", "", ["two_tasks"]),
        ("", "Mount tools and set offsets", ["two_tasks"]),
        ("", "Check drawings, and report faults", ["two_tasks"]),
        ("熟悉安全规程", "", ["not_seen"]),
        ("", "Know the safety rules", ["not_seen"]),
        ("质量意识", "", ["no_verb"]),
        ("", "Knowledge of materials", ["no_verb"]),
        ("", "Turning", ["no_object", "no_verb"]),
        ("", " ".join(["turn"] * 20), ["long"]),
        ("", "Select nuts and bolts", []),
        ("", "", []),
    ],
)
def test_hints(zh: str, en: str, expected: list[str]) -> None:
    assert hints(Text(zh=zh, en=en)) == expected
