"""What makes two records look alike: each of these texts is the same for two spellings of one thing."""

from __future__ import annotations

import re
import unicodedata

from craftpath.kernel.search.words import folded, runs_of

_NOT_DIGIT = re.compile(r"\D+")
_CHINA = re.compile(r"^(?:00)?86(?=1\d{10}$)")
_SHORTEST = 7  # digits of a telephone number that says something


def phone_key(text: str) -> str:
    """The digits alone, without the country in front of a Chinese mobile number; "" for what is too short."""
    digits = _CHINA.sub("", _NOT_DIGIT.sub("", unicodedata.normalize("NFKC", text)))
    return digits if len(digits) >= _SHORTEST else ""


def mail_key(text: str) -> str:
    """Without case and width."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def name_key(text: str) -> str:
    """Chinese characters as they follow one another; a name without any as its words in the order of the alphabet.

    `陈　雨桐` is 陈雨桐, and `YUTONG, Chen` is chen yutong.
    """
    runs = runs_of(text)
    chinese = "".join(run for run in runs if not run.isascii() and not _is_latin(run))
    return chinese or " ".join(sorted(runs))


def latin_key(text: str) -> str:
    """The letters of a Latin form, whatever their order and gaps: Chen Yu-tong, YUTONG Chen."""
    return "".join(sorted("".join(runs_of(text))))


def masked(text: str) -> str:
    """A number or address of which only enough is shown to recognise it: 138****21, c***@example.org."""
    if "@" in text:
        name, _at, place = text.partition("@")
        return f"{name[:1]}***@{place}"
    return f"{text[:3]}****{text[-2:]}" if len(text) > _SHORTEST else "****" if text else ""


def _is_latin(run: str) -> bool:
    return all("LATIN" in unicodedata.name(sign, "") for sign in folded(run) if sign.isalpha())
