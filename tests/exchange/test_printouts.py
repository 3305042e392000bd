"""Printouts as PDF and workbook: what went in comes out, many pages are numbered, nothing becomes a formula."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.exchange import press as pressing
from craftpath.delivery.exchange.press import Press
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.delivery.exchange.printouts.naming import file_name, safe
from craftpath.values.printout import Column, Facts, Group, Printout, Signature, Table, Words
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.printed import book, letters, on_paper, pages, rows

RARE = "𠮷㛃𬭩欧阳·阿依努尔"
HOSTILE = '=HYPERLINK("http://e","x")'
LONG = "长" * 300


def paper(*names: str, language: str = "zh") -> Printout:
    table = Table(
        Text("成绩", "Marks"),
        (
            Column(Text("姓名", "Name"), share=6),
            Column(Text("分数", "Score"), figures=True),
            Column(Text("时:分", "h:min"), figures=True),
            Column(Text("日期", "Day")),
        ),
        (Group(tuple((name, Decimal("80.5"), timedelta(hours=26, minutes=5), date(2026, 9, 4)) for name in names),
               Text("第一周", "Week one")),),
        grouped=Text("周", "Week"),
        total=(Text("合计", "Total"), Decimal("80.5"), None, None),
    )  # fmt: skip
    return Printout(
        title=Text("训练记录", "Training record"),
        whose=names[0],
        about=((Text("学徒", "Apprentice"), names[0]), (Text("入学", "Begun"), date(2026, 3, 2))),
        blocks=(Facts(((Text("次数", "Times"), 3),), Text("出勤", "Attendance")), table,
                Words(Text("发言", "Said"), ("第一行\n第二行",), lines=2)),
        on=date(2026, 9, 14),
        source=Text("依据记录。", "From the record."),
        signatures=(
            Signature(Text("学徒", "Apprentice"), names[0]),
            Signature(Text("院校", "College"), "何静", Text("2026年9月14日")),
        ),
        stamps=(Text("澜川技师学院", "Lanchuan College"),),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_every_word_of_a_printout_is_on_its_pages(language: str) -> None:
    found = paper(RARE, "赵一鸣")
    text = "".join(on_paper(found, language))
    for word in ("80.5", "26:05", "2026-09-04", RARE, "赵一鸣", "第一行", "第二行"):
        assert letters(word) in text
    expected = {"zh": ["训练记录", "合计", "盖章处"], "en": ["Trainingrecord", "Total", "Placeofthestamp"]}
    for word in expected["zh"] * (language != "en") + expected["en"] * (language != "zh"):
        assert word in text


def test_each_page_says_which_of_how_many_and_repeats_the_head() -> None:
    found = on_paper(paper(*(f"学徒{n}" for n in range(150))))
    assert len(found) > 2
    for place, text in enumerate(found, start=1):
        assert text.endswith(f"{place}/{len(found)}") or f"{place}/{len(found)}" in text
    for text in found[:-1]:
        assert "姓名" in text
        assert "分数" in text
    assert "盖章处" in found[-1]
    assert "签字" in found[-1]


def test_a_workbook_holds_the_same_with_its_types() -> None:
    found = book(paper(RARE, HOSTILE))
    assert found.sheetnames == ["概况", "成绩"]
    table = found["成绩"]
    assert rows(table)[:3] == [
        ("周", "姓名", "分数", "时:分", "日期"),
        ("第一周", RARE, 80.5, timedelta(hours=26, minutes=5), rows(table)[1][4]),
        ("第一周", HOSTILE, 80.5, timedelta(hours=26, minutes=5), rows(table)[1][4]),
    ]
    assert rows(table)[1][4].date() == date(2026, 9, 4)
    cell = table["B3"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert table["D2"].number_format == "[h]:mm"
    about = {row[0]: row[1] for row in rows(found["概况"])}
    assert about["学徒"] is not None
    assert about["澜川技师学院"] == "（盖章处）"


def test_a_workbook_is_set_up_to_be_printed() -> None:
    for sheet in book(paper("a & b")).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
        assert "a && b" in sheet.oddFooter.left.text
    table = book(paper("a"))["成绩"]
    assert (table.freeze_panes, table.print_title_rows) == ("A2", "$1:$1")


@pytest.mark.parametrize("name", [HOSTILE, '</style><script>x</script>"\\A', LONG, "a\nb", "{{ x }} %s"])
def test_a_hostile_name_is_a_name(name: str) -> None:
    text = "".join(on_paper(paper(name)))
    assert letters(name) in text
    assert book(paper(name))["成绩"]["B2"].value == name


def test_a_character_that_the_font_lacks_is_named() -> None:
    with pytest.raises(Refused) as caught:
        printout_page(paper("张👩"), "zh")
    assert caught.value.verdict.facts["code"] == "U+1F469"


def test_a_text_longer_than_a_page_goes_on_on_the_next() -> None:
    text = "".join(on_paper(paper("字" * 4000 + "完")))
    assert text.count("字") >= 4000
    assert "完" in text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a/b\\c:d", "a b c d"), ("CON", "_CON"), ("nul.txt", "_nul.txt"), (" .. ", "_"), ("陈雨桐", "陈雨桐"),
        ("x" * 300, "x" * 60), ("a\u202eb", "a b"), ("trailing. ", "trailing"),
    ],
)  # fmt: skip
def test_a_file_has_a_name_that_windows_takes(name: str, kept: str) -> None:
    assert safe(name) == kept
    assert file_name(paper(name), "zh", "pdf", number="26001", name=name) == f"26001_{kept}_训练记录.pdf"


# ---- the press


def script(folder: Path, line: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\nexec {line}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def test_one_process_prints_many_and_puts_them_together() -> None:
    with Press() as press:
        single = [press.printed(printout_page(paper(name), "zh"), keep=True) for name in ("甲", "乙" * 2000)]
        process = press._process
        whole = pages(press.together())
        assert press._process is process
    assert whole == [text for one in single for text in pages(one)]
    assert f"1/{len(pages(single[1]))}" in whole[1]


def test_a_process_that_hangs_is_ended_in_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pressing.sys, "executable", script(tmp_path, "sleep 60"))
    began = time.monotonic()
    with Press(seconds=0.5) as press, pytest.raises(Refused, match=r"^exchange\.paper_too_slow$"):
        press.printed("<p>x")
    assert time.monotonic() - began < 5


def test_after_a_process_that_died_the_next_paper_is_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = sys.executable
    with Press() as press:
        monkeypatch.setattr(pressing.sys, "executable", script(tmp_path, "sh -c 'read x; kill -9 $$'"))
        with pytest.raises(Refused, match=r"^exchange\.paper_not_printed$"):
            press.printed("<p>x")
        monkeypatch.setattr(pressing.sys, "executable", real)
        assert press.printed("<p>x").startswith(b"%PDF")


def test_a_page_that_cannot_be_laid_out_leaves_the_process_alive(monkeypatch: Any) -> None:
    with Press() as press:
        press.printed("<p>x")
        process = press._process
        with pytest.raises(Refused, match=r"^exchange\.paper_not_printed$"):
            press.together()  # nothing was kept
        assert press.printed("<p>y").startswith(b"%PDF")
        assert press._process is process


def test_a_wide_paper_lies_on_its_side() -> None:
    import io

    import pypdf

    from craftpath.delivery.exchange.press import print_page

    box = (
        pypdf.PdfReader(io.BytesIO(print_page(printout_page(replace(paper("x"), wide=True), "zh"))))
        .pages[0]
        .mediabox
    )
    assert box.width > box.height
