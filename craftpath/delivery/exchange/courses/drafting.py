"""What a course would be made of a file: a folder of Markdown, one page, a Word file or a Common Cartridge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from craftpath.delivery.exchange.authored import pages
from craftpath.delivery.exchange.authored.pages import MARK
from craftpath.delivery.exchange.authored.pasted import from_html
from craftpath.delivery.exchange.courses import cartridge
from craftpath.delivery.exchange.courses.archive import Archive
from craftpath.delivery.exchange.courses.cartridge import Cartridge, Part
from craftpath.delivery.exchange.courses.folder import PAGE_BYTES, Course, read_folder, read_pages
from craftpath.delivery.exchange.courses.reading import Notes
from craftpath.delivery.exchange.courses.sniff import Kind, open_package, read_package, sniff
from craftpath.delivery.exchange.courses.word import Written, read_word
from craftpath.delivery.exchange.plain_text import decoded, has_chinese
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.writing import NewActivity, NewUnit
from craftpath.kernel.exhibits import FILE_BYTES
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

MOST_TITLE = 160
_MEDIA = re.compile(r"\(media:([A-Za-z0-9_-]+)\)")
_HEADING = re.compile(r"^# +(.+)$", re.M)


@dataclass(slots=True)
class Drafted:
    """A course before it is made: its title, its units, files by the marks under which texts name them, and notes."""

    title: Text
    units: list[NewUnit] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)


def draft_of(stream: BinaryIO, name: str) -> Drafted:
    """Read a file by what is in it; `Refused` for one that is none of the four."""
    head = stream.read(4)
    stream.seek(0)
    if not head.startswith(b"PK"):
        return _one_page(stream.read(PAGE_BYTES + 1), name)
    with open_package(stream) as archive:
        kind = sniff(archive).kind
        if kind is Kind.PAGES:
            return _of_folder(read_folder(archive), archive, name)
        if kind is Kind.CARTRIDGE:
            found = read_package(archive)
            if isinstance(found, Cartridge):
                return _Cartridges(archive, found).drafted(name)
        if kind is not Kind.WORD:
            read_package(archive)  # refuses what is of no kind at all, naming it
            raise Refused(not_now("course.played_not_made"))
    stream.seek(0)
    return _of_word(read_word(stream), name)


def _bare(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].replace("_", " ").strip() or name


def _titled(text: Text, fallback: str) -> Text:
    zh, en = text.zh.strip()[:MOST_TITLE], text.en.strip()[:MOST_TITLE]
    return Text(zh, en) if zh or en else Text.of(fallback[:MOST_TITLE])


def _in_language(words: str) -> Text:
    """One text in the language that its letters tell."""
    return Text(zh=words) if has_chinese(words) else Text(en=words)


def _page(title: Text, text: Text, key: str = "") -> NewActivity:
    return NewActivity("page", title, Content("page", text=text), key)


def _one_page(content: bytes, name: str) -> Drafted:
    """A course that is called as its only page is."""
    if len(content) > PAGE_BYTES:
        raise Refused(not_now("course.file_too_big", name=name, limit=PAGE_BYTES // 2**20))
    if not name.lower().endswith((".md", ".markdown", ".txt")) or decoded(content) is None:
        raise Refused(not_now("course.not_a_package"))
    course = read_pages(
        {name.replace("\\", "/").rpartition("/")[2].removesuffix(".txt") or "page.md": lambda: content}
    )
    made = _of_folder(course, None, name)
    title = made.units[0].activities[0].title
    return replace(made, title=title, units=[replace(made.units[0], title=title)])


def _of_folder(course: Course, archive: Archive | None, name: str) -> Drafted:
    made = Drafted(_titled(course.title, _bare(name)), notes=course.notes)
    for unit in course.units:
        rows = [_page(_titled(one.title, "–"), one.text, one.key) for one in unit.pages]
        made.units.append(NewUnit(_titled(unit.title, _bare(name)), rows))
    if not made.units:
        raise Refused(not_now("course.no_pages"))
    for mark, place in course.media.items():
        member = archive.members.get(place) if archive is not None else None
        if archive is None or member is None:
            continue
        try:
            made.files[mark] = (place.rpartition("/")[2], archive.read(member, FILE_BYTES))
        except Refused as refused:
            made.notes.fault(place, "", refused.verdict.reason, **refused.verdict.facts)
    return made


def _of_word(written: Written, name: str) -> Drafted:
    """A Word file: each first heading begins a page; all are one unit."""
    title = _titled(_in_language(written.title), _bare(name))
    parts = _HEADING.split(written.text)
    rows = [_page(title, _in_language(parts[0].strip()))] if parts[0].strip() else []
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        words = re.sub(r"\\(.)|[*_`~]", r"\1", heading)
        rows.append(_page(_titled(_in_language(words), "–"), _in_language(text.strip() or words)))
    if not rows:
        raise Refused(not_now("course.no_pages"))
    return Drafted(title, [NewUnit(title, rows)], dict(written.pictures), written.notes)


class _Cartridges:
    """Parts of a cartridge as activities: folders are units, what lies deeper goes into the unit above it."""

    def __init__(self, archive: Archive, found: Cartridge) -> None:
        self.archive, self.found = archive, found
        self.files: dict[str, tuple[str, bytes]] = {}

    def drafted(self, name: str) -> Drafted:
        title = _titled(self.found.title.text(), _bare(name))
        made = Drafted(title, notes=self.found.notes)
        loose: list[NewActivity] = []
        for part in self.found.parts:
            rows = list(self._activities(part))
            if part.kind is cartridge.Kind.FOLDER and rows:
                made.units.append(NewUnit(_titled(_in_language(part.title), "–"), rows))
            else:
                loose += rows
        if loose:
            made.units.insert(0, NewUnit(title, loose))
        if not made.units:
            raise Refused(not_now("course.no_pages"))
        made.files = self.files
        return made

    def _activities(self, part: Part) -> Iterator[NewActivity]:
        one = self._activity(part)
        if one is not None:
            yield one
        for child in part.children:
            yield from self._activities(child)

    def _activity(self, part: Part) -> NewActivity | None:
        title = _titled(_in_language(part.title), "–")
        if part.kind is cartridge.Kind.LINK and part.address:
            return _page(
                title, _in_language(pages.link(pages.words(part.title or part.address), part.address))
            )
        if part.kind is cartridge.Kind.TOPIC and part.html:
            return self._html(title, part.html)
        if part.kind not in (cartridge.Kind.PAGE, cartridge.Kind.FILE) or part.launch is None:
            return None
        member = self.archive.find(part.launch.file)
        if member is None:
            return None
        try:
            content = self.archive.read(member, FILE_BYTES)
        except Refused as refused:
            self.found.notes.fault(member.name, "", refused.verdict.reason, **refused.verdict.facts)
            return None
        if part.kind is cartridge.Kind.PAGE:
            told = decoded(content)
            return self._html(title, told[0]) if told is not None else None
        mark = f"{MARK}{len(self.files) + 1}"
        self.files[mark] = (member.name.rpartition("/")[2], content)
        return NewActivity("file", title, Content("file", file=mark))

    def _html(self, title: Text, html: str) -> NewActivity | None:
        """The page in the Markdown of pages; its pictures under marks that no other page uses."""
        pasted = from_html(html)
        marks = {}
        for ref, picture in pasted.pictures.items():
            marks[ref] = f"{MARK}{len(self.files) + 1}"
            self.files[marks[ref]] = picture
        text = _MEDIA.sub(lambda one: f"(media:{marks.get(one[1], one[1])})", pasted.text)
        for place in pasted.left_out:
            self.found.notes.remark(title.both(), place, "course.picture_elsewhere")
        return _page(title, _in_language(text)) if text.strip() else None
