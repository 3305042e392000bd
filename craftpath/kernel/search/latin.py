"""Chinese names in Latin letters: whole, by parts and by initials, with surnames read as surnames are."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_READINGS = 4  # of one name, where its characters have several


@cache
def _surnames() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """One character → its reading; two characters → theirs."""
    table = tomllib.loads(Path(__file__).with_name("surnames.toml").read_text("utf-8"))
    single = {sign: [said] for sign, said in table["single"].items()}
    return single, {signs: said.split() for signs, said in table["double"].items()}


@lru_cache(20_000)  # given names come again and again
def _read(signs: str) -> list[list[str]]:
    """The readings of these characters: as a word, and one by one."""
    # Its dictionary takes some megabytes and a moment, which only those spend who keep the index.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    alone = [said for sign in signs for said in lazy_pinyin(sign)]
    together = lazy_pinyin(signs)
    return [together] if together == alone else [together, alone]


def _parted(name: str) -> tuple[list[list[str]], str]:
    """The readings of the surname, and the given name. A name of one part, such as a foreign one, has no surname."""
    single, double = _surnames()
    if len(name) > 2 and name[:2] in double:
        return [double[name[:2]]], name[2:]
    return [single[name[0]]] if name[0] in single else _read(name[0]), name[1:]


def _spelled(surname: list[str], given: list[str]) -> set[str]:
    first, rest = "".join(surname), "".join(given)
    after = "".join(said[0] for said in given)
    words = {
        first,
        first + rest,
        rest + first,
        first[0] + after,
        "".join(said[0] for said in surname) + after,
    }
    return words | {rest, *surname, *given} - {""}


def latin_words(name: str) -> list[str]:
    """Every word by which a name is found in Latin letters; none for a name that has no Chinese character.

    陈雨桐 is found as chen, yutong, chenyutong, yutongchen, yu, tong and cyt.
    """
    found: set[str] = set()
    for part in _CHINESE.findall(name):
        surnames, given = _parted(part)
        readings = _read(given) if given else [[]]
        for surname, rest in list(product(surnames, readings))[:_READINGS]:
            found |= _spelled(surname, rest)
    # 吕 is typed lv, written Lyu in passports, and lu by those who have no ü.
    found |= {word.replace("v", other) for word in found if "v" in word for other in ("yu", "u")}
    return sorted(word for word in found if word.isascii() and word.isalnum())


def parted(name: str) -> tuple[str, str] | None:
    """(surname, given name) of a name in Chinese characters; None for any other."""
    if not _CHINESE.fullmatch(name):
        return None
    signs = 2 if len(name) > 2 and name[:2] in _surnames()[1] else 1
    return name[:signs], name[signs:]
