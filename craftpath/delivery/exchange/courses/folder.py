"""A folder of Markdown files as units and pages: folders are units, numbers in names give the order.

`03 Turning/02 Safety.zh.md` and `… .en.md` are one page in two languages. What a page shows from the folder comes
along under a mark; what is not there is told, and the page keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from craftpath.delivery.exchange.authored.pages import MARK, allowed
from craftpath.delivery.exchange.courses.archive import MEGABYTE, Archive
from craftpath.delivery.exchange.courses.naming import key_of
from craftpath.delivery.exchange.courses.reading import MOST_PARTS, Notes, outside, within
from craftpath.delivery.exchange.courses.reading import Words as Titles
from craftpath.delivery.exchange.plain_text import decoded, has_chinese
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

PAGE_BYTES = 2 * MEGABYTE
_ENDING = re.compile(r"(?:\.(?P<tag>zh|en)(?:[-_][A-Za-z]+)?)?\.(?:md|markdown)", re.I)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_ENTRY = re.compile(r"([ \t]*)([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")
_HEADING = re.compile(r"\A\s*#[ \t]+([^\n]+)(?:\n|\Z)")
_NUMBER = re.compile(r"\A\s*\d+(?:[.\-_]\d+)*\s*[.\-_、．–)）]*\s*")
_CHINESE = "零一二三四五六七八九"
_ORDINAL = re.compile(r"第\s*(?:(\d{1,9})|([一二三四五六七八九十]{1,3}))(?=\s*[章节课单讲部])")
_LINK = re.compile(
    r"(!?)\[([^\[\]\n]*)\]"
    r"\(\s*(?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))"
    r'(?:\s+"[^"\n]*")?\s*\)'
)
_IMG = re.compile(r"<img\s[^<>]*>", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FIRST = ("index", "_index", "readme")


@dataclass(slots=True)
class Page:
    """One page; `key` is what other pages call it (`page:KEY`), `places` the files that it was read from."""

    key: str
    title: Text
    text: Text
    places: tuple[str, ...]


@dataclass(slots=True)
class Unit:
    """The pages of one folder, in order."""

    title: Text
    pages: list[Page] = field(default_factory=list)


@dataclass(slots=True)
class Course:
    """A folder once it is read; `media` are names of its files by the marks under which pages show them."""

    title: Text
    units: list[Unit] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)


@dataclass(slots=True)
class _Source:
    """One file of a page: whose page, in which language, what its head says, and the text below."""

    name: str
    tag: str
    told: Mapping[str, str]
    text: str


def read_folder(archive: Archive) -> Course:
    """Read a zip of Markdown files; `Refused` if there is none in it."""
    files = {name: _reader(archive, name) for name in archive.members}
    return read_pages(files)


def _reader(archive: Archive, name: str) -> Callable[[], bytes]:
    return lambda: archive.read(archive.members[name], PAGE_BYTES)


def read_pages(files: Mapping[str, Callable[[], bytes]]) -> Course:
    """Read files by their names, which are tidy paths; each is opened only if it is a page."""
    return _Reader(files).read()


class _Reader:
    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self.files = files
        self.keys = {key_of(name): name for name in files}
        self.course = Course(Text())
        self.notes = self.course.notes
        self.pages: dict[str, str] = {}
        self.marks: dict[str, str] = {}

    def read(self) -> Course:
        groups = self._groups()
        if not groups:
            raise Refused(not_now("course.no_pages"))
        top = _common([name for names in groups.values() for name in names])
        self.course.title = Text.of(_bare(top.rstrip("/").rpartition("/")[2]))
        stems = sorted(groups, key=lambda stem: _order(stem.removeprefix(top)))[:MOST_PARTS]
        if len(groups) > MOST_PARTS:
            self.notes.fault("", "", "course.too_many_parts", limit=MOST_PARTS)
        for number, stem in enumerate(stems, start=1):
            self.pages.update(dict.fromkeys(groups[stem], f"p{number}"))
        units: dict[str, Unit] = {}
        for number, stem in enumerate(stems, start=1):
            self._take(units, top, stem, f"p{number}", groups[stem])
        self.course.units = [unit for unit in units.values() if unit.pages]
        return self.course

    def _groups(self) -> dict[str, list[str]]:
        """Path without language and ending → the files of one page."""
        groups: dict[str, list[str]] = {}
        for name in sorted(self.files):
            found = _ENDING.search(name)
            if found and found.end() == len(name):
                groups.setdefault(name[: found.start()], []).append(name)
        return groups

    def _take(self, units: dict[str, Unit], top: str, stem: str, key: str, names: list[str]) -> None:
        folder, _, own = stem.rpartition("/")
        sources = [one for name in names if (one := self._source(name)) is not None]
        first = own.casefold() in _FIRST
        titles = _titles(sources)
        unit = units.get(folder)
        if unit is None:
            called = folder.removeprefix(top).strip("/").rpartition("/")[2]
            unit = units[folder] = Unit(Text.of(_bare(called)) if called else self.course.title)
        if first and titles:
            unit.title = titles.text()
            if folder == top.rstrip("/"):
                self.course.title = unit.title
        sides: dict[str, str] = {}
        for one in (source for source in sources if source.text.strip()):
            if _side(one) in sides:
                self.notes.fault(one.name, _side(one), "course.page_twice")
            else:
                sides[_side(one)] = self._linked(one)
        if not sides:
            return
        title = titles.text() if titles else unit.title if first else Text.of(_bare(own))
        unit.pages.append(Page(key, title, Text.of(sides), tuple(names)))

    def _source(self, name: str) -> _Source | None:
        try:
            found = decoded(self.files[name]())
        except Refused as refused:
            self.notes.fault(name, "", refused.verdict.reason, **refused.verdict.facts)
            return None
        if found is None:
            self.notes.fault(name, "", "course.no_text")
            return None
        text = found[0].replace("\r\n", "\n").replace("\r", "\n")
        told: dict[str, str] = {}
        if head := _FRONT.match(text):
            told, text = _front(head[1]), text[head.end() :]
        if "title" not in told and (heading := _HEADING.match(text)):
            told["title"], text = heading[1].strip(" \t#")[:400], text[heading.end() :]
        ending = _ENDING.search(name)
        tag = (ending["tag"] or "").lower() if ending else ""
        return _Source(
            name, tag or told.get("lang", told.get("language", ""))[:2].lower(), told, text.strip("\n")
        )

    # ---- What a page shows and where it leads -------------------------------------------------------

    def _linked(self, source: _Source) -> str:
        """The text with its files under marks and its pages by their keys; code stays as it is."""
        lines, fence = [], ""
        for line in source.text.split("\n"):
            found = _FENCE.match(line)
            if fence:
                fence = "" if found and found[1].startswith(fence) else fence
            elif found:
                fence = found[1]
            else:
                line = _LINK.sub(
                    lambda one: self._link(source, one), _BREAK.sub(" ", _IMG.sub(_as_picture, line))
                )
            lines.append(line)
        return "\n".join(lines)

    def _link(self, source: _Source, found: re.Match[str]) -> str:
        sign, label, target = found[1], found[2], found[3] if found[3] is not None else found[4]
        if outside(target) or target.startswith("#"):
            if sign and not target.startswith("media:"):
                self.notes.remark(source.name, target, "course.picture_elsewhere")
                return label
            return found[0] if allowed(target) else label
        place = within(source.name.rpartition("/")[0], _path(target))
        held = self.keys.get(key_of(place)) if place else None
        if held is None:
            self.notes.remark(source.name, target, "course.file_missing")
            return label
        if held in self.pages:
            return label if sign else f"[{label}](page:{self.pages[held]})"
        if held not in self.marks:
            self.marks[held] = f"{MARK}{len(self.marks) + 1}"
            self.course.media[self.marks[held]] = held
        return f"{sign}[{label}](media:{self.marks[held]})"


def _path(target: str) -> str:
    return unquote(target.partition("#")[0].partition("?")[0])


def _as_picture(found: re.Match[str]) -> str:
    """A picture that is written in HTML, as people do to give it a size, in Markdown."""
    told = {
        name.lower(): value for name, value in re.findall(r"""([A-Za-z]+)\s*=\s*["']([^"']*)["']""", found[0])
    }
    label = re.sub(r"[\[\]\n]", "", told.get("alt", ""))
    return (
        f"![{label}](<{told['src']}>)" if told.get("src") and not re.search(r"[<>\n]", told["src"]) else label
    )


def _front(head: str) -> dict[str, str]:
    """The entries of a head: `title: …`, `title_zh: …`, or `title:` with `zh:` and `en:` set in below."""
    told: dict[str, str] = {}
    above = ""
    for line in head.split("\n"):
        found = _ENTRY.fullmatch(line)
        if not found:
            continue
        name, value = found[2].lower().replace("-", "_"), found[3].strip().strip("\"'").strip()
        if not found[1]:
            above = name
        elif above:
            name = f"{above}_{name}"
        if value:
            told[name] = value[:400]
    return told


def _titles(sources: list[_Source]) -> Titles:
    """What the files of a page call it."""
    said = [
        (side, one.told[f"title_{side}"])
        for one in sources
        for side in ("zh", "en")
        if f"title_{side}" in one.told
    ]
    said += [(one.tag, one.told["title"]) for one in sources if "title" in one.told]
    return Titles(tuple(said))


def _side(source: _Source) -> str:
    """The language of a text: what it says, else what its letters tell."""
    if source.tag in ("zh", "en"):
        return source.tag
    return "zh" if has_chinese(source.text) else "en"


def _common(names: list[str]) -> str:
    """The folder that holds everything, with its slash; "" if there is none."""
    folders = [name.split("/")[:-1] for name in names]
    shared = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "".join(f"{part}/" for part in shared)


def _bare(name: str) -> str:
    """A name as a title: without the number that only gives the order."""
    return _NUMBER.sub("", name).replace("_", " ").strip() or name


def _order(path: str) -> list[list[tuple[int, int, str]]]:
    """What paths are sorted by: figures as numbers, also 第三章; a folder's own page comes first, then its pages."""
    *folders, own = path.split("/")
    first = own.casefold() in _FIRST
    return [_natural(part) for part in folders] + [[(0, 0, "")] if first else [(1, 0, ""), *_natural(own)]]


def _natural(name: str) -> list[tuple[int, int, str]]:
    name = _ORDINAL.sub(lambda found: found[1] or str(_counted(found[2])), name)
    parts = re.findall(r"\d{1,9}|\D+|\d", name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (2, 0, part) for part in parts]


def _counted(words: str) -> int:
    """一 to 九十九 as a number."""
    tens, ten, ones = words.rpartition("十")
    digit = _CHINESE.find(ones) if ones else 0
    return digit if not ten else (_CHINESE.find(tens) if tens else 1) * 10 + digit
