"""Every requirement has its sentence in both languages, naming the same facts; and no sentence is without one."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from craftpath.engines import xapi
from craftpath.engines.xapi.sentences import REASONS

HERE = Path(xapi.__file__).parent
STORE = HERE.parents[1] / "domain" / "activity"
SOURCE = "\n".join(
    path.read_text("utf-8")
    for room in (HERE, STORE)
    for path in room.rglob("*.py")
    if path.name != "sentences.py"
)


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_name_the_same_facts(code: str) -> None:
    english, chinese = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in REASONS[code])
    assert english == chinese
    assert f'"{code}"' in SOURCE


def test_every_refusal_has_its_sentence() -> None:
    used = set(re.findall(r'Wrong\(\s*"(\w+)"', SOURCE))
    assert len(used) > 30
    assert used <= set(REASONS)
