"""Payment files: the sum is that of the rows, the same run is the same bytes, no text becomes a formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from craftpath.delivery.exchange.payments import About, Shape, decimal, payment_file
from craftpath.delivery.exchange.reading import read_book
from craftpath.domain.allowances.actions import Column, Payment

ABOUT = About("金恒机械", "2026-11", "CNY", "合计")
COLUMNS = [
    Column("序号", "row"),
    Column("姓名", "name"),
    Column("账号", "reference"),
    Column("金额", "amount"),
    Column("用途", "fixed", "带徒津贴"),
]
ROWS = [
    Payment(1, "周国栋", "6222020000001234567", 68_00, 1),
    Payment(2, "=HYPERLINK(1)", "", 132_05, 2),
    Payment(3, "吴海燕", "A-1", -1_00, 1),
]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_reads_back_and_is_the_same_again(form: str, encoding: str) -> None:
    made = [
        payment_file(COLUMNS, ROWS, Shape(form, encoding, "major", True), ABOUT, "代发") for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0].name == f"代发 金恒机械 2026-11 199.05 CNY.{form}"
    rows = read_book(made[0].content, made[0].name).sheets[0].rows
    assert list(rows[0]) == ["序号", "姓名", "账号", "金额", "用途"]
    assert rows[1][2] == "6222020000001234567"
    assert rows[2][1] == "=HYPERLINK(1)"
    assert sum(Decimal(str(row[3])) for row in rows[1:-1]) == Decimal("199.05") == Decimal(str(rows[-1][3]))
    assert rows[-1][0] == "合计"


def test_no_text_becomes_a_formula() -> None:
    content = payment_file(COLUMNS, ROWS, Shape("csv", "utf-8", "minor", False), ABOUT, "x").content.decode(
        "utf-8-sig"
    )
    assert "'=HYPERLINK(1)" in content
    assert ",13205," in content
    assert "合计" not in content


def test_a_name_holds_nothing_that_a_disk_refuses() -> None:
    about = About('a/b:"c', "2026-11", "JPY", "x")
    assert payment_file(COLUMNS, ROWS, Shape("xlsx", "utf-8", "major", True), about, "..\\x").name == (
        "..-x a-b--c 2026-11 19905 JPY.xlsx"
    )
    assert decimal(12345, "BHD") == Decimal("12.345")
