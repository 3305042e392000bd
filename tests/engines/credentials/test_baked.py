"""A credential is found in the picture of a badge, however others baked it in."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from openbadgeslib import baking
from PIL import Image, PngImagePlugin

from craftpath.engines.credentials import Refusal, check, token
from craftpath.engines.credentials.baked import credential_in
from tests.engines.credentials.making import KEY, NOW, achievement, signed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">{}<g/></svg>'


def png(text: str | None, *, keyword: str = "openbadgecredential", packed: bool = False) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    if text is not None:
        chunks.add_itxt(keyword, text, zip=packed)
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG", pnginfo=chunks)
    return data.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_document_in_a_png(packed: bool) -> None:
    text = json.dumps(signed(), ensure_ascii=False)
    assert check(credential_in(png(text, packed=packed)), at=NOW)["proof"].ok


def test_a_token_in_a_png_and_in_an_svg() -> None:
    text = token(achievement(), KEY, method=KEY.did_key_method)
    assert credential_in(png(text)) == text
    assert credential_in(SVG.format(f'<openbadges:credential verify="{text}"/>').encode()) == text


def test_a_document_in_an_svg() -> None:
    text = json.dumps(signed(), ensure_ascii=False)
    inside = f"<openbadges:credential><![CDATA[\n{text}\n]]></openbadges:credential>"
    assert check(credential_in(SVG.format(inside).encode()), at=NOW)["proof"].ok


def test_what_others_bake() -> None:
    text = json.dumps(signed(), ensure_ascii=False)
    assert credential_in(baking.bake_png(png(None), text, keyword=baking.ITXT_KEYWORD_OB3)) == text
    names = {"element": baking.SVG_ELEMENT_OB3, "namespace": baking.SVG_NS_OB3}
    assert credential_in(baking.bake_svg(SVG.format("").encode(), text, as_text=True, **names)) == text


BOMB = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("x" * 1000, "&a;" * 1000)


@pytest.mark.parametrize(
    "data",
    [
        png(None),
        png("x", keyword="comment"),
        png("{}")[:60],
        b"\x89PNG\r\n\x1a\n",
        SVG.format("").encode(),
        b"<svg",
        (BOMB + SVG.format("<t>&b;</t>")).encode(),
        b"\xff\xfe\x00",
        png("x" * 3_000_000, packed=True),
    ],
    ids=["bare", "other text", "cut off", "a head only", "bare svg", "cut svg", "bomb", "no text", "endless"],
)
def test_pictures_without_one(data: bytes) -> None:
    with pytest.raises(Refusal):
        credential_in(data)
