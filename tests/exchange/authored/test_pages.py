"""Pages of courses: what they can say is shown, and nothing that acts comes out, whatever goes in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.authored.pages import Kind, Medium, allowed, page, refs, sanitised
from craftpath.delivery.exchange.authored.pasted import from_html
from tests.exchange.authored.hostile import HOSTILE, active


def kept(ref: str) -> Medium:
    return Medium(f"/media/{ref}")


def shown(text: str) -> str:
    return page(text, media=kept, inner=lambda ref: f"https://example.org/{ref}").strip()


def test_there_are_enough_hostile_strings_to_mean_something() -> None:
    assert len(set(HOSTILE)) >= 60
    assert active("<p>fine</p>") == []
    assert all(
        active(one)
        for one in ("<script>", "<p onclick=x>", "<a href=javascript:x>", "<!--x-->", "<img src=//x>")
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_acts_comes_out(hostile: str) -> None:
    pasted = from_html(hostile)
    for html in (
        sanitised(hostile),
        shown(hostile),
        shown(f"| a |\n| --- |\n| {hostile} |"),
        shown(f"- **{hostile}**"),
        shown(pasted.text),
        shown(from_html(f"<ul><li><p>x{hostile}</li></ul>").text),
    ):
        assert active(html) == [], html
    assert pasted.pictures == {}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_cleaning_twice_is_cleaning_once(hostile: str) -> None:
    once = sanitised(hostile)
    assert sanitised(once) == once


@pytest.mark.parametrize(
    "html", ["<li><table><li>", "<table><a href=page:k><table>" * 40, "<table><p><td><h1>" * 40]
)
def test_elements_out_of_place_are_cleaned_until_they_stay(html: str) -> None:
    once = sanitised(html)
    assert sanitised(once) == once
    assert active(once) == []


PIECES = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE),
        st.sampled_from(
            ["<p>", "</p>", "<b", ">", "'", '"', "=", "&", "&#x", ";", "<!--", "-->", "<math>", "</math>"]
        ),
        st.sampled_from(
            ["<table>", "<td>", "<li>", "<a href=", "<annotation>", "<svg>", "</svg>", "\x00", "`", "$", "["]
        ),
        st.text(max_size=6),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_no_mixture_acts_and_cleaning_is_stable(text: str) -> None:
    once = sanitised(text)
    assert active(once) == []
    assert sanitised(once) == once
    assert active(shown(text)) == []
    assert active(shown(from_html(text).text)) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n\n## Two", "<h1>One</h1>\n<h2>Two</h2>"),
        ("- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("~~gone~~ H~2~O x^2^", "<p><s>gone</s> H<sub>2</sub>O x<sup>2</sup></p>"),
        ("<b>typed</b>", "<p>&lt;b&gt;typed&lt;/b&gt;</p>"),
        ("[w](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">w</a></p>'),
        (
            "[w](mailto:a@example.org)",
            '<p><a href="mailto:a@example.org" rel="noopener noreferrer">w</a></p>',
        ),
        ("[w](page:p3)", '<p><a href="https://example.org/p3" rel="noopener noreferrer">w</a></p>'),
        ("[w](media:x1)", '<p><a href="/media/x1" rel="noopener noreferrer">w</a></p>'),
        ("![车刀](media:x1)", '<p><img src="/media/x1" alt="车刀" loading="lazy"></p>'),
        ("![words](https://example.org/a.png)", "<p>words</p>"),
    ],
)
def test_what_a_page_can_say(text: str, html: str) -> None:
    assert shown(text) == html


def test_a_formula_is_mathml_with_its_source_beside_it() -> None:
    html = shown(r"$\frac{1}{2}$")
    assert "<mfrac>" in html
    assert '<annotation encoding="application/x-tex">\\frac{1}{2}</annotation>' in html


def test_notes_of_two_texts_on_one_page_keep_apart() -> None:
    text = "x[^1]\n\n[^1]: note"
    one, other = page(text, anchor="zh"), page(text, anchor="en")
    assert 'href="#fn-zh-1"' in one
    assert 'id="fn-zh-1"' in one
    assert 'id="fn-en-1"' in other


def test_videos_and_recordings_have_controls_and_captions() -> None:
    video = Medium("/m/v", Kind.VIDEO, (("zh", '中"文', "/m/v.vtt"),))
    html = page('![The "lathe"](media:v)', media=lambda _ref: video)
    assert html.strip() == (
        '<p><video controls preload="metadata" src="/m/v" aria-label="The &quot;lathe&quot;">'
        '<track kind="captions" srclang="zh" label="中&quot;文" src="/m/v.vtt"></video></p>'
    )
    html = page("![](media:a)", media=lambda _ref: Medium("/m/a", Kind.AUDIO))
    assert html.strip() == '<p><audio controls preload="metadata" src="/m/a"></audio></p>'
    html = page("![plan](media:f)", media=lambda _ref: Medium("/m/f", Kind.FILE))
    assert html.strip() == '<p><a href="/m/f">plan</a></p>'


def test_what_is_not_there_any_more_leaves_its_words() -> None:
    html = page("![车刀](media:x1) [plan](media:x2) [next](page:p1)").strip()
    assert html == ('<p>车刀 <a rel="noopener noreferrer">plan</a> <a rel="noopener noreferrer">next</a></p>')


def test_what_a_text_refers_to_is_told_once() -> None:
    text = "![a](media:x1) [b](page:p2) ![c](media:new-3) ![a](media:x1) `![d](media:x9)`"
    assert refs(text) == [("media", "x1"), ("page", "p2"), ("media", "new-3")]


@pytest.mark.parametrize(
    "url", ["#top", "#fn1onclick", "media:", "media:a/b", "page:..", "mailto:", "http://", "a.html"]
)
def test_where_a_page_may_not_link_to(url: str) -> None:
    assert not allowed(url)
