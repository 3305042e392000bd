"""Every fault code of the engine has its sentences, and both languages name the same facts."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from craftpath.delivery.commands import (
    derivation,
    evaluate_sentences,
    files,
    pairing_sentences,
    psychometric_sentences,
)
from craftpath.domain.programmes.texts import RULES
from craftpath.engines import evaluation

NAMES = re.compile(r"\{(\w+)")
TABLES = {
    "schemes": evaluate_sentences.SCHEMES,
    "scores": evaluate_sentences.SCORES,
    "files": files.FILES,
    "columns": psychometric_sentences.COLUMNS,
    "pairing": pairing_sentences.PAIRING,
    "words": derivation.WORDS,
    "rules": derivation.RULES,
    "statuses": derivation.STATUSES,
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_both_languages_name_the_same_facts(table):
    english = {code: sorted(set(NAMES.findall(pair[0]))) for code, pair in table.items()}
    chinese = {code: sorted(set(NAMES.findall(pair[1]))) for code, pair in table.items()}
    assert english == chinese


def test_every_code_of_the_engine_has_a_sentence():
    folder = Path(evaluation.__file__).parent
    sources = {
        name: (folder / name).read_text(encoding="utf-8") for name in ("checking.py", "table.py", "rows.py")
    }
    told = set(re.findall(r'(?:Fault\(|note\()\s*"(\w+)"', "".join(sources.values())))
    told |= {"text_empty", "text_unprintable", "not_one_of"}
    assert sorted(told - set(evaluate_sentences.SCHEMES)) == []
    marks = (folder / "marks.py").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'"evaluation\.(\w+)"', marks)) - set(evaluate_sentences.SCORES)) == []


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh-hans", 1)])
def test_pass_rules_are_said_as_on_the_pages(language, place):
    with translation.override(language):
        told = {code: re.sub(r"%\((\w+)\)s", r"{\1}", str(RULES[code])) for code in derivation.RULES}
    assert told == {code: pair[place] for code, pair in derivation.RULES.items()}
    assert set(RULES) - set(derivation.RULES) == {"grade_table"}  # it is no comparison of figures
