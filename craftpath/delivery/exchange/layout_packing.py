"""The package around a Word document: is it whole, is it a .docx, and does it reach for anything outside itself?

Macros, controls, embedded programs, links to other files and fields that fetch something are refused by name: who opens
the filled document did not choose what the office's file does.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from craftpath.delivery.exchange import limits, zipped
from craftpath.delivery.exchange.book import Remark, SheetRefused
from craftpath.delivery.exchange.reading import sniff

BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 40 * 1024 * 1024
PARTS = 2_000
ELEMENTS = 400_000
_ROOT = "_rels/.rels"
_MACROS = re.compile(r"vba(project|data)|word/activex/|/oleobject[^/]*$|\.(bin|exe|js|vbs|dll|scr)$", re.I)
_HARMLESS_BINARY = re.compile(r"word/(fonts?|printersettings|media|thumbnail)", re.I)
_FILLED = ("/officeDocument", "/header", "/footer", "/footnotes", "/endnotes")
_FOREIGN = (
    "/aFChunk",
    "/subDocument",
    "/oleObject",
    "/control",
    "/frame",
    "/attachedTemplate",
    "/vbaProject",
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELDS = frozenset(
    """= ADVANCE AUTHOR CREATEDATE DATE DOCPROPERTY EQ FILENAME FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK INDEX
    LASTSAVEDBY LISTNUM MERGEFIELD NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE REF SAVEDATE SECTION
    SECTIONPAGES SEQ STYLEREF SUBJECT SYMBOL TC TIME TITLE TOC XE""".split()  # noqa: SIM905
)
"""Fields that compute something from the document itself; whatever else there is fetches, runs or asks."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document by name, which of them hold what people read, and what is worth a remark."""

    parts: dict[str, bytes]
    texts: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


def is_document(content: bytes) -> bool:
    """Whether it is a Word document by what it holds; nothing is unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.casefold().startswith("word/") for name in archive.namelist())
    except zipped.BROKEN:
        return False


def opened(content: bytes) -> Package:
    """All parts of a sound .docx; `SheetRefused` for anything else."""
    sniff(content)
    _require_size(len(content), BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
        return _checked(parts)
    except (*zipped.BROKEN, KeyError, etree.LxmlError):
        raise SheetRefused("sheet.document_damaged") from None


def parsed(content: bytes) -> Any:
    """The tree of a part; no document type, no entities, no net."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise SheetRefused("sheet.document_damaged")
    return root


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if any(one.flag_bits & 1 for one in members):
        raise SheetRefused("sheet.password")
    unpacked, packed = (sum(getattr(one, what) for one in members) for what in ("file_size", "compress_size"))
    _require_size(unpacked, UNPACKED_BYTES)
    if zipped.too_tight(unpacked, packed):
        raise SheetRefused("sheet.packed_too_tight", ratio=limits.RATIO)
    names = {one.filename.casefold() for one in members}
    if len(names) < len(members) or len(members) > PARTS:
        raise SheetRefused("sheet.document_damaged")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise SheetRefused("sheet.document_damaged")
    found = {}
    for one in members:
        held = b"".join(_bounded(archive, one))
        found[one.filename] = held
    return found


def _bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces; one that unpacks to more than it says is not read to its end."""
    size = 0
    for piece in zipped.in_chunks(archive, member):
        size += len(piece)
        if size > member.file_size:
            raise SheetRefused("sheet.document_damaged")
        yield piece


def _checked(parts: dict[str, bytes]) -> Package:
    kinds = parts["[Content_Types].xml"]
    if b"macroEnabled" in kinds or any(_runs(name) for name in parts):
        raise SheetRefused("sheet.document_macros")
    main = [target for kind, target, _ in _relations(parts, _ROOT) if kind.endswith("/officeDocument")]
    if len(main) != 1:
        raise SheetRefused("sheet.document_damaged")
    for name in parts:
        if name.endswith(".rels"):
            _require_inside(parts, name)
    document = main[0].lstrip("/")
    if parsed(parts[document]).tag != f"{_W}document":
        raise SheetRefused("sheet.other_kind", kind="ZIP")
    folder, base = posixpath.split(document)
    own = f"{folder}/_rels/{base}.rels"
    found = [document]
    for kind, target, _ in _relations(parts, own) if own in parts else ():
        if kind.endswith(_FILLED[1:]):
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if name not in found:
                found.append(name)
    for name in found:
        _require_calm(parsed(parts[name]))
    return Package(parts, tuple(found))


def _runs(name: str) -> bool:
    return bool(_MACROS.search(name)) and not _HARMLESS_BINARY.match(name)


def _relations(parts: dict[str, bytes], name: str) -> list[tuple[str, str, bool]]:
    """(kind, target, whether it lies outside) of a relations part."""
    return [
        (one.get("Type", ""), one.get("Target", ""), one.get("TargetMode", "").casefold() == "external")
        for one in parsed(parts[name])
        if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == "Relationship"
    ]


def _require_inside(parts: dict[str, bytes], name: str) -> None:
    """Only an ordinary link may lead outside, which does nothing before somebody presses it."""
    for kind, target, outside in _relations(parts, name):
        if kind.endswith(_FOREIGN):
            code = "sheet.document_links" if outside else "sheet.document_macros"
            raise SheetRefused(code)
        if outside and not (
            kind.endswith("/hyperlink") and target.casefold().startswith(("http:", "https:", "mailto:"))
        ):
            raise SheetRefused("sheet.document_links")


def _require_calm(root: Any) -> None:
    """No field that fetches or runs anything, also where its words are cut over several runs or made by another."""
    open_fields: list[list[str]] = []
    for count, element in enumerate(root.iter()):
        if count > ELEMENTS:
            raise SheetRefused("sheet.layout_too_many_cells", limit=ELEMENTS)
        if element.tag == f"{_W}fldSimple":
            _require_field(element.get(f"{_W}instr", ""))
        elif element.tag == f"{_W}fldChar":
            what = element.get(f"{_W}fldCharType")
            if what == "begin":
                open_fields.append([""])
            elif what in ("separate", "end") and open_fields:
                words = open_fields[-1]
                if words[0] is not None and len(words) == 1:
                    _require_field(words[0])
                    words.append("said")
                if what == "end":
                    open_fields.pop()
        elif element.tag == f"{_W}instrText":
            if not open_fields:
                _require_field(element.text or "")
            elif len(open_fields[-1]) == 1:
                open_fields[-1][0] += element.text or ""
    for left in open_fields:
        if len(left) == 1:
            _require_field(left[0])


def _require_field(words: str) -> None:
    first = words.split(maxsplit=1)[0].upper() if words.strip() else ""
    if first not in _FIELDS and not first.startswith("="):
        raise SheetRefused("sheet.document_field", named=first[:40])


def _require_size(size: int, limit: int) -> None:
    if size > limit:
        megabyte = 1024 * 1024
        raise SheetRefused("sheet.layout_too_big", megabytes=-(-size // megabyte), limit=limit // megabyte)
