"""Which kind of package a file is, told by what is in it and never by its name; and the one door to read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from craftpath.delivery.exchange.courses import cmi5, h5p, manifest
from craftpath.delivery.exchange.courses.archive import Archive, Bounds, Member
from craftpath.delivery.exchange.courses.cartridge import Cartridge, is_cartridge, read_cartridge
from craftpath.delivery.exchange.courses.reading import manifest as root_of
from craftpath.delivery.exchange.courses.scorm import Scorm, read_scorm
from craftpath.values.verdict import Refused, not_now

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(StrEnum):
    """What a file turned out to be; all after `PAGES` are known by sight and not read here."""

    SCORM = "scorm"
    CMI5 = "cmi5"
    H5P = "h5p"
    CARTRIDGE = "cartridge"
    PAGES = "pages"
    QTI = "qti"
    AICC = "aicc"
    XAPI = "xapi"
    WORD = "word"
    OFFICE = "office"
    BOOK = "book"
    SITE = "site"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """A kind, and the member that describes the package if there is one."""

    kind: Kind
    member: Member | None = None


def sniff(archive: Archive) -> Found:
    """The kind of an archive. A description in a folder counts where none lies at the top, the shallowest first."""
    for name, kind in ((cmi5.NAME, Kind.CMI5), (h5p.NAME, Kind.H5P)):
        if member := archive.find(name):
            return Found(kind, member)
    listed = _shallowest(archive, manifest.NAME)
    if listed is not None:
        return Found(_by_manifest(archive, listed), listed)
    for name, kind in ((cmi5.NAME, Kind.CMI5), ("tincan.xml", Kind.XAPI)):
        if (member := _shallowest(archive, name)) is not None:
            return Found(kind, member)
    return Found(_by_names(archive))


def _shallowest(archive: Archive, name: str) -> Member | None:
    held = [one for key, one in archive.members.items() if key.rpartition("/")[2].casefold() == name]
    return min(held, key=lambda one: (one.name.count("/"), one.name), default=None)


def _by_manifest(archive: Archive, member: Member) -> Kind:
    root = root_of(archive, member)
    if is_cartridge(root):
        return Kind.CARTRIDGE
    types = [one.get("type", "").lower() for one in root.iter() if one.get("type")]
    items = any(one.startswith("imsqti_") and "xmlv1p2" not in one for one in types)
    return Kind.QTI if items and "webcontent" not in types else Kind.SCORM


def _by_names(archive: Archive) -> Kind:
    names = {name.casefold() for name in archive.members}
    for name, kind in (
        ("word/document.xml", Kind.WORD),
        ("xl/workbook.xml", Kind.OFFICE),
        ("ppt/presentation.xml", Kind.OFFICE),
        ("meta-inf/container.xml", Kind.BOOK),
    ):
        if name in names:
            return kind
    endings = {name.rpartition(".")[2] for name in names}
    if {"au", "crs"} <= endings:
        return Kind.AICC
    if endings & {"md", "markdown"}:
        return Kind.PAGES
    return (
        Kind.SITE
        if any(name.rpartition("/")[2] in ("index.html", "index.htm") for name in names)
        else Kind.OTHER
    )


_CALLED = {
    Kind.PAGES: "Markdown",
    Kind.QTI: "QTI",
    Kind.AICC: "AICC",
    Kind.XAPI: "xAPI (Tin Can)",
    Kind.WORD: "DOCX",
    Kind.OFFICE: "Office",
    Kind.BOOK: "EPUB",
    Kind.SITE: "HTML",
    Kind.OTHER: "ZIP",
}

Package = Scorm | cmi5.Cmi5 | h5p.H5P | Cartridge


def read_package(archive: Archive) -> Package:
    """The package in an archive; `Refused`, naming the kind, for what is not played here."""
    found = sniff(archive)
    member = found.member
    if member is not None:
        if found.kind is Kind.SCORM:
            return read_scorm(archive, member)
        if found.kind is Kind.CMI5:
            return cmi5.read_cmi5(archive, member)
        if found.kind is Kind.H5P:
            return h5p.read_h5p(archive, member)
        if found.kind is Kind.CARTRIDGE:
            return read_cartridge(archive, member)
    raise Refused(not_now("course.other_kind", kind=_CALLED[found.kind]))


def open_package(stream: BinaryIO, bounds: Bounds | None = None) -> Archive:
    """The archive of a file that was sent in; `Refused` if it is none."""
    head = stream.read(4)
    stream.seek(0)
    if not head.startswith(_ZIP):
        raise Refused(not_now("course.not_a_package"))
    return Archive(stream, bounds)


def is_description(stream: BinaryIO) -> bool:
    """Whether a file is no archive but XML: the description of a cmi5 course whose units lie elsewhere."""
    head = stream.read(200)
    stream.seek(0)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or head.startswith(
        (b"\xff\xfe<", b"\xfe\xff\0<")
    )
