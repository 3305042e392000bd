"""The paper of a certificate: one sheet, whatever it says, with every name read back as it was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest

from craftpath.delivery.exchange import fonts
from craftpath.delivery.exchange.certified import Certified
from craftpath.delivery.exchange.press import Press, print_page
from craftpath.delivery.exchange.printouts.certificates import certificate_page
from craftpath.domain.certificates.design import BORDERS, COLOURS
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.printed import letters, pages

RARE = "欧阳㛃𬭩𠮷·阿依努尔"
SAID = Certified(
    public_id="7k3m9xq2hd5w",
    number="CP-LANCHUAN-2026-000128",
    title=Text("数控车工阶段证书", "Stage certificate in CNC turning"),
    name=RARE,
    latin="Ouyang Jieduo",
    issuer=Text("蓝川职业技术学院", "Lanchuan Vocational College"),
    issued_on=date(2026, 11, 28),
    valid_until=date(2029, 11, 27),
    criteria=Text("能独立编制车削程序。", "Writes turning programs alone."),
    level=Text("中级工", "Intermediate"),
    scheme=Text("五级", "Five levels"),
    skills=(Text("读图", "Reading drawings"),),
    lines=((Text("师傅", "Master"), Text.of("周建国")),),
    design={"signatory": {"zh": "林晓岚"}, "position": {"zh": "院长", "en": "Principal"}},
)


@pytest.fixture(scope="module")
def press() -> Any:
    with Press() as found:
        yield found


def test_everything_is_read_back_as_it_was_typed(press: Press) -> None:
    (text,) = pages(press.printed(certificate_page(SAID)))
    for words in (
        RARE, "Ouyang Jieduo", SAID.number, SAID.title.zh, SAID.title.en, SAID.criteria.zh, SAID.criteria.en,
        SAID.issuer.zh, SAID.issuer.en, "2026年11月28日", "27 November 2029", "周建国", "林晓岚", "Principal",
        "读图", "Intermediate", "craftpath.invalid/c/7k3m9xq2hd5w",
    ):  # fmt: skip
        assert letters(words) in text


@pytest.mark.parametrize("name", ["张👩", "Ꙁ\U0001f9d9"])
def test_a_name_that_the_font_lacks_is_refused_by_its_character(name: str) -> None:
    with pytest.raises(Refused) as caught:
        certificate_page(replace(SAID, name=name))
    assert caught.value.verdict.reason == "exchange.glyph_missing"
    assert caught.value.verdict.facts["character"] in name


def test_a_smaller_font_refuses_a_rare_name_and_prints_a_common_one(settings: Any) -> None:
    settings.FONT = fonts.KNOWN[1][0]
    with pytest.raises(Refused) as caught:
        certificate_page(replace(SAID, name="王㛃"))
    assert caught.value.verdict.facts["code"] == "U+36C3"
    assert "张三" in pages(print_page(certificate_page(replace(SAID, name="张三"))))[0]


@pytest.mark.parametrize("border", [*BORDERS, "unknown"])
def test_the_longest_words_stay_on_one_sheet_and_apart(press: Press, border: str) -> None:
    """Above the facts, above the foot: what was shown never runs into what stands below."""
    long = replace(
        SAID, name="阿卜杜热依木·买买提江·努尔艾合买提", title=Text("数" * 80, "Certificate " * 6 + "of it"),
        criteria=Text("焊" * 600, "word " * 120), lines=SAID.lines * 6, design={"border": border, "colour": "pine"},
        skills=(Text("芯" * 14, "A skill with a longer name"),) * 12,
    )  # fmt: skip
    found = pypdf.PdfReader(BytesIO(press.printed(certificate_page(long))))
    assert len(found.pages) == 1
    heights: dict[str, list[float]] = {"焊": [], "芯": [], "师": []}

    def seen(text: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        for sign, places in heights.items():
            if sign in text:
                places.append(_cm[5] + tm[5] * _cm[3])

    found.pages[0].extract_text(visitor_text=seen)
    assert min(heights["焊"]) > max(heights["芯"])
    assert min(heights["芯"]) > max(heights["师"])


def test_the_same_certificate_is_the_same_file(press: Press) -> None:
    page = certificate_page(SAID)
    assert press.printed(page) == press.printed(page) == print_page(page)


def test_the_file_is_titled_tagged_and_says_its_language(press: Press) -> None:
    found = pypdf.PdfReader(BytesIO(press.printed(certificate_page(SAID))))
    assert found.metadata is not None
    assert str(found.metadata.title).endswith(f"{RARE} · {SAID.number}")
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "zh-hans"
    assert "/StructTreeRoot" in root


def test_each_colour_and_border_is_drawn() -> None:
    drawn = {certificate_page(replace(SAID, design={"border": border})) for border in BORDERS}
    assert len(drawn) == len(BORDERS)
    for key, colour in COLOURS.items():
        assert colour in certificate_page(replace(SAID, design={"colour": key}))


def test_markup_in_a_name_is_a_name(press: Press) -> None:
    evil = "<b>张</b>&amp;"
    assert letters(evil) in pages(press.printed(certificate_page(replace(SAID, name=evil))))[0]


def test_the_square_says_the_address() -> None:
    import segno

    page = certificate_page(SAID)
    wanted = segno.make(SAID.address, error="m", micro=False).svg_inline(
        border=0, dark="#1f1d1a", omitsize=True
    )
    path = re.search(r' d="([^"]+)"', wanted)
    assert path is not None
    assert path[1] in page
    other = certificate_page(replace(SAID, public_id="7k3m9xq2hd5x"))
    assert path[1] not in other
