"""One cell as a number of a person, a date, a score: lenient in form, strict in meaning.

Each reader returns the value or raises `CellFault` with a code; the plan adds where the cell stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.spelling import one_line, tidy

SCORE_PLACES = 4
_NUMBER_LENGTH = 40
_NAME_LENGTH = 120
_PHONE_LENGTH = 30
"""As many characters as the register keeps; a longer text is refused at its cell, never cut."""
_QUOTES = "'’‘`´"
_TRAILING_ZERO = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_SCORE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_NUMERIC = re.compile(r"[+-]?[\d.,]*\d[\d.,]*%?")
_DATES = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Excel's day numbers from 1954 to 2119: other numbers in a date column are not dates."""
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ALIGNMENT = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class CellFault(Exception):  # noqa: N818  (an answer to a cell, not a programming error)
    """Why a cell cannot be read; `facts` are what the sentence names."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Any] = facts


def shown(cell: Cell) -> str:
    """The cell as the office sees it, for messages."""
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def number_text(cell: Cell) -> str:
    """A person's number as text, leading zeros kept; '' for a blank cell.

    Undoes what spreadsheets do to numbers: 20260001.0, a leading apostrophe, full-width digits, spaces.
    What they destroyed cannot be undone and is refused: 2.026E+07, and digits beyond the fifteenth.
    """
    if isinstance(cell, bool | date):
        raise CellFault("cell.not_a_number_of_a_person")
    if isinstance(cell, Decimal):
        if cell != cell.to_integral_value():
            raise CellFault("cell.not_a_number_of_a_person")
        raise CellFault("cell.number_lost_digits")
    text = tidy(cell).strip(_QUOTES).replace(" ", "")
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("cell.number_lost_digits")
    whole = _TRAILING_ZERO.fullmatch(text)
    text = whole[1] if whole else text
    if len(text) > _NUMBER_LENGTH:
        raise CellFault("cell.too_long", limit=_NUMBER_LENGTH)
    return text


def plain_text(cell: Cell, limit: int = 200) -> str:
    """A name or word on one line, as it is written."""
    text = one_line(cell)
    if len(text) > limit:
        raise CellFault("cell.too_long", limit=limit)
    return text


def person_name(cell: Cell) -> str:
    """A name without the spaces that offices set between Chinese characters to align short names: 张　伟."""
    return _ALIGNMENT.sub("", plain_text(cell, _NAME_LENGTH))


def latin_name(cell: Cell) -> str:
    """A name in Latin letters, as it is written."""
    return plain_text(cell, _NAME_LENGTH)


def email(cell: Cell) -> str:
    """An e-mail address in lower case."""
    text = plain_text(cell).replace(" ", "").lower()
    if not _EMAIL.fullmatch(text):
        raise CellFault("cell.not_an_email")
    return text


def phone(cell: Cell) -> str:
    """A telephone number as text; spreadsheets like to make numbers of them."""
    text = number_text(cell)
    if len(text) > _PHONE_LENGTH:
        raise CellFault("cell.too_long", limit=_PHONE_LENGTH)
    return text


def day(cell: Cell) -> date:
    """A date: a date cell, Excel's day number, or 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901.

    Days or months first (1/9/2026) are refused, since offices disagree about which is which.
    """
    if isinstance(cell, date):
        return cell
    text = _TIME_OF_DAY.sub("", tidy(cell)).replace(" ", "")
    for form in _DATES:
        found = form.fullmatch(text)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                raise CellFault("cell.no_such_day") from None
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(text))
    raise CellFault("cell.not_a_date")


def score_text(cell: Cell) -> str | None:
    """The text of a cell that is meant as a number, sound or faulty; None for words and blanks."""
    text = tidy(cell).strip(_QUOTES).removesuffix("分").replace(" ", "")
    return text if _NUMERIC.fullmatch(text) else None


def score(cell: Cell, maximum: Decimal) -> Decimal:
    """An exact score from 0 to `maximum` with at most four decimals.

    Commas are refused, since 1,05 may be one or a hundred and five; so are percentages.
    """
    if isinstance(cell, bool | date):
        raise CellFault("cell.not_a_score")
    text = score_text(format(cell, "f") if isinstance(cell, Decimal) else cell)
    if text is None or not _SCORE.fullmatch(text):
        comma = text is not None and "," in text
        raise CellFault("cell.score_with_comma" if comma else "cell.not_a_score")
    value = Decimal(text)
    if value < 0 or value > maximum:
        raise CellFault("cell.score_out_of_range")
    if value != round(value, SCORE_PLACES):
        raise CellFault("cell.score_too_fine", places=SCORE_PLACES)
    return value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))
