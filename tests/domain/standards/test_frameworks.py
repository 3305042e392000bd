"""The nineteen core skills come with the program, once."""

from __future__ import annotations

from collections import Counter

import pytest

from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.models import Framework
from craftpath.domain.standards.queries import skills, skills_by_key
from craftpath.kernel.access import system
from tests.cast import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_four_domains_and_nineteen_skills_in_both_languages() -> None:
    for _ in range(2):
        load_frameworks(by=system(), at=AT)
    assert Framework.objects.count() == 1
    found = skills()
    assert Counter(skill.domain for skill in found) == {
        "social_emotional": 4,
        "cognitive_metacognitive": 9,
        "basic_digital": 3,
        "basic_green": 3,
    }
    assert all(row[lang] for skill in found for row in (skill.name, skill.meaning) for lang in ("zh", "en"))


def test_a_skill_is_found_by_its_key_and_an_unknown_one_is_left_out() -> None:
    load_frameworks(by=system(), at=AT)
    assert set(skills_by_key(["communication", "flying", ""])) == {"communication"}
