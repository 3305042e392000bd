"""Languages: the Chinese catalogue is complete, placeholders agree, and no sentence is left out of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[2] / "craftpath"
CATALOGUE = PACKAGE / "project" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
ENTRIES = list(polib.pofile(str(CATALOGUE)))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_n", "n_"}


def _in_code() -> set[str]:
    """Every literal handed to gettext in Python."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
                at = 1 if getattr(node.func, "id", "").startswith("pgettext") else 0
                if isinstance(node.args[at], ast.Constant) and isinstance(node.args[at].value, str):
                    found.add(node.args[at].value)
    return found


_STRING = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_TRANSLATE = re.compile(r"\{%-?\s*(?:translate|trans)\s+" + _STRING)
_INLINE = re.compile(r"_\(" + _STRING + r"\)")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.S)


def _in_templates() -> set[str]:
    """Every literal handed to the translation tags."""
    found = set()
    for path in PACKAGE.rglob("*.html"):
        text = path.read_text("utf-8")
        for pattern in (_TRANSLATE, _INLINE):
            found |= {a or b for a, b in pattern.findall(text)}
        for options, body in _BLOCK.findall(text):
            assert "trimmed" in options, f"{path.name}: blocktranslate without trimmed"
            first = re.split(r"\{%\s*plural\s*%\}", body)[0]
            words = " ".join(line.strip() for line in first.strip().splitlines())
            found.add(re.sub(r"\{\{\s*([\w.]+)\s*\}\}", r"%(\1)s", words))
    return found


def test_every_sentence_has_its_chinese() -> None:
    known = {entry.msgid for entry in ENTRIES if not entry.obsolete}
    assert sorted((_in_code() | _in_templates()) - known) == []


def test_no_chinese_sentence_is_empty_or_unsure() -> None:
    empty = [e.msgid for e in ENTRIES if not e.obsolete and not (e.msgstr or all(e.msgstr_plural.values()))]
    assert empty == []
    assert [e.msgid for e in ENTRIES if "fuzzy" in e.flags] == []


def test_placeholders_agree() -> None:
    assert [entry.msgid for entry in ENTRIES if not _agrees(entry)] == []


def _agrees(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = [said for said in [entry.msgstr, *entry.msgstr_plural.values()] if said]
    return all(set(PLACEHOLDER.findall(said)) == wanted for said in given)


def test_the_catalogue_holds_nothing_that_is_not_said() -> None:
    said = _in_code() | _in_templates()
    assert sorted(entry.msgid for entry in ENTRIES if entry.msgid not in said) == []
