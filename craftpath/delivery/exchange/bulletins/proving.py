"""Whether a bulletin can be printed as it is: every letter is in the font, and it takes two sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.bulletins.paper import inside, paper
from craftpath.delivery.exchange.bulletins.sheet import Quote, Sheet, every_word
from craftpath.delivery.exchange.fonts import missing
from craftpath.delivery.exchange.press import Press
from craftpath.domain.bulletins.queries import digest, pictures_of
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from craftpath.domain.bulletins.models import Bulletin, Voice

SHEETS = 2
_MOST_NAMED = 12
_IGNORED = "\u2009\n\t"


@dataclass(frozen=True, slots=True)
class Proof:
    """A content that was laid out: its paper, and its digest, which the action asks for."""

    pdf: bytes
    sha256: str


def sheet_of(row: Bulletin, content: Mapping[str, Any], spoken: Iterable[Voice]) -> Sheet:
    """What is printed, with its pictures inside."""
    return Sheet(content, [Quote.of(one) for one in spoken], picture=inside(pictures_of(row, content)))


def prove(row: Bulletin, content: Mapping[str, Any], spoken: Iterable[Voice], address: str) -> Proof:
    """Lay it out; refused with the letters that the font lacks and where they stand, or with the number of sheets."""
    return Proof(printed(sheet_of(row, content, spoken), address), digest(content))


def printed(sheet: Sheet, address: str) -> bytes:
    """The PDF of two sheets; refused where it would be something else."""
    lacking(sheet)
    with Press() as press:
        made = press.printed(paper(sheet, address))
    if press.sheets != SHEETS:
        raise Refused(not_now("bulletins.not_two_sheets", pages=press.sheets))
    return made


def lacking(sheet: Sheet) -> None:
    """Refuse what the font cannot draw, naming the characters and their places."""
    signs: dict[str, None] = {}
    places: dict[str, None] = {}
    for place, said in every_word(sheet):
        found = [one for one in missing(said) if one not in _IGNORED]
        if found:
            places[place] = None
            signs.update(dict.fromkeys(found))
    if signs:
        from craftpath.domain.bulletins.texts import PLACES  # noqa: PLC0415  (said in the reader's language)

        named = " ".join(f"{one} (U+{ord(one):04X})" for one in list(signs)[:_MOST_NAMED])
        where = "、".join(str(PLACES[place]) for place in places)
        raise Refused(not_now("bulletins.signs_missing", signs=named, places=where))
