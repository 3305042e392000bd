"""cmi5: a course of blocks and assignable units.

The standard has a package with any fault refused, so nothing is played of one; what could be read is there all the
same, so that whoever made it sees what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.addresses import web_address
from craftpath.delivery.exchange.courses.archive import Archive, Member
from craftpath.delivery.exchange.courses.reading import (
    DEEPEST,
    MANIFEST_BYTES,
    MOST_PARTS,
    Launch,
    Notes,
    Words,
    attribute,
    first,
    launch,
    manifest,
    named,
    number,
    outside,
    rooted,
    said,
)
from craftpath.delivery.exchange.xml_in import local
from craftpath.values.verdict import Refused, not_now

NAME = "cmi5.xml"
MOVES_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
LAUNCHES = ("AnyWindow", "OwnWindow")
_OURS = ("endpoint", "fetch", "actor", "registration", "activityId")
"""What the site puts behind an address itself; an address that holds one of these already cannot be launched."""
_SPACES = (
    "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd",
    "http://www.adlnet.gov/cmi5/CourseStructure.xsd",
)
_TEXT = (("langstring",),)
_ABOUT = (("title",), ("description",))
_SHAPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "courseStructure": (("course",), ("objectives",), ("block", "au")),
    "course": _ABOUT,
    "objectives": (("objective",),),
    "objective": _ABOUT,
    "block": (*_ABOUT, ("objectives",), ("block", "au")),
    "au": (*_ABOUT, ("objectives",), ("url",), ("launchParameters",), ("entitlementKey",)),
    "title": _TEXT,
    "description": _TEXT,
}
"""What may stand in an element, in this order; what is not of the standard's own namespace may stand anywhere."""
_SEVERAL = ("block", "au", "objective", "langstring")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(slots=True)
class Unit:
    """An assignable unit: begins at a file of the package, or (`address`) on a site of somebody else."""

    identifier: str
    title: Words
    description: Words
    launch: Launch | None = None
    address: str = ""
    move_on: str = "NotApplicable"
    mastery: Decimal | None = None
    launch_method: str = "AnyWindow"
    activity_type: str = ""
    parameters: str = ""
    entitlement: str = ""
    objectives: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """A block of a course, or (at the top) the course itself; children in the order of the file."""

    identifier: str
    title: Words
    description: Words
    objectives: tuple[str, ...] = ()
    children: list[Block | Unit] = field(default_factory=list)


@dataclass(slots=True)
class Cmi5:
    """A course with the objectives that its parts refer to, and what is wrong with it."""

    course: Block
    objectives: dict[str, Words] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    @property
    def playable(self) -> bool:
        """Whether it keeps the rules of the standard, which asks to refuse it otherwise."""
        return not self.notes.faults


def read_cmi5(archive: Archive, member: Member) -> Cmi5:
    """Read a package; `Refused` if its description is no XML."""
    return _Reader(archive, member.name, manifest(archive, member)).read()


def read_cmi5_alone(content: bytes, name: str) -> Cmi5:
    """Read a description without a package: all units lie on sites of somebody else."""
    if len(content) > MANIFEST_BYTES:
        raise Refused(not_now("course.file_too_big", name=name, limit=MANIFEST_BYTES // 2**20))
    return _Reader(None, name, rooted(content, name)).read()


def units(block: Block) -> Iterator[Unit]:
    """All units below a block, in order."""
    for one in block.children:
        if isinstance(one, Unit):
            yield one
        else:
            yield from units(one)


class _Reader:
    def __init__(self, archive: Archive | None, name: str, root: Element) -> None:
        self.archive, self.name, self.root = archive, name, root
        self.base = name.rpartition("/")[0]
        self.notes = Notes()
        self.taken: set[str] = set()
        self.found = Cmi5(Block("", Words(), Words()), notes=self.notes)
        self.count = 0

    def read(self) -> Cmi5:
        if local(self.root) != "courseStructure":
            self.notes.fault(self.name, local(self.root), "course.not_a_course")
        elif _space(self.root) not in _SPACES:
            self.notes.fault(self.name, _space(self.root), "course.namespace_unknown", known=_SPACES[0])
        self._shape(self.root, self.name)
        course = first(self.root, "course")
        if course is None:
            self.notes.fault(self.name, "", "course.no_course")
        else:
            place = f"{self.name} course"
            self.found.course = Block(self._id(course, place), *self._words(course, place))
        listed = first(self.root, "objectives")
        if listed is not None:
            self._shape(listed, f"{self.name} objectives")
        for one in named(listed, "objective") if listed is not None else ():
            place = f"{self.name} objective"
            self.found.objectives[self._id(one, place)] = self._words(one, place)[0]
        self.found.course.children = self._children(self.root, 0)
        if not any(units(self.found.course)):
            self.notes.fault(self.name, "", "course.nothing_to_launch")
        return self.found

    def _children(self, element: Element, depth: int) -> list[Block | Unit]:
        found: list[Block | Unit] = []
        for child in named(element, "block", "au"):
            self.count += 1
            if depth > DEEPEST or self.count > MOST_PARTS:
                self.notes.fault(self.name, "", "course.too_many_parts", limit=MOST_PARTS)
                break
            place = f"{self.name} {local(child)} {attribute(child, 'id')}"
            identifier = self._id(child, place)
            title, description = self._words(child, place)
            objectives = self._objectives(child, place)
            if local(child) == "au":
                found.append(
                    self._unit(child, Unit(identifier, title, description, objectives=objectives), place)
                )
            else:
                block = Block(identifier, title, description, objectives)
                block.children = self._children(child, depth + 1)
                if not block.children:
                    self.notes.fault(place, "", "course.block_empty")
                found.append(block)
        return found

    def _shape(self, element: Element, place: str) -> None:
        """The schema has its elements in one order, most of them once, and no others of its own namespace."""
        groups = _SHAPES.get(local(element), ())
        ranks = {name: rank for rank, group in enumerate(groups) for name in group}
        own = [one for one in element if _space(one) in ("", _space(self.root))]
        names = [local(one) for one in own]
        for name in dict.fromkeys(names):
            if name not in ranks:
                self.notes.fault(place, name, "course.element_unknown", parent=local(element))
            elif name not in _SEVERAL and names.count(name) > 1:
                self.notes.fault(place, name, "course.element_twice")
        known = [ranks[name] for name in names if name in ranks]
        if known != sorted(known):
            self.notes.fault(place, ", ".join(names), "course.order_wrong")

    def _id(self, element: Element, place: str) -> str:
        identifier = attribute(element, "id")
        if not _IRI.fullmatch(identifier):
            self.notes.fault(place, identifier, "course.no_iri")
        elif identifier in self.taken:
            self.notes.fault(place, identifier, "course.identifier_twice")
        self.taken.add(identifier)
        return identifier

    def _words(self, element: Element, place: str) -> tuple[Words, Words]:
        """Title and description: the standard asks for both, in at least one language."""
        found = []
        self._shape(element, place)
        for name in ("title", "description"):
            held = first(element, name)
            strings = list(named(held, "langstring")) if held is not None else []
            words = Words(tuple((attribute(one, "lang"), said(one)) for one in strings if said(one)))
            if held is None or not strings:
                self.notes.fault(place, name, "course.words_missing")
            else:
                self._shape(held, place)
            found.append(words)
        return found[0], found[1]

    def _objectives(self, element: Element, place: str) -> tuple[str, ...]:
        listed = first(element, "objectives")
        found = []
        for one in named(listed, "objective") if listed is not None else ():
            reference = attribute(one, "idref")
            if reference in self.found.objectives:
                found.append(reference)
            else:
                self.notes.fault(place, reference, "course.objective_missing")
        return tuple(found)

    def _unit(self, element: Element, unit: Unit, place: str) -> Unit:
        unit.move_on = self._one_of(element, "moveOn", MOVES_ON, unit.move_on, place)
        unit.launch_method = self._one_of(element, "launchMethod", LAUNCHES, unit.launch_method, place)
        unit.activity_type = attribute(element, "activityType")
        score = attribute(element, "masteryScore")
        unit.mastery = number(score, 0, 1) if score else None
        if score and unit.mastery is None:
            self.notes.fault(place, score, "course.mastery_unfit", least=0, most=1)
        unit.parameters = said(first(element, "launchParameters"))
        unit.entitlement = said(first(element, "entitlementKey"))
        self._address(said(first(element, "url")), unit, place)
        return unit

    def _one_of(self, element: Element, name: str, allowed: tuple[str, ...], default: str, place: str) -> str:
        given = attribute(element, name)
        if given and given not in allowed:
            self.notes.fault(place, given, "course.word_unknown", allowed=", ".join(allowed))
        return given if given in allowed else default

    def _address(self, url: str, unit: Unit, place: str) -> None:
        query = dict(parse_qsl(url.partition("?")[2].partition("#")[0], keep_blank_values=True))
        if any(name in query for name in _OURS):
            self.notes.fault(place, url, "course.query_taken", names=", ".join(_OURS))
        elif outside(url):
            unit.address = web_address(url)
            if not unit.address:
                self.notes.fault(place, url, "course.address_unfit")
            else:
                host = urlsplit(url).hostname or ""
                self.notes.remark(place, url, "course.unit_elsewhere", host=host)
        elif self.archive is None:
            self.notes.fault(place, url, "course.address_without_package")
        else:
            unit.launch = launch(self.archive, self.base, url) if url else None
            if unit.launch is None:
                self.notes.fault(place, url, "course.file_missing")


def _space(element: Element) -> str:
    """The namespace of an element; "" for none."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
