"""Small files of the forms that are dropped, made as the programs make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_W = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def pdf(*pages: str, meta: Mapping[str, str] | None = None, password: str = "") -> bytes:
    """A PDF with a page for each text; Latin letters only, as its font has no others."""
    writer = PdfWriter()
    for words in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        lines = " T* ".join(f"({line}) Tj" for line in words.splitlines())
        stream.set_data(f"BT /F1 12 Tf 14 TL 20 250 Td {lines} ET".encode() if words else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if meta:
        writer.add_metadata(dict(meta))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(heading: str, *paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A Word file with one heading."""
    made = Document()
    made.core_properties.title, made.core_properties.author = title, author
    made.add_heading(heading, 1)
    for words in paragraphs:
        made.add_paragraph(words)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pptx(*slides: str) -> bytes:
    """Slides with a paragraph each; the tenth comes after the second."""
    return packed({
        "ppt/presentation.xml": "<p/>",
        **{
            f"ppt/slides/slide{n}.xml": f"<s {_W}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></s>"
            for n, words in enumerate(slides, start=1)
        },
    })  # fmt: skip


def xlsx(sheet: str, *cells: str) -> bytes:
    """A workbook with one sheet."""
    held = "".join(f"<si><t>{words}</t></si>" for words in cells)
    return packed({
        "xl/workbook.xml": f'<workbook><sheets><sheet name="{sheet}"/></sheets></workbook>',
        "xl/sharedStrings.xml": f"<sst>{held}</sst>",
    })  # fmt: skip
