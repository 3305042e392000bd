"""An office's own Word document: every placeholder found wherever it stands, filled once, and nothing that runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange import layout_kinds
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.layout_documents import fill_document, look_document, outline
from craftpath.delivery.exchange.layout_kinds import fill_one, kind_of, ways
from craftpath.delivery.exchange.layout_letter import letter
from craftpath.delivery.exchange.layout_texts import LAYOUTS
from craftpath.delivery.exchange.texts import REFUSALS
from tests.exchange.documents import bent, document, opened, said, saved, table_of, with_table
from tests.exchange.layouts import NAMES, grid, values, workbook
from tests.exchange.layouts import opened as book_opened

DOCUMENT, KINDS = "word/document.xml", "[Content_Types].xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document'
RELATIONS = "word/_rels/document.xml.rels"


def one(content: bytes, **instead: Any) -> bytes:
    known = values(1)
    return fill_one(content, NAMES, known, {**known.people[0], **instead})


@given(
    st.lists(st.integers(0, 24), max_size=6),
    st.sampled_from(["P1", "=SUM(1)", "{college}", "甲 乙", "a&b<c>"]),
)
@settings(max_examples=60, deadline=None)
def test_a_placeholder_cut_anywhere_is_found(cuts: list[int], name: str) -> None:
    text = "Dear {name}, no. {number}!"
    places = sorted({0, len(text), *cuts})
    runs = [text[a:b] for a, b in zip(places, places[1:], strict=False)]
    assert said(one(document(runs), name=name)) == [f"Dear {name}, no. 00001!"]


def test_what_is_put_has_the_looks_of_its_first_letter() -> None:
    found = opened(one(document(["{na", "me} end"]))).paragraphs[0]
    assert [(run.text, bool(run.bold)) for run in found.runs if run.text] == [("P1", True), (" end", False)]


def test_heads_feet_tables_and_tables_in_tables() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Head {name}"
        made.sections[0].footer.paragraphs[0].text = "Foot {college}"
        outer = made.add_table(1, 2)
        outer.cell(0, 0).merge(outer.cell(0, 1)).text = "merged {number}"
        outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = "deep {total}"

    found = opened(one(document("x", change=change)))
    assert found.sections[0].header.paragraphs[0].text == "Head P1"
    assert found.sections[0].footer.paragraphs[0].text == "Foot 澜川技师学院"
    assert found.tables[0].cell(0, 1).text.startswith("merged 00001")
    assert found.tables[0].cell(0, 0).tables[0].cell(0, 0).text == "deep 60.5"


def test_a_row_is_repeated_for_everybody_and_what_is_around_it_stands_once() -> None:
    content = document(
        "{college}",
        change=with_table(["No.", "Name"], ["{line}", "{name} of {college}"], ["Sum", "{people}"]),
    )
    assert table_of(fill_document(content, NAMES, values(3))) == [
        ["No.", "Name"],
        ["1", "P1 of 澜川技师学院"], ["2", "P2 of 澜川技师学院"], ["3", "P3 of 澜川技师学院"],
        ["Sum", "3"],
    ]  # fmt: skip
    assert table_of(fill_document(content, NAMES, values(0)))[1] == ["", ""]


def test_no_value_is_taken_for_a_placeholder() -> None:
    content = document("{name}", change=with_table(["{name}"]))
    assert said(one(content, name="{college}")) == ["{college}"]
    known = values(2, college="{name}")
    known.people[0]["name"] = "{college}{total}"  # type: ignore[index]
    listed = document(change=with_table(["{name} {college}"]))
    assert table_of(fill_document(listed, NAMES, known)) == [["{college}{total} {name}"], ["P2 {name}"]]


def test_what_nobody_knows_stays_and_is_named_with_the_nearest() -> None:
    content = document("{nmae} {name}", change=with_table(["{x y z}"]))
    found = ways(content, NAMES).alone
    assert [(place.written, place.cell, place.near) for place in found.unknown] == [
        ("{nmae}", "1", "Name"), ("{x y z}", "2", ""),
    ]  # fmt: skip
    assert said(one(content)) == ["{nmae} P1"]


def test_how_it_can_be_filled() -> None:
    letter = ways(document("{name}"), NAMES)
    assert (letter.as_list, letter.each) == (False, True)
    assert letter.listed.faults[0].code == "sheet.layout_outside_row"
    table = ways(document(change=with_table(["{name}"])), NAMES)
    assert (table.as_list, table.each) == (True, True)
    two = ways(document(change=with_table(["{name}"], ["{number}"])), NAMES)
    assert (two.as_list, two.each, two.listed.faults[0].code) == (False, True, "sheet.layout_other_row")
    once = ways(document("{college}"), NAMES)
    assert (once.as_list, once.each) == (True, False)
    nothing = ways(document("nothing"), NAMES)
    assert not nothing.any
    with pytest.raises(SheetRefused, match="layout_outside_row"):
        fill_document(document("{name}"), NAMES, values(2))


def test_a_workbook_about_one_person() -> None:
    content = workbook({"A1": "{name}", "A2": "{number}", "B2": "{total}", "A3": "=B2*2", "B3": "{college}"})
    assert (ways(content, NAMES).as_list, ways(content, NAMES).each) == (False, True)
    sheet = book_opened(one(content, name="=cmd|'/c calc'!A0"))
    assert [[str(cell) for cell in row] for row in grid(sheet)] == [
        ["=cmd|'/c calc'!A0"], ["00001", "60.5"], ["=B2*2", "澜川技师学院"],
    ]  # fmt: skip
    assert (sheet["A1"].data_type, sheet["A1"].quotePrefix, sheet["A3"].data_type) == ("s", True, "f")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_a_name_is_never_a_formula(name: str) -> None:
    for content in (
        workbook({"A1": "{name}"}),
        workbook({"A1": "{name}{number}"}),
        workbook({"A1": "x", "A2": "{name}"}),
    ):
        assert all(
            cell.data_type == "s"
            for row in book_opened(one(content, name=name)).iter_rows()
            for cell in row
            if cell.value
        )


def test_a_preview_says_what_the_document_says() -> None:
    content = one(document("To {name}", change=with_table(["a", "{number}"])))
    assert outline(content) == [("p", "To P1"), ("table", [["a", "00001"]])]


# ---- refused


def field(*pieces: str, simple: bool = False) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        paragraph = made.add_paragraph("{name}")
        if simple:
            element = OxmlElement("w:fldSimple")
            element.set(qn("w:instr"), pieces[0])
            paragraph._p.append(element)
            return
        for what in ("begin", *pieces, "separate", "end"):
            run = paragraph.add_run()
            if what in ("begin", "separate", "end"):
                element = OxmlElement("w:fldChar")
                element.set(qn("w:fldCharType"), what)
            else:
                element = OxmlElement("w:instrText")
                element.text = what
            run._r.append(element)

    return change


def relation(kind: str, target: str, *, outside: bool = True) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        mode = ' TargetMode="External"' if outside else ""
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        line = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}"{mode}/></Relationships>'
        parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", line.encode())

    return change


def part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def instead(old: bytes, new: bytes, name: str = DOCUMENT) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, parts[name].replace(old, new, 1))


REFUSED: dict[str, tuple[bytes, str]] = {
    "macros": (bent(document("{name}"), part("word/vbaProject.bin")), "document_macros"),
    "docm": (
        bent(document("{name}"), instead(b"document.main+xml", b"document.macroEnabled.main+xml", KINDS)),
        "document_macros",
    ),
    "control": (bent(document("{name}"), part("word/activeX/activeX1.xml")), "document_macros"),
    "program": (bent(document("{name}"), part("word/embeddings/oleObject1.bin")), "document_macros"),
    "other text": (bent(document("{name}"), relation("aFChunk", "/word/other.html", outside=False)), "document_macros"),
    "template": (bent(document("{name}"), relation("attachedTemplate", "http://x/a.dotm")), "document_links"),
    "picture": (bent(document("{name}"), relation("image", "http://x/a.png")), "document_links"),
    "share": (bent(document("{name}"), relation("hyperlink", "file://x/a")), "document_links"),
    "fetches": (document(change=field(" INCLUDETEXT http://x ")), "document_field"),
    "cut field": (document(change=field(" DD", "EAUTO c:\\x cmd ")), "document_field"),
    "simple field": (document(change=field("DDE x", simple=True)), "document_field"),
    "entities": (
        bent(document("{name}"), instead(b"<w:document", DOCTYPE)), "document_damaged",
    ),
    "no xml": (bent(document("{name}"), part(DOCUMENT, b"<w:document")), "document_damaged"),
    "climbs out": (bent(document("{name}"), part("word/../../x.xml")), "document_damaged"),
    "bomb": (bent(document("{name}"), part("word/media/x.xml", b"0" * 30_000_000)), "packed_too_tight"),
    "bigger bomb": (bent(document("{name}"), part("word/media/x.xml", b"0" * 50_000_000)), "layout_too_big"),
    "half": (document("{name}")[:-200], "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("which", REFUSED)
def test_what_is_refused(which: str) -> None:
    content, code = REFUSED[which]
    with pytest.raises(SheetRefused) as refused:
        layout_kinds.require_opens(content)
    assert refused.value.code == f"sheet.{code}"
    assert refused.value.code in LAYOUTS | REFUSALS


def test_what_is_calm_passes() -> None:
    content = bent(document("{name}", change=field(" PA", "GE ")), relation("hyperlink", "https://x/a"))
    assert said(one(content)) == ["P1", "P1"]


def test_too_many_people_for_one_document() -> None:
    content = document(change=with_table(["{name}"] * 40))
    with pytest.raises(SheetRefused, match="layout_too_many_filled"):
        fill_document(content, NAMES, values(5_000))


def test_the_filled_package_holds_every_part_of_the_office() -> None:
    content = bent(document("{name}"), part("word/media/image1.png", b"\x89PNG"))
    before, after = (set(zipfile.ZipFile(io.BytesIO(one)).namelist()) for one in (content, one(content)))
    assert before == after
    assert kind_of(one(content)) == "docx"
    assert kind_of(workbook({"A1": "{name}"})) == "xlsx"
    assert look_document(saved(opened(content)), NAMES).places


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "code", "kind"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "old_word", ""),
        (OLE + "Workbook".encode("utf-16-le"), "old_excel", ""),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "layout_password", ""),
        (b"%PDF-1.7\n", "layout_other_kind", "PDF"),
        (b"{\\rtf1 x}", "layout_other_kind", "RTF"),
    ],
)
def test_what_is_no_form_is_told_what_to_save_it_as(content: bytes, code: str, kind: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        layout_kinds.require_opens(content)
    assert (refused.value.code, refused.value.facts.get("kind", "")) == (f"sheet.{code}", kind)


def test_an_open_document_is_called_what_it_is() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(SheetRefused) as refused:
        layout_kinds.require_opens(stream.getvalue())
    assert (refused.value.code, refused.value.facts["kind"]) == ("sheet.layout_other_kind", "ODT")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_letter_is_understood_whole_and_fills(language: str) -> None:
    content = letter(NAMES, language)
    found = layout_kinds.ways(content, NAMES)
    assert (found.kind, found.each, found.as_list) == ("docx", True, False)
    assert all(place.asked for place in found.listed.places)
    made = layout_kinds.fill_one(content, NAMES, values(1), values(1).people[0])
    filled = " ".join([*said(made), *(cell for row in table_of(made) for cell in row)])
    assert "P1" in filled
    assert "60.5" in filled
    assert "{" not in filled
