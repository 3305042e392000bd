"""The text of a file, page by page, with what the file says of itself; every form within bounds of size and time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, BinaryIO

from craftpath.delivery.exchange.authored.docx import refusing, require_harmless
from craftpath.delivery.exchange.courses.archive import MEGABYTE, Archive, Bounds, Member
from craftpath.delivery.exchange.courses.sniff import Kind, open_package, sniff
from craftpath.delivery.exchange.plain_text import decoded
from craftpath.delivery.exchange.resources.forms import FORMS, Form
from craftpath.delivery.exchange.resources.pdf import read_pdf
from craftpath.delivery.exchange.xml_in import NoXml, local, tree
from craftpath.values.verdict import Refused, not_now

MOST_TEXT = 60_000
"""Characters of a file that are kept to be looked through."""
_TEXT_BYTES = 4 * MEGABYTE
_PART_BYTES = 16 * MEGABYTE
_MOST_PARTS = 300
_ZIP = Bounds(files=5_000, unpacked=1024 * MEGABYTE, one=400 * MEGABYTE)
_OFFICE = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_PACKAGES = {Kind.SCORM: "scorm", Kind.CMI5: "scorm", Kind.H5P: "h5p", Kind.CARTRIDGE: "imscc"}
_HEADING = re.compile(r"(?:heading\s*1|title|标题\s*1?|1|2)", re.I)
_TIMES = re.compile(r"\d\d:\d\d[:.,\d]*\s*-->")


@dataclass(slots=True)
class Extracted:
    """What stands in a file: `title`, `heading`, `authors`, `about` and `rights` as the file says them itself."""

    form: Form
    pages: list[str] = field(default_factory=list)
    length: int = 0
    seconds: int = 0
    title: str = ""
    heading: str = ""
    authors: str = ""
    about: str = ""
    rights: str = ""
    without_text: bool = False


def extract(stream: BinaryIO, form: Form) -> Extracted:
    """Read it; `Refused` for what must not or cannot be read, never another error."""
    found = Extracted(form)
    if form.name == "pdf":
        read_pdf(stream, found)
    elif form.name == "zip":
        with refusing(macros="resources.macros", pictures="resources.damaged", damaged="resources.damaged"):
            _archive(stream, found)
    elif form.media_type.startswith("text/") or form.name == "srt":
        _text(stream.read(_TEXT_BYTES), found)
    elif form.name in ("mp4", "m4a"):
        found.seconds = _film_seconds(stream)
    found.pages = _bounded(found.pages)
    return found


def _bounded(pages: list[str]) -> list[str]:
    """So many pages as hold so many characters; spaces are one, and what no database takes is left out."""
    kept, left = [], MOST_TEXT
    for page in pages:
        said = re.sub(r"[ \t\u00a0\u3000]+", " ", page.replace("\0", "")).strip()
        said = re.sub(r"\s*\n\s*", "\n", said.encode("utf-8", "ignore").decode())[: max(left, 0)]
        kept.append(said)
        left -= len(said)
        if left <= 0:
            break
    return kept


def _text(content: bytes, found: Extracted) -> None:
    read = decoded(content) or decoded(content[: content.rfind(b"\n") + 1])
    if read is None:
        raise Refused(not_now("resources.damaged"))
    words = read[0]
    if found.form.name == "html":
        page = _Page()
        page.feed(words)
        page.close()
        found.title, found.heading, found.rights = page.title.strip(), page.heading.strip(), page.rights
        found.authors, found.about, words = (
            page.meta.get("author", ""),
            page.meta.get("description", ""),
            page.text,
        )
    elif found.form.name in ("srt", "vtt"):
        lines = (line.strip() for line in words.splitlines())
        words = "\n".join(
            line
            for line in lines
            if line and not line.isdecimal() and not _TIMES.match(line) and line != "WEBVTT"
        )
    elif found.form.name == "md":
        heading = re.search(r"^#{1,2}\s+(.+?)\s*#*$", words, re.M)
        found.heading = heading[1].strip("*_` ") if heading else ""
        words = re.sub(r"^#{1,6}\s+", "", words, flags=re.M)
    else:
        found.heading = next((line.strip() for line in words.splitlines() if line.strip()), "")[:80]
    found.pages = [words]


class _Page(HTMLParser):
    """The words of a page without its scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.meta: dict[str, str] = {}
        self.title = self.heading = self.rights = ""
        self.inside = ""
        self.silent = 0

    @property
    def text(self) -> str:
        return "".join(self.said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "template"):
            self.silent += 1
        elif tag == "title" or (tag in ("h1", "h2") and not self.heading.strip()):
            self.inside = tag
        elif tag == "meta":
            self.meta.setdefault(given.get("name", "").lower(), given.get("content", ""))
        elif "license" in given.get("rel", ""):
            self.rights += f" {given.get('href', '')}"
        if tag in ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "template"):
            self.silent = max(0, self.silent - 1)
        elif tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.inside == "title":
            self.title += data
            return
        if self.inside:
            self.heading += data
        self.said.append(data)


def _archive(stream: BinaryIO, found: Extracted) -> None:
    with open_package(stream, _ZIP) as archive:
        require_harmless(archive.members, lambda name: next(archive.pieces(archive.members[name]), b""))
        office = next((form for part, form in _OFFICE.items() if archive.find(part)), "")
        if office:
            found.form = FORMS[office]
            _of_office(archive, found)
            {"docx": _word, "pptx": _slides, "xlsx": _sheets}[office](archive, found)
            return
        packaged = _PACKAGES.get(sniff(archive).kind)
        found.form = FORMS[packaged] if packaged else found.form
        found.length = 0
        found.pages = ["\n".join(list(archive.members)[:_MOST_PARTS])] if not packaged else []


def _part(archive: Archive, name: str) -> Any:
    member = archive.find(name)
    return None if member is None else _tree(archive, member)


def _tree(archive: Archive, member: Member) -> Any:
    try:
        return tree(archive.read(member, _PART_BYTES))
    except NoXml:
        raise Refused(not_now("resources.damaged")) from None


def _of_office(archive: Archive, found: Extracted) -> None:
    """Title, author, subject and rights, and how many pages the program counted."""
    core, app = _part(archive, "docProps/core.xml"), _part(archive, "docProps/app.xml")
    said = {local(one): (one.text or "").strip() for one in (core if core is not None else ())}
    found.title, found.authors, found.about = (
        said.get(name, "") for name in ("title", "creator", "description")
    )
    found.about = found.about or said.get("subject", "")
    found.rights = said.get("rights", "")
    counted = {local(one): (one.text or "").strip() for one in (app if app is not None else ())}
    pages = counted.get("Pages") or counted.get("Slides") or ""
    found.length = int(pages) if pages.isdecimal() and len(pages) < 6 else 0


def _word(archive: Archive, found: Extracted) -> None:
    lines = []
    for one in _part(archive, "word/document.xml").iter():
        if local(one) != "p":
            continue
        words = "".join(part.text or "" for part in one.iter() if local(part) == "t")
        style = next(
            (value for part in one.iter() if local(part) == "pStyle" for value in part.attrib.values()), ""
        )
        if not found.heading and words.strip() and _HEADING.fullmatch(style):
            found.heading = words.strip()
        lines.append(words)
    found.pages = ["\n".join(lines)]


def _slides(archive: Archive, found: Extracted) -> None:
    named = re.compile(r"ppt/slides/slide(\d{1,5})\.xml")
    slides = sorted((int(at[1]), name) for name in archive.members if (at := named.fullmatch(name)))
    found.length = len(slides)
    for _number, name in slides[:_MOST_PARTS]:
        lines = [
            "".join(part.text or "" for part in one.iter() if local(part) == "t")
            for one in _tree(archive, archive.members[name]).iter()
            if local(one) == "p"
        ]
        found.pages.append("\n".join(line for line in lines if line.strip()))
    found.heading = next((page.split("\n", 1)[0] for page in found.pages if page.strip()), "")


def _sheets(archive: Archive, found: Extracted) -> None:
    strings = _part(archive, "xl/sharedStrings.xml")
    book = _part(archive, "xl/workbook.xml")
    names = [one.get("name", "") for one in book.iter() if local(one) == "sheet"]
    found.length = len(names)
    held = strings.iter() if strings is not None else ()
    cells = [
        "".join(part.text or "" for part in one.iter() if local(part) == "t")
        for one in held
        if local(one) == "si"
    ]
    found.pages = ["\n".join([*names, *cells])]


def _film_seconds(stream: BinaryIO) -> int:
    """Of a film, by its header, which stands at its beginning or at its end."""
    stream.seek(0, 2)
    size = stream.tell()
    for start in (0, max(0, size - 2 * MEGABYTE)):
        stream.seek(start)
        held = stream.read(2 * MEGABYTE)
        at = held.find(b"mvhd")
        if at < 0 or len(held) < at + 36:
            continue
        wide = held[at + 4] == 1
        scale, length = (24, 28) if wide else (16, 20)
        unit = int.from_bytes(held[at + scale : at + scale + 4])
        whole = int.from_bytes(held[at + length : at + length + (8 if wide else 4)])
        return min(whole // unit, 10**6) if unit else 0
    return 0
