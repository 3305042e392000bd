"""What may be amiss with a task statement, as far as words can tell: said, never in the way.

A statement is a verb with its object and perhaps how or with what, about something with a beginning and an end. No
list of words knows a language, so each finding is a hint for the panel.
"""

from __future__ import annotations

import re

from craftpath.values.text import Text

HINTS = ("no_object", "two_tasks", "not_seen", "no_verb", "long")
"""Kinds of findings; their sentences stand in `texts.py`."""
SHORTEST_ZH, LONGEST_ZH, LONGEST_EN = 3, 36, 16
_TWO_ZH = re.compile(r"[；;]|然后|并且|以及|，并|，再|，同时")
_TWO_EN = re.compile(r";|\band then\b|\bthen\b|, and\b")
_SEEN_ZH = re.compile(r"^(了解|熟悉|掌握|懂得|知道|理解|具备|能够|会)")
_SEEN_EN = re.compile(r"^(know|understand|appreciate|be (able|aware|familiar)|learn|have)\b")
_NOUN_EN = re.compile(
    r"^(the|a|an|knowledge|ability|understanding|skills?|safety|quality)\b|^\w+(ing|tion|ment|ness)\b"
)
_NOUN_ZH = re.compile(r"(能力|知识|意识|技能|素养|素质)$")
_VERBS_EN = (
    "adjust|align|assemble|calculate|check|choose|clean|cut|document|enter|fit|grind|inspect|install|load|maintain|"
    "measure|mount|operate|order|pack|plan|prepare|program|read|record|remove|repair|replace|report|select|set|"
    "sharpen|store|test|train|turn|verify|weld|write"
)
_TWO_VERBS_EN = re.compile(rf"^(?:\w+ly )?\w+ and (?:{_VERBS_EN})\b|\band (?:{_VERBS_EN})\b")


def hints(statement: Text) -> list[str]:
    """The kinds of findings for a statement in either language, each once, in the order of `HINTS`."""
    found = _chinese(statement.zh.strip()) | _english(statement.en.strip().lower())
    return [one for one in HINTS if one in found]


def _chinese(words: str) -> set[str]:
    if not words:
        return set()
    tests = {
        "no_object": len(words) < SHORTEST_ZH,
        "two_tasks": bool(_TWO_ZH.search(words)),
        "not_seen": bool(_SEEN_ZH.search(words)),
        "no_verb": bool(_NOUN_ZH.search(words)),
        "long": len(words) > LONGEST_ZH,
    }
    return {name for name, hit in tests.items() if hit}


def _english(words: str) -> set[str]:
    if not words:
        return set()
    tests = {
        "no_object": len(words.split()) == 1,
        "two_tasks": bool(_TWO_EN.search(words) or _TWO_VERBS_EN.search(words)),
        "not_seen": bool(_SEEN_EN.search(words)),
        "no_verb": bool(_NOUN_EN.search(words)),
        "long": len(words.split()) > LONGEST_EN,
    }
    return {name for name, hit in tests.items() if hit}
