"""Texts of a course as HTML: where its files and pages are, and which of them lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from craftpath.delivery.exchange.authored.pages import Kind, Medium, page, refs
from craftpath.domain.courses.content import Content
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.courses.models import CourseFile

Address = Callable[[str], str]
_MEDIA = re.compile(r"\(media:(\w+)\)")
LANGUAGES = {"zh": "中文", "en": "English"}


def said(text: Text) -> str:
    """The words in the reader's language."""
    return text.say(get_language() or "zh-hans")


def html(
    words: str, files: Mapping[str, CourseFile], pages: Collection[str], file_at: Address, page_at: Address
) -> SafeString:
    """A text; a file or a page that is gone leaves its words."""

    def medium(ref: str) -> Medium | None:
        found = files.get(ref)
        if found is None:
            return None
        if not found.captions_id:
            return Medium(file_at(ref), Kind(found.kind))
        language = found.captions_language
        return Medium(
            file_at(ref), Kind(found.kind), ((language, LANGUAGES[language], f"{file_at(ref)}?captions=1"),)
        )

    def inner(ref: str) -> str:
        return page_at(ref) if ref in pages else ""

    return mark_safe(page(words, media=medium, inner=inner))  # noqa: S308  (sanitised)


def gaps(content: Content, files: Collection[str], pages: Collection[str]) -> list[str]:
    """What a text names and what is not there, as its author wrote it."""
    there = {"media": files, "page": pages}
    named = [one for words in content.texts for one in refs(words)]
    named += [("media", content.file)] if content.file else []
    return [f"{kind}:{ref}" for kind, ref in dict.fromkeys(named) if ref not in there[kind]]


def named_files(content: Content) -> set[str]:
    """Files (public ids) that an activity shows or hands out; found without reading its texts as Markdown."""
    return {ref for words in content.texts for ref in _MEDIA.findall(words)} | {content.file}


def file_addresses(organisation: str, name: str, row: str) -> Address:
    """Where files are read: by an author at the course, by a learner at the run."""
    return lambda ref: reverse(f"courses:{name}", args=[organisation, row, ref])
