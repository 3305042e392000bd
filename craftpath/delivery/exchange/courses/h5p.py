"""H5P: what is played, by which library in which version, and whether every library that it needs is in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange.courses.archive import MEGABYTE, Archive, Member
from craftpath.delivery.exchange.courses.reading import MOST_PARTS, Notes, Words
from craftpath.delivery.exchange.frameworks.plain_json import parsed
from craftpath.delivery.exchange.frameworks.reading import Unfit
from craftpath.values.verdict import Refused, not_now

NAME = "h5p.json"
CONTENT = "content/content.json"
JSON_BYTES = 16 * MEGABYTE
_MACHINE = re.compile(r"[\w.-]{1,255}", re.ASCII)
_KIND = re.compile(
    r"json|png|jpe?g|gif|bmp|tiff?|svg|eot|ttf|woff2?|otf|webm|mp4|ogg|mp3|m4a|wav|txt|pdf|rtf|docx?|xlsx?|pptx?|od[tsp]|"
    r"csv|diff|patch|md|textile|(?:web)?vtt|gltf|glb|js|css|xml|html|license"
)
"""Endings of what H5P itself allows in content and libraries; Flash is left out, as no browser plays it."""


@dataclass(frozen=True, slots=True)
class Library:
    """A library in the version that somebody asks for, or that is there."""

    name: str
    major: int
    minor: int
    patch: int = 0

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}"

    @property
    def wanted(self) -> tuple[str, int, int]:
        """What is compared: H5P takes any patch of a version."""
        return self.name, self.major, self.minor


@dataclass(slots=True)
class H5P:
    """An H5P file: its main library, all libraries in it by folder, and what is wrong with it."""

    title: Words
    language: str
    main: Library | None
    licence: str = ""
    authors: tuple[str, ...] = ()
    libraries: dict[str, Library] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)

    @property
    def playable(self) -> bool:
        """Whether content, main library and everything that this one needs are there."""
        return not self.notes.faults


def read_h5p(archive: Archive, member: Member) -> H5P:
    """Read an H5P file; `Refused` if its description is no JSON object."""
    notes = Notes()
    told = _object(archive, member)
    language = _text(told, "defaultLanguage") or _text(told, "language")
    tag = "" if language in ("", "und") else language
    title = Words(((tag, _text(told, "title")),)) if _text(told, "title") else Words()
    package = H5P(title, tag, None, _text(told, "license"), _authors(told), notes=notes)
    needs = _libraries_in(told, "preloadedDependencies", member.name, notes)
    name = _text(told, "mainLibrary")
    package.main = next((one for one in needs if one.name == name), None)
    if package.main is None:
        notes.fault(member.name, name, "course.h5p_no_main")
    _require_content(archive, notes)
    below = _shipped(archive, package)
    _require_all(needs, package.libraries, below, member.name, notes)
    package.left_out = tuple(
        name
        for name in archive.members
        if not _KIND.fullmatch(name.rpartition("/")[2].lower().rpartition(".")[2])
    )
    for left in package.left_out:
        notes.remark(left, left.rpartition("/")[2], "course.h5p_left_out")
    return package


def _object(archive: Archive, member: Member) -> dict[str, Any]:
    """The JSON object of a file; `Refused` with its name and place for anything else."""
    try:
        value = parsed(archive.read(member, JSON_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(not_now("course.not_json", name=member.name, at="UTF-8")) from None
    except Unfit as wrong:
        raise Refused(not_now("course.not_json", name=member.name, at=wrong.place)) from None
    if not isinstance(value, dict):
        raise Refused(not_now("course.not_json", name=member.name, at="{…}"))
    return value


def _text(held: dict[str, Any], name: str) -> str:
    value = held.get(name)
    return value.strip()[:400] if isinstance(value, str) else ""


def _authors(told: dict[str, Any]) -> tuple[str, ...]:
    listed = told.get("authors")
    found = (
        [_text(one, "name") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    )
    return tuple(name for name in (*found, _text(told, "author")) if name)


def _library(held: Any) -> Library | None:
    if not isinstance(held, dict) or not _MACHINE.fullmatch(_text(held, "machineName")):
        return None
    numbers = [_number(held.get(name, 0)) for name in ("majorVersion", "minorVersion", "patchVersion")]
    if any(one is None for one in numbers) or "majorVersion" not in held:
        return None
    major, minor, patch = (one or 0 for one in numbers)
    return Library(_text(held, "machineName"), major, minor, patch)


def _number(given: Any) -> int | None:
    """A part of a version; some programs write it as a text."""
    if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 6:
        return int(given)
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 100_000 else None


def _libraries_in(held: dict[str, Any], name: str, place: str, notes: Notes) -> list[Library]:
    listed = held.get(name, [])
    if not isinstance(listed, list):
        notes.fault(f"{place} {name}", "", "course.h5p_library_unfit")
        return []
    found = []
    for number, one in enumerate(listed[:MOST_PARTS]):
        library = _library(one)
        if library is None:
            notes.fault(f"{place} {name}[{number}]", one, "course.h5p_library_unfit")
        else:
            found.append(library)
    return found


def _require_content(archive: Archive, notes: Notes) -> None:
    member = archive.find(CONTENT)
    if member is None:
        notes.fault(CONTENT, "", "course.file_missing")
        return
    try:
        _object(archive, member)
    except Refused as refused:
        notes.fault(
            CONTENT, refused.verdict.facts.get("at", ""), refused.verdict.reason, **refused.verdict.facts
        )


def _shipped(archive: Archive, package: H5P) -> dict[str, list[Library]]:
    """Fill in the libraries by folder; what each of them needs, by its folder."""
    below: dict[str, list[Library]] = {}
    for name, member in archive.members.items():
        folder, _, file = name.rpartition("/")
        if file != "library.json" or not folder or "/" in folder:
            continue
        try:
            told = _object(archive, member)
        except Refused as refused:
            package.notes.fault(name, "", refused.verdict.reason, **refused.verdict.facts)
            continue
        library = _library(told)
        if library is None:
            package.notes.fault(name, _text(told, "machineName"), "course.h5p_library_unfit")
            continue
        package.libraries[folder] = library
        below[folder] = _libraries_in(told, "preloadedDependencies", name, package.notes)
        for kind in ("preloadedJs", "preloadedCss"):
            for path in _paths(told.get(kind)):
                if archive.find(f"{folder}/{path}") is None:
                    package.notes.fault(name, path, "course.file_missing")
    return below


def _paths(listed: Any) -> list[str]:
    held = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [path for one in held if (path := _text(one, "path"))][:MOST_PARTS]


def _require_all(
    needs: list[Library],
    held: dict[str, Library],
    below: dict[str, list[Library]],
    place: str,
    notes: Notes,
) -> None:
    """Whatever is needed, and whatever that needs in turn, is in the file."""
    folders = {library.wanted: folder for folder, library in held.items()}
    waiting = [(one, place) for one in needs]
    seen: set[tuple[str, int, int]] = set()
    while waiting:
        library, asked = waiting.pop()
        if library.wanted in seen:
            continue
        seen.add(library.wanted)
        folder = folders.get(library.wanted)
        if folder is None:
            notes.fault(asked, str(library), "course.h5p_library_missing")
        else:
            waiting += [(one, f"{folder}/library.json") for one in below[folder]]
