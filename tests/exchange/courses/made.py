"""Packages of the project's own, written here piece by piece: good ones, and ones that are broken in one way."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from craftpath.delivery.exchange.courses.archive import Archive, Bounds
from craftpath.delivery.exchange.courses.sniff import Package, open_package, read_package
from craftpath.values.verdict import Refused, Verdict

PAGE = b"<!doctype html><title>x</title>"
SPACES = {
    "1.2": 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    "2004": 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" '
    'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"',
}


def packed(files: Mapping[str, bytes | str], *, store: bool = False) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def large_form(content: bytes) -> bytes:
    """The same zip in the form for more than 4 GB, though it needs none: sizes of its contents stand twice."""
    at = content.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HLL", content[at + 10 : at + 20])
    end = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    return content[:at] + end + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1) + content[at:]


def opened(files: Mapping[str, bytes | str] | bytes, bounds: Bounds | None = None) -> Archive:
    """Such a zip, opened as a package."""
    content = files if isinstance(files, bytes) else packed(files)
    return open_package(io.BytesIO(content), bounds)


def read(files: Mapping[str, bytes | str]) -> Any:
    """What a package of these files turns out to be."""
    with opened(files) as archive:
        package: Package = read_package(archive)
        return package


def codes(package: Any) -> set[str]:
    """The codes of its faults, without the noun."""
    return {one.code.removeprefix("course.") for one in package.notes.faults}


def remarks(package: Any) -> set[str]:
    """The codes of its remarks, without the noun."""
    return {one.code.removeprefix("course.") for one in package.notes.remarks}


def answered(ask: Callable[[], Any]) -> tuple[Any, Verdict | None]:
    """What a reader answers, or why it refuses."""
    try:
        return ask(), None
    except Refused as refused:
        return None, refused.verdict


def manifest(
    items: str = '<item identifier="i1" identifierref="r1"><title>One</title></item>',
    resources: str | None = None,
    *,
    version: str = "1.2",
    head: str | None = None,
    spaces: str | None = None,
    attributes: str = "",
) -> str:
    """A manifest of SCORM with one organisation; `version` is what it states."""
    family = "1.2" if version == "1.2" else "2004"
    stated = f"<schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>"
    kind = 'adlcp:scormtype="sco"' if family == "1.2" else 'adlcp:scormType="sco"'
    listed = (
        resources
        if resources is not None
        else f'<resource identifier="r1" type="webcontent" {kind} href="a.html"><file href="a.html"/></resource>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="m" {spaces or SPACES[family]} {attributes}>'
        f"<metadata>{stated if head is None else head}</metadata>"
        f'<organizations default="o1"><organization identifier="o1"><title>Turning</title>{items}</organization>'
        f"</organizations><resources>{listed}</resources></manifest>"
    )


def scorm(xml: str, **more: bytes | str) -> dict[str, bytes | str]:
    """The files of a package with this manifest."""
    return {"imsmanifest.xml": xml, "a.html": PAGE, **more}


def cmi5(
    units: str | None = None,
    *,
    course: str = "https://example.org/course",
    space: str = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd",
    objectives: str = "",
) -> str:
    """A description of a cmi5 course."""
    listed = unit() if units is None else units
    return (
        f'<?xml version="1.0"?><courseStructure xmlns="{space}"><course id="{course}">'
        f"{words('Turning', '车削')}</course>{objectives}{listed}</courseStructure>"
    )


def words(en: str, zh: str = "") -> str:
    """Title and description in one or two languages."""
    strings = f'<langstring lang="en-US">{en}</langstring>'
    strings += f'<langstring lang="zh-CN">{zh}</langstring>' if zh else ""
    return f"<title>{strings}</title><description>{strings}</description>"


def unit(name: str = "u1", url: str = "a.html", *, inside: str = "", attributes: str = "") -> str:
    """An assignable unit."""
    return f'<au id="https://example.org/{name}" {attributes}>{words("Unit")}<url>{url}</url>{inside}</au>'


def library(name: str, major: int = 1, minor: int = 0, needs: list[dict[str, Any]] | None = None) -> str:
    """A `library.json`."""
    told = {
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": 3,
        "title": name,
    }
    return json.dumps({**told, "preloadedDependencies": needs or [], "preloadedJs": [{"path": "run.js"}]})


def need(name: str, major: int = 1, minor: int = 0) -> dict[str, Any]:
    """What `h5p.json` and libraries say of a library that they need."""
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def h5p(**told: Any) -> dict[str, bytes | str]:
    """The files of an H5P with a main library that needs another one."""
    head = {
        "title": "车刀角度", "language": "zh", "mainLibrary": "H5P.Quiz", "embedTypes": ["iframe"],
        "license": "CC BY", "authors": [{"name": "Li Na", "role": "Author"}],
        "preloadedDependencies": [need("H5P.Quiz"), need("FontAwesome", 4, 5)],
    }  # fmt: skip
    return {
        "h5p.json": json.dumps({**head, **told}),
        "content/content.json": '{"text": "x"}',
        "content/images/a.png": b"\x89PNG",
        "H5P.Quiz-1.0/library.json": library("H5P.Quiz", needs=[need("H5P.Base", 1, 2)]),
        "H5P.Quiz-1.0/run.js": "1",
        "H5P.Base-1.2/library.json": library("H5P.Base", 1, 2),
        "H5P.Base-1.2/run.js": "1",
        "FontAwesome-4.5/library.json": library("FontAwesome", 4, 5),
        "FontAwesome-4.5/run.js": "1",
    }


def cartridge(items: str, resources: str, *, digit: int = 1, schema: str = "IMS Common Cartridge") -> str:
    """A manifest of a common cartridge."""
    space = f"http://www.imsglobal.org/xsd/imsccv1p{digit}/imscp_v1p1"
    lom = f"http://ltsc.ieee.org/xsd/imsccv1p{digit}/LOM/manifest"
    if digit == 0:
        space, lom = "http://www.imsglobal.org/xsd/imscc/imscp_v1p1", "http://ltsc.ieee.org/xsd/imscc/LOM"
    return (
        f'<manifest identifier="c" xmlns="{space}" xmlns:lomimscc="{lom}"><metadata><schema>{schema}</schema>'
        f"<schemaversion>1.{digit}.0</schemaversion><lomimscc:lom><lomimscc:general><lomimscc:title>"
        '<lomimscc:string language="en">Metal</lomimscc:string><lomimscc:string language="zh">金工</lomimscc:string>'
        "</lomimscc:title></lomimscc:general></lomimscc:lom></metadata>"
        '<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">'
        f"{items}</item></organization></organizations><resources>{resources}</resources></manifest>"
    )
