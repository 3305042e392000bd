"""What is pasted from text programs and sites becomes plain Markdown; plain Markdown comes back as it was."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.authored.pages import Medium, page, sanitised
from craftpath.delivery.exchange.authored.pasted import from_html

DOT = base64.b64encode(b"\x89PNG\r\n\x1a\ndot").decode()
ITEM = (
    "<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span lang=EN-US style='font-family:Symbol'><span style='mso-list:Ignore'>{sign}"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>"
)


def items(*told: tuple[int, str, str]) -> str:
    return "\n".join(ITEM.format(level=level, sign=sign, words=words) for level, sign, words in told)


def test_a_paste_from_word_is_freed_of_everything_but_what_it_says() -> None:
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>x.docx</title><style><!--\n'
        "p.MsoNormal {mso-style-parent:''; color:red}\n--></style><!--[if gte mso 9]><xml><w:WordDocument>1"
        "</w:WordDocument></xml><![endif]--></head><body lang=ZH-CN><!--StartFragment-->"
        "<h1 style='mso-outline-level:1'>安全<o:p></o:p></h1><p class=MsoNormal style='color:red'>"
        "<b style='mso-bidi-font-weight:normal'><span lang=EN-US>注意：</span></b>请戴<i>护目镜</i>。<o:p>&nbsp;"
        "</o:p></p>"
        '<p>In <st1:place w:st="on">Berlin</st1:place><font color=red> now</font></p><!--EndFragment--></body></html>'
    )
    assert from_html(html).text == "# 安全\n\n**注意**：请戴*护目镜*。\n\nIn Berlin now"


def test_lists_of_word_are_lists() -> None:
    html = items((1, "·", "one"), (2, "1)", "two"), (2, "2)", "three"), (1, "·", "four")) + "<p>after</p>"
    assert from_html(html).text == "- one\n  1. two\n  2. three\n- four\n\nafter"
    again = items((1, "1.", "one")) + "<p>between</p>" + items((1, "一、", "two"))
    assert from_html(again).text == "1. one\n\nbetween\n\n1. two"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p>plain</p></b>', "plain"),
        ('<span style="font-weight:700">bold</span> <span style="font-style:italic">thin</span>', "**bold** *thin*"),
        ("<table><tr><td><p>a</p><p>b|c</p></td><td>1</td></tr><tr><td>2</td></tr></table>",
         "| a b\\|c | 1 |\n| --- | --- |\n| 2 |  |"),
        ("<dl><dt>Tool</dt><dd>cuts</dd></dl>", "Tool\n\ncuts"),
        ('<a href="https://example.org/a?x=1&amp;copy=2">w</a>', "[w](https://example.org/a?x=1&amp;copy=2)"),
        ('<a href="https://example.org/a_(b)">w</a>', "[w](<https://example.org/a_(b)>)"),
        ('<a href="#_Toc1">w</a> <a href="x.html">v</a>', "w v"),
        ("1. not a list", "1\\. not a list"),
        ("a * b _ c # d [e] &lt;f&gt; &amp;lt;", "a \\* b \\_ c \\# d \\[e\\] \\<f\\> \\&lt;"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<img src="media:x1" alt="a]b">', "![a\\]b](media:x1)"),
        ('<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
         '<span class="katex-html">x2</span>', "$x^2$"),
    ],
)  # fmt: skip
def test_what_a_paste_says(html: str, text: str) -> None:
    assert from_html(html).text == text


def test_pictures_in_a_paste_become_files_and_those_elsewhere_are_told() -> None:
    found = from_html(
        f'<p><img alt="dot" src="data:image/png;base64,{DOT}"><img src="file:///C:/x.png" alt="lost">'
        '<img src="https://example.org/y.png"><img src="data:image/svg+xml,<svg/>"></p>'
    )
    assert found.text == "![dot](media:new-1)lost"
    assert found.pictures == {"new-1": ("picture.png", b"\x89PNG\r\n\x1a\ndot")}
    assert found.left_out == ["file:///C:/x.png", "https://example.org/y.png", "data:image/svg+xml,<svg/>"]


def test_a_style_without_end_takes_no_longer_than_any() -> None:
    assert from_html(f"<p style='{'mso-list:' * 200_000}'>x</p>").text == "x"


def test_a_paste_without_end_is_cut_and_one_without_bottom_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert from_html("<div>" * 3_000 + "x").text == ""
    monkeypatch.setattr("craftpath.delivery.exchange.authored.pasted.MOST_CHARACTERS", 10)
    found = from_html("<p>" + "x" * 20)
    assert (found.text, found.cut) == ("x" * 7, True)


# ---- Round trips -----------------------------------------------------------------------------------

WORD = st.text(st.sampled_from("abcxyz车床安全0123.,:;!?()*_[]<>#|`~^$&-+='\"\\"), min_size=1, max_size=8)
PLAIN = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def told(html: str) -> str:
    """HTML of a page for comparing: as the sanitiser writes it, with all spaces alike."""
    return " ".join(sanitised(html).split())


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_any_words_are_shown_as_they_were(words: str) -> None:
    text = from_html(f"<p>{words.replace('&', '&amp;').replace('<', '&lt;')}</p>").text
    shown = page(text).strip()
    assert shown.startswith("<p>")
    assert shown.endswith("</p>")
    inner = shown[3:-4].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert inner == " ".join(words.split())


SIMPLE = st.text(st.sampled_from("abcxyz车床"), min_size=1, max_size=6)
INLINE = st.one_of(
    SIMPLE,
    SIMPLE.map(lambda word: f"**{word}**"),
    SIMPLE.map(lambda word: f"*{word}*"),
    SIMPLE.map(lambda word: f"`{word}`"),
    SIMPLE.map(lambda word: f"[{word}](https://example.org/{len(word)})"),
    SIMPLE.map(lambda word: f"![{word}](media:x{len(word)})"),
    st.just("H~2~O"),
    st.just("m^2^"),
    st.just("$x+1$"),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE,
    st.tuples(st.integers(1, 6), LINE).map(lambda told: f"{'#' * told[0]} {told[1]}"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    ),
    st.tuples(LINE, LINE).map(lambda told: f"- {told[0]}\n  1. {told[1]}\n- {told[0]}"),
    LINE.map(lambda line: f"> {line}"),
    st.just("```\nx = 1\n```"),
    st.just("---"),
    st.tuples(LINE, LINE).map(lambda cells: f"| {cells[0]} | a |\n| --- | --- |\n| {cells[1]} | b |"),
)


def two_lists(blocks: list[str]) -> bool:
    """Whether two lists follow each other, which Markdown takes for one."""
    kinds = [block.lstrip()[:1] if block[:2] in ("- ", "1.", "> ") else "" for block in blocks]
    return any(one and one == other for one, other in zip(kinds, kinds[1:], strict=False))


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=5).filter(lambda blocks: not two_lists(blocks)))
def test_plain_markdown_comes_back_as_it_was(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    html = page(text, media=lambda ref: Medium(f"media:{ref}"))
    again = from_html(html).text
    assert told(page(again, media=lambda ref: Medium(f"media:{ref}"))) == told(html)
    assert from_html(page(again, media=lambda ref: Medium(f"media:{ref}"))).text == again
