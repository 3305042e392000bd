"""Pages of courses: Markdown with links, footnotes, pictures, videos and recordings, as safe HTML.

Files are those of the site itself: `![caption](media:REF)` shows a picture, a video or a recording, and
`[words](media:REF)` links to a file. `[words](page:REF)` leads to another page. Whoever shows a page says where these
are; what is not there any more leaves its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from craftpath.delivery.exchange.addresses import mail_address, web_address
from craftpath.delivery.exchange.authored.safe import cleaned, parser, without_marks

REF = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
MARK = "new-"
"""How references begin to what came in with a text and is not kept yet: `media:new-1`."""
_OWN = re.compile(rf"(?:media|page):{REF}")
_NOTE = re.compile(r"#?fn(?:ref)?(?:-[a-z0-9]{1,32})?-?\d{1,4}(?::\d{1,4})?")
_CLASSES = {"footnote-ref", "footnote-backref", "footnotes", "footnotes-list", "footnote-item"}
_MORE = {
    "a": {"href", "title", "id", "class"},
    "img": {"title"},
    "sup": {"class"},
    "section": {"class"},
    "ol": {"class"},
    "li": {"id", "class"},
}
_ROUNDS = 6
_SPECIAL = re.compile(r"([\\`*_$~^\[\]<>#|]|&(?=[#A-Za-z]))")
_SPACES = re.compile("[ \t\r\n\f\xa0]+")


class Kind(StrEnum):
    """What a file is shown as."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Medium:
    """A file of the site: its address, what it is shown as, captions as (language, name of it, address)."""

    address: str
    kind: Kind = Kind.PICTURE
    captions: tuple[tuple[str, str, str], ...] = ()


def allowed(url: str) -> bool:
    """Whether a page may link there: the web, a mail address, a file, another page or a note of its own."""
    return bool(_OWN.fullmatch(url) or _is_note(url) or web_address(url) or mail_address(url))


def _is_note(url: str) -> bool:
    return url.startswith("#") and bool(_NOTE.fullmatch(url))


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if allowed(value) else None
    if name == "src":
        return value if value.startswith("media:") and _OWN.fullmatch(value) else None
    if name == "id":
        return value if not value.startswith("#") and _NOTE.fullmatch(value) else None
    return value if name != "class" or value in _CLASSES else None


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    made = parser()
    made.use(footnote_plugin)
    made.validateLink = allowed  # type: ignore[method-assign]
    return made


def sanitised(html: str) -> str:
    """HTML of which only what pages can say is left; the same again changes nothing.

    A browser may read what was written down in another way than it was meant, where elements stand in places that HTML
    does not have for them: it is cleaned until it reads the same, or shown as it was typed.
    """
    schemes = {"http", "https", "mailto", "media", "page"}
    for _ in range(_ROUNDS):
        once = cleaned(html, schemes=schemes, more=_MORE, kept=_kept, rel="noopener noreferrer")
        if once == html:
            return once
        html = once
    return escape(html, quote=False)


@lru_cache(maxsize=1024)
def _rendered(text: str, anchor: str, inline: bool) -> str:
    text = without_marks(text).replace("\r\n", "\n")
    told = {"docId": anchor} if anchor else {}
    made: Any = _parser().renderInline(text, told) if inline else _parser().render(text, told)
    return sanitised(str(made))


_IMG = re.compile(r"<img ([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_LINK = re.compile(r'<a href="(media|page):([^"]+)"')


def page(
    text: str,
    *,
    media: Callable[[str], Medium | None] = lambda _ref: None,
    inner: Callable[[str], str] = lambda _ref: "",
    anchor: str = "",
) -> str:
    """A text as HTML. `anchor` keeps the notes of several texts on one page apart: lower letters and figures."""

    def shown(found: re.Match[str]) -> str:
        told = dict(_ATTRIBUTE.findall(found[1]))
        medium = media(told.get("src", "").removeprefix("media:")) if "src" in told else None
        return _medium(medium, told.get("alt", "")) if medium else told.get("alt", "")

    def linked(found: re.Match[str]) -> str:
        if found[1] == "page":
            address = inner(found[2])
        else:
            medium = media(found[2])
            address = medium.address if medium else ""
        return f'<a href="{escape(address)}"' if address else "<a"

    return _LINK.sub(linked, _IMG.sub(shown, _rendered(text, anchor, False)))


def _medium(medium: Medium, words: str) -> str:
    """The element that shows a file; `words` come out of the sanitiser, escaped."""
    place = escape(medium.address)
    if medium.kind is Kind.PICTURE:
        return f'<img src="{place}" alt="{words}" loading="lazy">'
    if medium.kind is Kind.FILE:
        return f'<a href="{place}">{words or place}</a>'
    tracks = "".join(
        f'<track kind="captions" srclang="{escape(language)}" label="{escape(name)}" src="{escape(address)}">'
        for language, name, address in medium.captions
    )
    label = f' aria-label="{words}"' if words else ""
    return f'<{medium.kind.value} controls preload="metadata" src="{place}"{label}>{tracks}</{medium.kind.value}>'


def refs(text: str) -> list[tuple[str, str]]:
    """What a text refers to, as (media or page, reference), each once and in order."""
    html = _rendered(text, "", False)
    found = re.findall(rf'(?:src|href)="(media|page):({REF})"', html)
    return list(dict.fromkeys(found))


def words(text: str, mixed: bool = True) -> str:
    """Plain words as Markdown that shows just them, their spaces as one; `mixed` is for who shares the signature."""
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", without_marks(text)))


def one_paragraph(text: str) -> bool:
    """Whether some Markdown is one paragraph and nothing else."""
    return _rendered(text, "", False).strip() == f"<p>{_rendered(text, '', True)}</p>"


def link(label: str, address: str) -> str:
    """A link whose words are Markdown already; only the words if nobody may link there."""
    label = label.replace("\n", " ").strip()
    if not label or not allowed(address):
        return label
    place = address.replace("&", "&amp;")
    return f"[{label}](<{place}>)" if "(" in place or ")" in place else f"[{label}]({place})"


def shown(label: str, ref: str) -> str:
    """A picture, a video or a recording, described by plain words."""
    return f"![{words(label).strip()}](media:{ref})"
