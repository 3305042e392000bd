"""A bulletin on paper: two sheets with the words of the web page, whoever agrees, and no sign that the font lacks."""

from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from craftpath.delivery.exchange.bulletins import kept
from craftpath.delivery.exchange.bulletins.proving import printed, prove, sheet_of
from craftpath.delivery.exchange.bulletins.setting import body, line, number
from craftpath.delivery.exchange.bulletins.sheet import COLOURS, Sheet, chart_table
from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.models import Bulletin
from craftpath.domain.bulletins.places import BY_KEY, PLACES, VOICE_WORDS, shape_of, spoken_in
from craftpath.domain.bulletins.states import LANGUAGES, THEMES
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.bulletins.world import (
    LEAD,
    LOOK,
    agreed,
    maker,
    pictured,
    published,
    save,
    voiced,
    written,
)
from tests.exchange.printed import letters, pages

pytestmark = pytest.mark.usefixtures("all_rows")
THERE = "https://example.org/b/lanchuan/1/"


def sheet(row: Bulletin) -> Sheet:
    voices = [voice for voice in queries.voices_of(row) if voice.placed]
    return sheet_of(row, queries.content_of(row, TODAY), voices)


def full(row: Bulletin, cast: Cast) -> None:
    """Every place as full as it may be, in Chinese and English."""
    for place in PLACES:
        content: dict[str, Any] = {}
        for field in place.fields:
            said = {}
            for spoken in spoken_in(row.language):
                em, most = field.holds(shape_of(row.language, spoken))
                said[spoken] = _text(spoken, em, most - (1 if field.paragraphs else 0))
            content[field.name] = said
        if place.kind in ("words", "masthead", "imprint"):
            save(cast, row, place.key, content)
        elif place.kind == "dates":
            save(cast, row, place.key, {"lines": [{"on": "2026-10-01", "what": content["what"]}] * 4})
        elif place.kind == "picture":
            pictured(cast, row, place.key, caption=content["caption"])
    save(
        cast,
        row,
        "figures",
        {"keys": ["apprentices.learning", "stories.published", "workshops.held", "pilots.members"]},
    )
    for _ in range(2):
        words = {}
        for spoken in spoken_in(row.language):
            em, most = VOICE_WORDS.holds(shape_of(row.language, spoken))
            words[spoken] = _text(spoken, em, most)
        voiced(cast, row, words=words)


def _text(spoken: str, em: float, most: int) -> str:
    if spoken == "zh":
        return (
            "学徒带着问题来，师傅带着办法讲，" * 60
            if most > 99
            else ("匠途试点学徒师傅" * 200)[: int((em - 1) * most) - 2]
        )
    from craftpath.domain.bulletins.measuring import lines

    words = "A master shows each step and an apprentice says it back before the next one begins. " * 40
    size = len(words)
    while lines(words[:size], em) > most:
        size -= 1
    return words[:size].strip()


# ---- Two sheets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_that_are_as_full_as_they_may_be_are_two(cast: Cast, language: str) -> None:
    row = written(cast, look=replace(LOOK, language=language))
    full(row, cast)
    from craftpath.domain.bulletins import rules

    contents = {key: block.content for key, block in queries.blocks_of(row).items()}
    assert rules.overs(row.language, contents, queries.voices_of(row)) == []
    found = printed(sheet(row), THERE)
    assert len(pypdf.PdfReader(io.BytesIO(found)).pages) == 2


@pytest.mark.parametrize("theme", THEMES)
def test_an_almost_empty_one_has_two_sheets_in_every_colour(cast: Cast, theme: str) -> None:
    row = written(cast, look=replace(LOOK, theme=theme))
    assert theme in COLOURS
    found = pypdf.PdfReader(io.BytesIO(printed(sheet(row), THERE)))
    assert len(found.pages) == 2
    width, height = (float(side) for side in found.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_a_text_that_got_past_the_count_is_refused_by_its_sheets(cast: Cast) -> None:
    row = written(cast)
    save(cast, row, "lead", LEAD | {"body": {"zh": "长" * 3900, "en": "x"}})
    with pytest.raises(Refused, match=r"^bulletins\.not_two_sheets$"):
        printed(sheet(row), THERE)


def test_the_file_says_what_it_is_and_what_is_a_heading(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row)
    found = pypdf.PdfReader(io.BytesIO(printed(sheet(row), THERE)))
    assert found.metadata is not None
    assert "匠途简报" in str(found.metadata.title)
    assert "澜川技师学院" in str(found.metadata.author)
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("zh")
    assert "/H2" in _kinds(root["/StructTreeRoot"])
    assert "/Figure" in _kinds(root["/StructTreeRoot"])


def _kinds(node: Any, depth: int = 0) -> set[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*(_kinds(one, depth + 1) for one in node))
    if not isinstance(node, dict) or depth > 60:
        return set()
    return {str(node.get("/S", ""))} | (_kinds(node["/K"], depth + 1) if "/K" in node else set())


# ---- The same words ---------------------------------------------------------------------------------


class _Said(HTMLParser):
    """The words of the part of a page that is read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth, self.quiet = 0, 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.depth += tag == "main"
        # a table behind the chart and the button to the paper are of the page only, as is its name for readers
        self.quiet += tag in ("details", "summary", "h1", "svg") or (
            tag == "p" and ("class", "bl-pdf") in attrs
        )

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "main"
        self.quiet -= tag in ("details", "summary", "h1", "svg")
        if tag == "p" and self.quiet:
            self.quiet = 0

    def handle_data(self, data: str) -> None:
        if self.depth and not self.quiet and data.strip():
            self.found.append(data)


def _read(row: Bulletin, spoken: str) -> list[str]:
    answer = Client().get(reverse("bulletin:page", args=["lanchuan", row.number]), {"in": spoken})
    said = _Said()
    said.feed(answer.content.decode())
    return [plain(one) for one in said.found if plain(one)]


def plain(words: str) -> str:
    return letters(words).replace("-", "").replace("“", "").replace("·", "")


def _on_paper(content: bytes) -> str:
    return plain("".join(pages(content)))


def test_what_the_page_says_in_both_languages_stands_on_the_paper(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row)
    agreed(cast, row)
    save(cast, row, "figures", {"keys": ["apprentices.learning", "workshops.came"]})
    save(
        cast,
        row,
        "case",
        {"head": {"zh": "早会", "en": "Five minutes"}, "body": {"zh": "先说。\n再做。", "en": "Say.\nDo."}},
    )
    row = published(cast, row)
    printed_ = _on_paper(Client().get(reverse("bulletin:pdf", args=["lanchuan", row.number])).content)
    for spoken in ("zh", "en"):
        said = _read(row, spoken)
        assert len(said) > 12
        assert [one for one in said if one not in printed_] == []


def test_a_yes_taken_back_is_gone_from_page_and_paper_and_the_old_paper_is_forgotten(cast: Cast) -> None:
    row = written(cast)
    voice = agreed(cast, row, "")
    row = published(cast, row)
    there = reverse("bulletin:pdf", args=["lanchuan", row.number])
    visitor = Client()
    first, again = visitor.get(there).content, visitor.get(there).content
    assert first == again
    assert "会问，是第一步" in _on_paper(first)
    link = Client().post(reverse("bulletin:voice", args=[queries.token_of(voice)]), {"do": "decline"})
    assert link.status_code == 302
    folder = Path(kept._folder(row.public_id))
    assert not folder.exists()
    assert "会问" not in "".join(_read(row, "zh"))
    second = visitor.get(there).content
    assert "会问" not in _on_paper(second)
    assert "周国栋" not in _on_paper(second)
    assert len(list(folder.glob("*.pdf"))) == 1


def test_what_the_font_lacks_is_named_with_its_place(cast: Cast) -> None:
    row = written(cast)
    save(cast, row, "case", {"head": {"zh": "案例 𓀀", "en": "Case"}, "body": {"zh": "好", "en": "Good"}})
    with pytest.raises(Refused) as found:
        prove(row, queries.content_of(row, TODAY), [], THERE)
    assert found.value.verdict.reason == "bulletins.signs_missing"
    assert found.value.verdict.facts["signs"] == "𓀀 (U+13000)"
    assert "Case" in str(found.value.verdict.facts["places"]) or "案例" in str(
        found.value.verdict.facts["places"]
    )


def test_words_are_words_on_paper_too(cast: Cast) -> None:
    row = written(cast)
    nasty = '<img src=x onerror=alert(1)>"&amp;</p><style>p{display:none}</style>'
    save(cast, row, "lead", LEAD | {"head": {"zh": nasty, "en": nasty}})
    shown = sheet(row).html("lead")
    assert "<img" not in shown
    assert "<style" not in shown
    assert letters("onerror=alert(1)") in _on_paper(printed(sheet(row), THERE))


# ---- How words are set ------------------------------------------------------------------------------


def test_two_scripts_stand_a_little_apart_and_full_width_signs_need_no_room() -> None:
    assert line("共226人") == "共\u2009226\u2009人"
    assert line("共 226 人") == "共\u2009226\u2009人"
    assert line("（3 期）") == "（3\u2009期）"


def test_no_letter_stands_alone_at_the_end_of_a_chinese_paragraph() -> None:
    assert body("一二三四五六七八九十", "zh") == '<p>一二三四五六七<span class="bl-tail">八九十</span></p>'
    assert body("One two three four five", "en") == "<p>One two three four five</p>"


@pytest.mark.parametrize(
    ("value", "shown"), [("1234567", "1,234,567"), ("12.50", "12.50"), ("-1000", "-1,000"), ("0", "0")]
)
def test_thousands_are_separated(value: str, shown: str) -> None:
    assert number(value) == shown


def test_a_chart_has_its_table_and_bars_from_zero(cast: Cast) -> None:
    row = written(cast)
    content = queries.content_of(row, TODAY)
    figure = {
        "key": "x", "name": {"zh": "人", "en": "people"}, "unit": {}, "definition": {"zh": "甲", "en": "A"},
        "value": "3", "n": 3,
        "bars": [{"label": {"zh": "<企业>", "en": "E"}, "value": 2}, {"label": {"zh": "院校"}, "value": 1}],
        "as_of": "2026-09-14", "before": None, "few": False,
    }  # fmt: skip
    content["blocks"]["chart"] = {"figure": figure}
    made = Sheet(content)
    assert chart_table(made) == [("<企业>", "2"), ("院校", "1")]
    drawn = made.html("chart")
    assert drawn.count('<rect class="bl-bar" x="0"') == 2
    assert "&lt;企业&gt;" in drawn
    widths = [float(part.split('"')[0]) for part in drawn.split('width="')[1:] if part[0].isdigit()]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.1)


def test_nobody_who_is_only_asked_is_on_what_everybody_gets(cast: Cast) -> None:
    row = written(cast)
    voice = actions.ask_voice(voiced(cast, row), by=maker(cast), at=AT)
    actions.place_voice(voice, placed=False, by=maker(cast), at=AT)
    row = published(cast, row)
    assert queries.public_content(queries.public_number("lanchuan", row.number))["voices"] == []  # type: ignore[arg-type]
    assert BY_KEY["voices"].sheet == 2
