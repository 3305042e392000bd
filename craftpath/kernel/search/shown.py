"""A text with the words that were looked for marked in it; everything else in it is escaped."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from craftpath.kernel.search.words import folded, wanted

_AROUND = 40  # characters before the first find that are shown


def marked(text: str, asked: str, most: int = 0) -> SafeString:
    """The text, cut around the first find if it is longer than `most`, with `<mark>` around what was found."""
    spots = _spots(text, asked)
    start, end = 0, len(text)
    if most and len(text) > most:
        start = max(0, (spots[0][0] if spots else 0) - _AROUND)
        start = min(start, len(text) - most)
        end = start + most
    said, at = ["…" if start else ""], start
    for first, last in spots:
        if first < at or last > end:
            continue
        said += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    said += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(said))  # noqa: S308  (every part of the text is escaped above)


def _spots(text: str, asked: str) -> list[tuple[int, int]]:
    """Where phrases stand. Only in texts that are as long folded as they are, so that places are the same."""
    plain = "".join(one if len(one := folded(sign)) == 1 else sign for sign in text)
    looked = wanted(asked)
    found: list[tuple[int, int]] = []
    for phrase in looked.phrases:
        # Signs may stand between two Chinese characters, as they do for finding; Latin words begin at their edge.
        pattern = r"[\W_]*".join(map(re.escape, phrase))
        if phrase[0].isascii():
            pattern = rf"(?<![a-z0-9]){pattern}"
            if not (looked.begun and phrase is looked.phrases[-1]):
                pattern += r"(?![a-z0-9])"
        found += [match.span() for match in re.finditer(pattern, plain)]
    return sorted(found)
