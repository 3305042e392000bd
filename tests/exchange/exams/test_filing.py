"""Files of exams: Word, Excel and text become what somebody would paste; made-up ones are refused in words."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from craftpath.delivery.exchange.exams.drafting import read_exam
from craftpath.delivery.exchange.exams.filing import read_file
from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.exams.texts import REASONS as NOUN
from craftpath.values.verdict import Refused
from tests.exchange.exams import papers
from tests.photos import picture

_NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>"""
_MATH = """<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:sSub><m:e><m:r><m:t>v</m:t></m:r></m:e>
<m:sub><m:r><m:t>c</m:t></m:r></m:sub></m:sSub><m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>πdn</m:t></m:r></m:num>
<m:den><m:r><m:t>1000</m:t></m:r></m:den></m:f></m:oMath>"""


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _numbered(document: Any, text: str, level: int) -> Any:
    paragraph = document.add_paragraph(text)
    numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(numbers))
    return paragraph


def word(with_picture: bytes = b"") -> bytes:
    """An exam whose numbers are counted by the program, with a blank, a formula and perhaps a picture."""
    document = Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(_NUMBERING))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph("一、选择题（每题2分）")
    for stem, options, key in (
        ("M03 的含义是", ["结束", "主轴正转"], "B"),
        ("下列是量具的是", ["千分尺", "扳手"], "A"),
    ):
        _numbered(document, stem, 0)
        for option in options:
            _numbered(document, option, 1)
        document.add_paragraph(f"答案：{key}")
    document.add_paragraph("二、填空题")
    blank = document.add_paragraph("1. 快速定位用")
    blank.add_run("      ").underline = True
    blank.add_run("指令，面积单位 m")
    blank.add_run("2").font.superscript = True
    document.add_paragraph("答案：G00")
    formula = document.add_paragraph("2. 公式 ")
    formula._p.append(parse_xml(_MATH))
    formula.add_run(" 中 v 是____")
    document.add_paragraph("答案：切削速度")
    if with_picture:
        document.add_paragraph("3. 看图，它是____").add_run().add_picture(io.BytesIO(with_picture))
        document.add_paragraph("答案：轴")
    return _saved(document)


def test_word_gives_the_numbers_that_it_only_shows() -> None:
    found = read_file(word(), "试卷.docx")
    exam = read_exam(found.text)
    assert [one.content.kind.value for one in exam.readings] == ["single", "single", "short", "short"]
    assert [one.content.details.get("right") for one in exam.readings[:2]] == [["b"], ["a"]]
    assert exam.readings[2].content.stem.zh == "快速定位用____指令，面积单位 m^2^"
    assert r"$v_{c}=\frac{\pi dn}{1000}$" in exam.readings[3].content.stem.zh
    assert all(one.keyed and not one.faulty for one in exam.readings)


def test_a_picture_inside_is_kept_and_named_where_it_stood() -> None:
    found = read_file(word(picture(size=(300, 200))), "x.docx")
    assert list(found.pictures) == ["@1"]
    assert found.pictures["@1"][1].startswith(b"\xff\xd8")
    assert "![](picture:@1)" in read_exam(found.text).readings[-1].content.stem.zh


def _sheet(*rows: tuple[Any, ...]) -> bytes:
    return write_xlsx([OutSheet("试题", rows[0], list(rows[1:]))])


def test_a_sheet_with_a_header_is_read_row_by_row() -> None:
    content = _sheet(
        ("序号", "题型", "题干", "选项A", "选项B", "选项C", "正确答案", "分值", "解析", "难度"),
        ("1", "单选题", "1、M03 的含义是", "A.结束", "主轴正转", "", "B", "2", "反转是 M04", "易"),
        ("2", "多选题", "防护用品有", "护目镜", "帽", "手套", "AB", "3", "", ""),
        ("3", "判断题", "可以戴手套", "", "", "", "错", "1", "", ""),
        ("4", "填空题", "快速定位是____", "", "", "", "G00/G0", "1", "", ""),
    )
    exam = read_exam(read_file(content, "题库.xlsx").text)
    assert [one.content.kind.value for one in exam.readings] == ["single", "multiple", "true_false", "short"]
    assert [str(one.content.points) for one in exam.readings] == ["2", "3", "1", "1"]
    first = exam.readings[0]
    assert (first.content.details["right"], first.difficulty) == (["b"], "easy")
    assert first.content.stem.zh == "M03 的含义是"
    assert first.content.details["options"][0]["text"] == {"zh": "结束"}
    assert all(one.keyed and not one.faulty for one in exam.readings)


def test_a_sheet_in_english_with_options_in_one_column() -> None:
    content = _sheet(
        ("Type", "Question", "Options", "Answer", "Points"),
        ("Single choice", "What is M03?", "End|Spindle", "B", 2),
    )
    [one] = read_exam(read_file(content, "x.xlsx").text).readings
    assert (one.content.kind.value, one.content.details["right"]) == ("single", ["b"])
    assert [row["text"]["en"] for row in one.content.details["options"]] == ["End", "Spindle"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert read_file(papers.NO_HEADS.encode(encoding), "x.txt").text == papers.NO_HEADS


def _zip(parts: dict[str, bytes], content: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if content:
            with zipfile.ZipFile(io.BytesIO(content)) as source:
                for name in source.namelist():
                    if name not in parts:
                        archive.writestr(name, source.read(name))
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


HOSTILE = {
    "empty": (b"  ", "exam.empty"),
    "pdf": (b"%PDF-1.7 x", "exam.other_kind"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "exam.old_word"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "exam.password",
    ),
    "half a file": (word()[:-900], "exam.damaged"),
    "zip": (_zip({"a.txt": b"x"}), "exam.other_kind"),
    "macros": (_zip({"word/vbaProject.bin": b"x"}, word()), "exam.macros"),
    "no document": (_zip({"word/document.xml": b"<x>"}), "exam.damaged"),
    "entities": (
        _zip({"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, word()),
        "exam.damaged",
    ),
    "bomb": (_zip({"word/document.xml": b"<w:p/>" * 6_000_000}, word()), "exam.packed_too_tight"),
    "huge picture": (
        _zip({"word/media/轴承座.png": b"\0" * (30 * 2**20)}, word()),
        "exams.picture_too_large",
    ),
    "unpacks": (
        _zip({f"word/x{n}.xml": b"\0" * (39 * 2**20) for n in range(4)}, word()),
        "exam.unpacks_too_big",
    ),
    "many parts": (_zip({f"word/{n}": b"" for n in range(5_001)}), "exam.too_many_parts"),
    "no header": (_sheet(("甲", "乙"), ("1", "2")), "exam.no_header"),
    "binary": (b"a\0b" * 500, "exam.encoding"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_must_not_be_read_is_refused_in_words(name: str) -> None:
    content, reason = HOSTILE[name]
    with pytest.raises(Refused) as caught:
        read_file(content, "x.docx")
    assert caught.value.verdict.reason == reason
    said = (REASONS | NOUN)[reason] % caught.value.verdict.facts
    assert name != "huge picture" or "轴承座.png" in said


def test_what_lies_outside_the_file_is_not_fetched() -> None:
    relations = zipfile.ZipFile(io.BytesIO(word())).read("word/_rels/document.xml.rels").decode()
    linked = relations.replace(
        "</Relationships>",
        '<Relationship Id="rId99" TargetMode="External" Target="http://evil.example/x.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>',
    )
    found = read_file(_zip({"word/_rels/document.xml.rels": linked.encode()}, word()), "x.docx")
    assert found.pictures == {}
    assert "M03" in found.text
