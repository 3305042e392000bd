"""Every reason has its sentence in both languages, naming the same facts; and no sentence is without a reason."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from craftpath.engines import credentials
from craftpath.engines.credentials.sentences import REASONS

HERE = Path(credentials.__file__).parent
SOURCE = "\n".join(path.read_text("utf-8") for path in HERE.rglob("*.py") if path.name != "sentences.py")


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_name_the_same_facts(code: str) -> None:
    english, chinese = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in REASONS[code])
    assert english == chinese
    assert f'"{code}"' in SOURCE


def test_every_refusal_has_its_sentence() -> None:
    used = set(re.findall(r'Refusal\(\s*"(\w+)"', SOURCE)) | set(
        re.findall(r'Check\(\s*"\w+", [^,]+, "(\w+)"', SOURCE)
    )
    assert len(used) > 20
    assert used <= set(REASONS)
