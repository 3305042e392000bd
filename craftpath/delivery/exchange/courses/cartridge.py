"""Common Cartridge 1.0 to 1.3, and the thin one: pages, files, links and topics are taken; the rest is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.addresses import web_address
from craftpath.delivery.exchange.courses.archive import Archive, Member
from craftpath.delivery.exchange.courses.manifest import Branch, Resource, read_manifest, walked
from craftpath.delivery.exchange.courses.reading import (
    MANIFEST_BYTES,
    Launch,
    Notes,
    Words,
    attribute,
    first,
    named,
    rooted,
    said,
)
from craftpath.delivery.exchange.xml_in import local
from craftpath.values.verdict import Refused

_SCHEMA = re.compile(r"common cartridge", re.I)
_SPACE = re.compile(r"imscc(?:v1p(\d))?/imscp_v1p\d|imscc_v1p(\d)|/imsccv1p(\d)/")


class Kind(StrEnum):
    """What a part of a cartridge is; the last three are told, not taken."""

    FOLDER = "folder"
    PAGE = "page"
    FILE = "file"
    LINK = "link"
    TOPIC = "topic"
    QUIZ = "quiz"
    TOOL = "tool"
    OTHER = "other"


@dataclass(slots=True)
class Part:
    """An item of a cartridge. `html` is the body of a topic as it stands there: to be cleaned before it is shown."""

    identifier: str
    title: str
    kind: Kind
    launch: Launch | None = None
    address: str = ""
    html: str = ""
    questions: int = 0
    children: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Cartridge:
    """A cartridge: its parts as a tree, and what is wrong with it or not taken."""

    version: str
    title: Words
    parts: list[Part] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    @property
    def playable(self) -> bool:
        """Whether something of it can be shown."""
        return any(one.launch or one.address or one.html for one in every(self.parts))


def every(parts: list[Part]) -> list[Part]:
    """All parts, from the top down."""
    return [found for one in parts for found in (one, *every(one.children))]


def is_cartridge(root: Element) -> bool:
    """Whether a manifest says that it describes a cartridge, in words or by its namespace."""
    return bool(_SCHEMA.search(said(first(root, "metadata", "schema"))) or _SPACE.search(str(root.tag)))


def read_cartridge(archive: Archive, member: Member) -> Cartridge:
    """Read the cartridge that a manifest describes; `Refused` if that is no XML."""
    notes = Notes()
    found = read_manifest(archive, member, notes)
    space = _SPACE.search(str(found.root.tag))
    digit = next((one for one in space.groups() if one), "0") if space else "0"
    package = Cartridge(found.version or f"1.{digit}.0", found.title, notes=notes)
    reader = _Reader(archive, notes)
    package.parts = [reader.part(one) for top in found.organisations for one in _unwrapped(top)]
    if not package.parts:
        package.parts = [part for one in found.resources.values() if (part := reader.alone(one))]
        notes.fault(member.name, "", "course.no_organisation")
    used = {one.resource.identifier for one in walked(found.organisations) if one.resource}
    for resource in found.resources.values():
        if resource.identifier not in used and resource.type.startswith("imsqti") and package.parts:
            reader.told(resource)  # a bank of questions hangs on no item
    if not package.playable:
        notes.fault(member.name, "", "course.nothing_to_launch")
    return package


def _unwrapped(top: Branch) -> list[Branch]:
    """The organisation has one item without a title that holds all others; it says nothing by itself."""
    wrapped = len(top.children) == 1 and not attribute(top.children[0].element, "identifierref")
    untitled = wrapped and first(top.children[0].element, "title") is None
    return top.children[0].children if untitled else top.children


class _Reader:
    def __init__(self, archive: Archive, notes: Notes) -> None:
        self.archive, self.notes = archive, notes

    def part(self, branch: Branch) -> Part:
        resource = branch.resource
        part = Part(branch.identifier, branch.title, Kind.FOLDER)
        if resource is not None:
            self._fill(part, resource)
        part.children = [self.part(one) for one in branch.children]
        return part

    def alone(self, resource: Resource) -> Part | None:
        part = Part(resource.identifier, resource.href.rpartition("/")[2] or resource.identifier, Kind.FOLDER)
        self._fill(part, resource)
        return part if part.launch or part.address or part.html else None

    def told(self, resource: Resource) -> None:
        self._fill(Part(resource.identifier, resource.identifier, Kind.OTHER), resource)

    def _fill(self, part: Part, resource: Resource) -> None:
        kind = resource.type.lower()
        if kind == "webcontent" or kind.startswith("associatedcontent"):
            part.launch = resource.launch
            html = resource.launch is not None and resource.launch.file.lower().endswith(
                (".html", ".htm", ".xhtml")
            )
            part.kind = Kind.PAGE if html else Kind.FILE
        elif kind.startswith("imswl"):
            part.kind = Kind.LINK
            self._link(part, resource)
        elif kind.startswith("imsdt"):
            part.kind = Kind.TOPIC
            self._topic(part, resource)
        elif kind.startswith("imsqti"):
            part.kind = Kind.QUIZ
            self._quiz(part, resource)
        elif kind.startswith("imsbasiclti"):
            part.kind = Kind.TOOL
            self._tool(part, resource)
        else:
            part.kind = Kind.OTHER
            self.notes.remark(f"resource {resource.identifier}", resource.type, "course.kind_not_taken")

    def _described(self, resource: Resource) -> Element | None:
        """The XML of a resource, from its file or from the manifest itself; None, and told, if there is none."""
        inline = next((one for one in resource.element if local(one) in ("webLink", "topic")), None)
        if inline is not None:
            return inline
        name = resource.launch.file if resource.launch else next(iter(resource.files), "")
        member = self.archive.find(name) if name else None
        if member is None:
            if not resource.href:
                self.notes.fault(f"resource {resource.identifier}", "", "course.file_missing")
            return None
        try:
            return rooted(self.archive.read(member, MANIFEST_BYTES), member.name)
        except Refused as refused:
            self.notes.fault(member.name, "", refused.verdict.reason, **refused.verdict.facts)
            return None

    def _link(self, part: Part, resource: Resource) -> None:
        root = self._described(resource)
        url = first(root, "url")
        given = attribute(url, "href") if url is not None else ""
        part.address = web_address(given)
        if root is not None and not part.address:
            self.notes.fault(f"resource {resource.identifier}", given, "course.address_unfit")

    def _tool(self, part: Part, resource: Resource) -> None:
        """A link to a tool on another site: where it leads is told, for whoever registers tools."""
        root = self._described(resource)
        addresses = {local(one): said(one) for one in root} if root is not None else {}
        address = web_address(addresses.get("secure_launch_url") or addresses.get("launch_url") or "")
        title = part.title or addresses.get("title", "")
        place = f"resource {resource.identifier}"
        self.notes.remark(place, title, "course.tool_not_taken", address=address or "–")

    def _topic(self, part: Part, resource: Resource) -> None:
        root = self._described(resource)
        text = first(root, "text")
        if text is not None:
            part.html = "".join(text.itertext())[:200_000]
        attached = first(root, "attachments")
        for one in named(attached, "attachment") if attached is not None else ():
            self.notes.remark(
                f"resource {resource.identifier}", attribute(one, "href"), "course.attachment_not_taken"
            )

    def _quiz(self, part: Part, resource: Resource) -> None:
        """Quizzes are QTI 1.2, which the item bank does not read: how many questions are left out is told."""
        root = self._described(resource)
        if root is None:
            return
        part.questions = sum(1 for one in root.iter() if local(one) == "item")
        facts = {"questions": part.questions}
        self.notes.remark(f"resource {resource.identifier}", part.title, "course.quiz_not_taken", **facts)
