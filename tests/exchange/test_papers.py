"""Papers: what comes out of the PDF is what went in, rare characters too; a character that is lacking is named."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.exchange import fonts, press
from craftpath.delivery.exchange.papers import Signed, paper_pdf
from craftpath.values.paper import Paper, Section
from craftpath.values.text import Text
from craftpath.values.verdict import Refused

RARE = "𠮷㛃𬭩欧阳·阿依努尔"
NOTE = Text("文本指纹：abc", "Fingerprint: abc")


def paper(name: str = RARE) -> Paper:
    return Paper(
        Text("学徒培养协议", "Apprenticeship agreement"),
        (
            Section(Text("各方", "Parties"), (Text(f"学徒：{name}", f"Apprentice: {name}"),)),
            Section(Text("报酬", "Pay"), (Text("自9月1日起：4,200.00 元。", "From 1 September: CNY 4,200.00."),)),
        ),
    )  # fmt: skip


def printed(one: Paper, signer: str = RARE) -> Any:
    import pypdf

    signed = [Signed(Text("学徒", "Apprentice"), signer, Text("待签署", "still to sign"))]
    return pypdf.PdfReader(BytesIO(paper_pdf(one, signed, mark="Craftpath 匠途 · x", note=NOTE)))


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_what_is_read_out_is_what_was_put_in() -> None:
    found = printed(paper())
    text = letters("".join(page.extract_text() for page in found.pages))
    for language in ("zh", "en"):
        for line in paper().plain()[language].splitlines():
            assert letters(line) in text
    assert letters(RARE) in text
    assert "craftpath匠途·x" in text.lower()


def test_one_font_is_embedded_and_no_other() -> None:
    names = set()
    for page in printed(paper()).pages:
        for font in page["/Resources"]["/Font"].values():
            one = font.get_object()
            names.add(one["/BaseFont"].split("+")[-1].lstrip("/"))
            inside = one["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inside)
    assert names == {"Paper"}


@pytest.mark.parametrize("name", ["张👩", "Ꙁ\U0001f9d9", "\ue000"])
def test_a_name_that_the_font_lacks_is_refused_by_its_character(name: str) -> None:
    with pytest.raises(Refused) as caught:
        printed(paper(name))
    facts = caught.value.verdict.facts
    assert caught.value.verdict.reason == "exchange.glyph_missing"
    assert facts["character"] in name
    assert facts["code"] == f"U+{ord(facts['character']):04X}"


def test_a_smaller_font_refuses_what_it_would_have_borrowed(settings: Any) -> None:
    settings.FONT = fonts.KNOWN[1][0]
    with pytest.raises(Refused) as caught:
        printed(paper("𠮷"), "张三")
    assert caught.value.verdict.facts["code"] == "U+20BB7"
    assert letters("学徒：张三") in letters(printed(paper("张三"), "张三").pages[0].extract_text())


def test_markup_in_a_text_is_text() -> None:
    evil = '<script>alert(1)</script><img src="file:///etc/passwd">'
    text = "".join(page.extract_text() for page in printed(paper(evil)).pages)
    assert letters(evil) in letters(text)


def test_nothing_is_fetched_but_the_font(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>', encoding="utf-8")
    page = f'<html><body><img src="{secret.as_uri()}">text</body></html>'
    found = press.print_page(page)
    assert b"SECRET" not in found
    import pypdf

    assert pypdf.PdfReader(BytesIO(found)).pages[0].extract_text().strip() == "text"


def test_without_a_font_a_sentence_says_what_to_install(settings: Any) -> None:
    settings.FONT = "/no/such/font.ttf"
    with pytest.raises(Refused, match=r"^exchange\.font_missing$"):
        printed(paper())


def script(folder: Path, line: str) -> Path:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\nexec {line}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_without_the_library_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = "raise SystemExit(__import__('sys').stderr.write('cannot load library libpango') and 3)"
    monkeypatch.setattr(press.sys, "executable", str(script(tmp_path, f'{sys.executable} -c "{broken}"')))
    with pytest.raises(Refused, match=r"^exchange\.pdf_missing$"):
        printed(paper())


def test_no_process_that_serves_pages_loads_the_library() -> None:
    code = (
        "import django, sys; django.setup(); import craftpath.project.urls; "
        "sys.exit('weasyprint' in sys.modules or 'fontTools' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**__import__("os").environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
