"""Printouts: what a cell says, and that nothing of a paper is left out when a font is asked about it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from craftpath.values.printout import (
    Cell,
    Column,
    Facts,
    Group,
    Printout,
    Signature,
    Table,
    Words,
    minutes,
    said,
)
from craftpath.values.text import Text


@pytest.mark.parametrize(
    ("cell", "language", "words"),
    [
        (None, "zh", "–"),
        ("=1+1", "zh", "=1+1"),
        (Text("焊工", "Welder"), "zh", "焊工"),
        (Text("焊工", "Welder"), "en", "Welder"),
        (Text("焊工", "Welder"), "both", "焊工 Welder"),
        (Text("焊工"), "en", "焊工"),
        (timedelta(hours=7, minutes=30), "en", "7:30"),
        (timedelta(hours=122), "en", "122:00"),
        (timedelta(minutes=-5), "en", "-0:05"),
        (date(2026, 9, 4), "both", "2026-09-04"),
        (Decimal("80.50"), "en", "80.50"),
        (Decimal("1E+2"), "en", "100"),
        (7, "en", "7"),
    ],
)
def test_a_cell_is_said(cell: Cell, language: str, words: str) -> None:
    assert said(cell, language) == words


def test_minutes_are_a_length_of_time() -> None:
    assert (minutes(90), minutes(None)) == (timedelta(hours=1, minutes=30), None)


def test_every_word_of_a_paper_is_among_its_words() -> None:
    texts = iter("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
    one = lambda: Text(next(texts))  # noqa: E731
    paper = Printout(
        title=one(), whose="谁", subtitle=one(), about=((one(), "何"),),
        blocks=(
            Facts(((one(), "几"),), one()),
            Words(one(), ("话",), by=one()),
            Table(one(), (Column(one()),), (Group((("格",),), one()),), one(), (Text("总"),), one(), one()),
        ),
        on=date(2026, 9, 4), source=one(), signatures=(Signature(one(), "名", one()),), stamps=(one(),),
    )  # fmt: skip
    left = "".join(texts)
    used = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".removesuffix(left)
    assert set(used + "谁何几话格总名") <= set(paper.words("zh"))
