"""`imsmanifest.xml` as SCORM and Common Cartridge share it: organisations as trees, resources with their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.courses.archive import Archive, Member
from craftpath.delivery.exchange.courses.reading import (
    DEEPEST,
    MOST_PARTS,
    Launch,
    Notes,
    Words,
    attribute,
    first,
    launch,
    manifest,
    named,
    outside,
    said,
    within,
)
from craftpath.delivery.exchange.xml_in import XML_BASE, local

NAME = "imsmanifest.xml"


@dataclass(slots=True)
class Resource:
    """Something that items point to: its type, where it begins, which files it lists."""

    identifier: str
    type: str
    element: Element
    base: str
    href: str = ""
    launch: Launch | None = None
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Branch:
    """An item of an organisation as it stands in the file, with those below it."""

    identifier: str
    title: str
    element: Element
    place: str
    resource: Resource | None = None
    children: list[Branch] = field(default_factory=list)


@dataclass(slots=True)
class Manifest:
    """A whole manifest; what could not be used stands in `notes`."""

    member: Member
    root: Element
    notes: Notes
    schema: str = ""
    version: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)
    organisations: list[Branch] = field(default_factory=list)

    @property
    def title(self) -> Words:
        """What its metadata call the package, in the languages that they do."""
        return _metadata_title(self.root)


def read_manifest(archive: Archive, member: Member, notes: Notes) -> Manifest:
    """Read the manifest of a package; `Refused` if it is no XML."""
    root = manifest(archive, member)
    found = Manifest(member, root, notes)
    metadata = first(root, "metadata")
    found.schema, found.version = said(first(metadata, "schema")), said(first(metadata, "schemaversion"))
    if local(root) != "manifest":
        notes.fault(member.name, local(root), "course.not_a_manifest")
    reader = _Reader(archive, found)
    reader.resources()
    reader.organisations()
    return found


class _Reader:
    def __init__(self, archive: Archive, found: Manifest) -> None:
        self.archive, self.found, self.notes = archive, found, found.notes
        self.folder = found.member.name.rpartition("/")[0]
        self.place = found.member.name
        self.count = 0

    def resources(self) -> None:
        root = self.found.root
        listed = first(root, "resources")
        base = self._base(self._base(self.folder, root), listed)
        for element in named(listed, "resource") if listed is not None else ():
            if len(self.found.resources) >= MOST_PARTS:
                self.notes.fault(self.place, "", "course.too_many_parts", limit=MOST_PARTS)
                break
            one = self._resource(element, self._base(base, element))
            if one.identifier in self.found.resources:
                self.notes.fault(f"{self.place} resource", one.identifier, "course.identifier_twice")
            else:
                self.found.resources[one.identifier] = one
        for _ in named(root, "manifest"):
            self.notes.remark(self.place, "", "course.manifest_inside")

    def _base(self, base: str, element: Element | None) -> str:
        """The folder that paths below an element are seen from; one that leads out is told and not followed."""
        given = element.get(XML_BASE, "").strip() if element is not None else ""
        if not given:
            return base
        inside = None if outside(given) or given.startswith("/") else within(base, given)
        if inside is None:
            self.notes.fault(self.place, given, "course.base_leads_out")
            return base
        return inside

    def _resource(self, element: Element, base: str) -> Resource:
        one = Resource(attribute(element, "identifier"), attribute(element, "type"), element, base)
        one.href = attribute(element, "href")
        place = f"{self.place} resource {one.identifier}"
        if one.href and outside(one.href):
            self.notes.fault(place, one.href, "course.launch_outside")
        elif one.href:
            one.launch = launch(self.archive, base, one.href)
            if one.launch is None:
                self.notes.fault(place, one.href, "course.file_missing")
        files = []
        for file in named(element, "file"):
            given = attribute(file, "href")
            held = launch(self.archive, base, given)
            if held is not None:
                files.append(held.file)
            elif given and not outside(given):
                self.notes.remark(place, given, "course.listed_file_missing")
        one.files = tuple(files)
        return one

    def organisations(self) -> None:
        listed = first(self.found.root, "organizations")
        if listed is None:
            return
        default = attribute(listed, "default")
        trees = [self._branch(one, 0) for one in named(listed, "organization")]
        if default and default not in {one.identifier for one in trees}:
            self.notes.remark(self.place, default, "course.default_unknown")
        trees.sort(key=lambda one: one.identifier != default)
        self.found.organisations = trees

    def _branch(self, element: Element, depth: int) -> Branch:
        identifier = attribute(element, "identifier")
        title = said(first(element, "title"))
        place = f"{self.place} {local(element)} {identifier}"
        branch = Branch(identifier, title or identifier, element, place)
        reference = attribute(element, "identifierref")
        if reference:
            branch.resource = self.found.resources.get(reference)
            if branch.resource is None:
                self.notes.fault(place, reference, "course.resource_missing")
        for child in named(element, "item"):
            self.count += 1
            if depth >= DEEPEST or self.count > MOST_PARTS:
                self.notes.fault(place, "", "course.too_many_parts", limit=MOST_PARTS)
                break
            branch.children.append(self._branch(child, depth + 1))
        return branch


def walked(branches: list[Branch]) -> Iterator[Branch]:
    """Every branch, from the top down."""
    for one in branches:
        yield one
        yield from walked(one.children)


def _metadata_title(root: Element) -> Words:
    """`lom/general/title`: a string for each language, as SCORM and both kinds of cartridge write it."""
    title = first(root, "metadata", "lom", "general", "title")
    found = [
        (attribute(one, "language") or attribute(one, "lang"), said(one))
        for one in (named(title, "langstring", "string") if title is not None else ())
    ]
    return Words(tuple((tag, words) for tag, words in found if words))
