"""Word files as pages: what one sees in the text program stands in the Markdown, and pictures come along."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from craftpath.delivery.exchange.authored.pages import page
from craftpath.delivery.exchange.courses.texts import REASONS
from craftpath.delivery.exchange.courses.word import Written, read_word
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import answered, packed


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(document: Any) -> Written:
    return read_word(io.BytesIO(saved(document)))


def dot() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    out.seek(0)
    return out


def test_headings_and_looks() -> None:
    document = Document()
    document.add_heading("车床安全", 0)
    document.add_heading("Before *you* start", 1)
    document.add_heading("Tools", 3)
    paragraph = document.add_paragraph("Wear ")
    paragraph.add_run("safety ").bold = True
    paragraph.add_run("goggles").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("gloves").italic = True
    paragraph.add_run("。H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O, m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" gone").font.strike = True
    both = document.add_paragraph()
    both.add_run("注意：").bold = True
    both.add_run("看")
    found = written(document)
    assert found.title == "车床安全"
    assert found.text == (
        "# Before \\*you\\* start\n\n### Tools\n\n"
        "Wear **safety goggles** and *gloves*。H~2~O, m^2^ ~~gone~~\n\n**注意**：看"
    )


def test_lists_keep_their_levels_and_their_numbers() -> None:
    document = Document()
    for style, words in (
        ("List Bullet", "one"), ("List Bullet 2", "two"), ("List Bullet", "three"), (None, "between"),
        ("List Number", "first"), ("List Number", "second"),
    ):  # fmt: skip
        document.add_paragraph(words, style=style)
    text = written(document).text
    assert text.endswith("between\n\n1. first\n2. second")
    assert "- one" in text
    html = page(text)
    assert html.count("<li>") == 5
    assert "<ol>\n<li>first</li>" in html


def test_deeper_items_stand_inside() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
            '<w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'),
    )
    for level, words in ((0, "one"), (1, "in"), (0, "two")):
        paragraph = document.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>',
            )
        )
    assert written(document).text == "1. one\n   - in\n2. two"


def test_tables_pictures_links_and_notes() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a|b", "c"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "wide"
    run = document.add_paragraph("See ").add_run()
    run.add_picture(dot(), width=Inches(1))
    document.element.body.findall(".//{*}docPr")[0].set("descr", "A red [dot]")
    link = document.part.relate_to(
        "https://example.org/?a=1&b=2",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    bad = document.part.relate_to(
        "javascript:alert(1)",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph = document.add_paragraph("Read ")
    for identity in (link, bad):
        paragraph._p.append(
            parse_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{identity}"><w:r><w:t>this</w:t></w:r></w:hyperlink>'
            )
        )
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    found = written(document)
    assert found.text == (
        "| a\\|b | c |\n| --- | --- |\n| wide |  |\n\nSee ![A red \\[dot\\]](media:new-1)\n\n"
        "Read [this](https://example.org/?a=1&amp;b=2)this[^1]\n\n[^1]: …"
    )
    assert list(found.pictures) == ["new-1"]
    assert found.pictures["new-1"][1] == dot().getvalue()


def test_a_formula_is_tex() -> None:
    document = Document()
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    document.add_paragraph("v = ")._p.append(
        parse_xml(
            f"<m:oMath {math}><m:f><m:num><m:r><m:t>s</m:t></m:r></m:num><m:den><m:r><m:t>t</m:t></m:r></m:den>"
            "</m:f></m:oMath>"
        )
    )
    assert written(document).text == r"v = $\frac{s}{t}$"


def changed(content: bytes, **parts: bytes) -> bytes:
    """A zip with some of its parts replaced, or added; `__` stands for a slash and `_` for a dot."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return packed(held | {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "not_word"),
        (b"", "not_word"),
        (packed({"a.txt": "x"}), "not_word"),
        (packed({"xl/workbook.xml": "x"}), "not_word"),
        (packed({"word/document.xml": "x"}), "damaged"),
        (changed(saved(Document()), word__vbaProject_bin=b"x"), "macros"),
        (changed(saved(Document()), word__document_xml=b"<!DOCTYPE x><x/>"), "damaged"),
        (changed(saved(Document()), word__document_xml=b"<x"), "damaged"),
    ],
)
def test_what_is_no_word_file_or_must_not_be_read_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_word(io.BytesIO(content))
    assert caught.value.verdict.reason == f"course.{code}"


WHOLE = saved(Document())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6))
def test_a_bent_file_is_refused_or_read(at: int, piece: bytes) -> None:
    bent = WHOLE[:at] + piece + WHOLE[at + len(piece) :]
    _, refusal = answered(lambda: read_word(io.BytesIO(bent)))
    assert refusal is None or refusal.reason in REASONS
