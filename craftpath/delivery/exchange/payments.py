"""Payment files by an office's template: the same run is the same bytes, and no text becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.domain.allowances.actions import Column, Payment
from craftpath.values.money import minor_digits

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written: xlsx or csv, its encoding, amounts in the unit or the minor unit, a row with the sum."""

    form: str
    encoding: str
    amounts: str
    total_row: bool


@dataclass(frozen=True, slots=True)
class About:
    """Whose month it is, in words, and in which currency; `total` is the word for the last row."""

    organisation: str
    month: str
    currency: str
    total: str


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A file to save."""

    name: str
    content: bytes
    media_type: str


def payment_file(
    columns: Sequence[Column], payments: Sequence[Payment], shape: Shape, about: About, title: str
) -> PaymentFile:
    """The file of a run; its name says the sum, which is that of the rows."""
    sum_ = sum(one.amount for one in payments)
    amount = _amounts(shape, about)
    rows: list[Row] = [
        tuple(_cell(column, one, n, amount, about) for column in columns)
        for n, one in enumerate(payments, start=1)
    ]
    if shape.total_row:
        rows.append(_total(columns, amount(sum_), about))
    header = [column.heading for column in columns]
    stem = f"{title} {about.organisation} {about.month} {decimal(sum_, about.currency)} {about.currency}"
    name = _NOT_IN_NAMES.sub("-", stem)
    if shape.form == "csv":
        content = write_csv([header, *rows])
        if shape.encoding == "gb18030":
            content = content.decode("utf-8-sig").encode("gb18030")
        return PaymentFile(f"{name}.csv", content, f"text/csv; charset={shape.encoding}")
    texts = frozenset(n for n, column in enumerate(columns) if column.field in ("reference", "fixed"))
    content = steady(write_xlsx([OutSheet(about.month, header, rows, text_columns=texts)]))
    return PaymentFile(f"{name}.xlsx", content, XLSX)


def decimal(minor: int, currency: str) -> Decimal:
    """An amount in the currency's unit, with all its places."""
    places = minor_digits(currency)
    return Decimal(minor).scaleb(-places).quantize(Decimal(1).scaleb(-places))


def _amounts(shape: Shape, about: About) -> Callable[[int], Cell]:
    return (
        (lambda minor: minor) if shape.amounts == "minor" else (lambda minor: decimal(minor, about.currency))
    )


def _cell(column: Column, one: Payment, n: int, amount: Callable[[int], Cell], about: About) -> Cell:
    found: dict[str, Cell] = {
        "row": n,
        "name": one.name,
        "reference": one.reference,
        "amount": amount(one.amount),
        "currency": about.currency,
        "month": about.month,
        "pairs": one.pairs,
        "organisation": about.organisation,
        "fixed": column.fixed,
    }
    return found[column.field]


def _total(columns: Sequence[Column], sum_: Cell, about: About) -> Row:
    first = next((n for n, column in enumerate(columns) if column.field != "amount"), None)
    return tuple(
        sum_ if column.field == "amount" else about.total if n == first else None
        for n, column in enumerate(columns)
    )


def steady(content: bytes) -> bytes:
    """The same workbook without the time at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in _ordered(source.namelist()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z\2", source.read(name)))
    return out.getvalue()


def _ordered(names: Iterable[str]) -> list[str]:
    """Readers expect the list of contents first."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
