"""What somebody wrote, as it is kept: whole, or refused with the reason."""

from __future__ import annotations

from craftpath.values.verdict import Refused, not_now

LONGEST = 4000  # characters of what somebody tells
SHORT = 1000  # of a remark


def words_of(text: str, most: int, *, empty: bool = False) -> str:
    """The words without blanks around them; refused where there are none, or more than fit: nothing is cut."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words and not empty:
        raise Refused(not_now("care.no_words"))
    if len(words) > most:
        raise Refused(not_now("care.too_many_words", most=most))
    return words
