"""SCORM 1.2 and 2004: what can be launched, in which order, with what; rules of sequencing are told, not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.courses.archive import Archive, Member
from craftpath.delivery.exchange.courses.manifest import Branch, Manifest, Resource, read_manifest
from craftpath.delivery.exchange.courses.reading import (
    Launch,
    Notes,
    Words,
    attribute,
    first,
    named,
    number,
    said,
)
from craftpath.delivery.exchange.xml_in import local

ONE, SECOND, THIRD, FOURTH = "1.2", "2004 2nd", "2004 3rd", "2004 4th"
LONGEST_PARAMETERS = 1_000
"""Characters behind the address of an item, as the content aggregation model bounds them."""
_NEW = ("adlcp_v1p3", "imsss", "adlseq_v1p3", "adlnav_v1p3")
_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
_TIME = re.compile(r"\d{2,4}:\d{2}:\d{2}(?:\.\d{1,2})?")


@dataclass(slots=True)
class Item:
    """One line of the table of contents; `launch` is None for a chapter, and for what cannot be launched.

    `mastery` is a percentage in SCORM 1.2, and a measure from -1 to 1 in 2004.
    """

    identifier: str
    title: str
    launch: Launch | None = None
    reports: bool = False
    mastery: Decimal | None = None
    prerequisites: str = ""
    data: str = ""
    time_allowed: str = ""
    time_action: str = ""
    completion: Decimal | None = None
    hidden: bool = False
    children: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Scorm:
    """A SCORM package: its organisations, the default one first, and the faults and remarks of reading it."""

    version: str
    identifier: str
    title: Words
    organisations: list[Item] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    @property
    def playable(self) -> bool:
        """Whether something in it can be launched."""
        return any(one.launch for one in launchable(self.organisations))


def read_scorm(archive: Archive, member: Member) -> Scorm:
    """Read the package that a manifest describes; `Refused` if that is no XML."""
    notes = Notes()
    found = read_manifest(archive, member, notes)
    version = _version(found)
    package = Scorm(version, attribute(found.root, "identifier"), found.title, notes=notes)
    package.organisations = [_item(one, version, notes) for one in found.organisations]
    if not package.playable:
        package.organisations = _without_organisations(found, version)
        if package.playable:
            notes.fault(member.name, "", "course.no_organisation")
        else:
            notes.fault(member.name, "", "course.nothing_to_launch")
    if not package.title and package.organisations:
        package.title = Words((("", package.organisations[0].title),))
    if "/" in member.name:
        notes.remark(member.name, "", "course.manifest_in_folder")
    return package


def launchable(items: list[Item]) -> Iterator[Item]:
    """Every item that can be launched, in the order of the contents."""
    for one in items:
        if one.launch is not None:
            yield one
        yield from launchable(one.children)


def _version(found: Manifest) -> str:
    """What the manifest states; where it states nothing, its namespaces tell."""
    stated = found.version.lower()
    for sign, version in (("4th", FOURTH), ("3rd", THIRD), ("1.3", SECOND), ("2004", SECOND), ("1.2", ONE)):
        if sign in stated:
            return version
    spaces = {one.tag.partition("}")[0] for one in found.root.iter() if isinstance(one.tag, str)}
    spaces |= {key.partition("}")[0] for one in found.root.iter() for key in one.attrib}
    version = THIRD if any(name in space for space in spaces for name in _NEW) else ONE
    found.notes.remark(found.member.name, found.version, "course.version_unknown", version=version)
    return version


def _item(branch: Branch, version: str, notes: Notes) -> Item:
    element = branch.element
    item = Item(branch.identifier, branch.title, hidden=attribute(element, "isvisible").lower() == "false")
    if branch.resource is not None:
        item.launch = _launch(branch, notes)
        item.reports = scorm_type(branch.resource) == "sco"
    item.data = said(first(element, "datafromlms")) or said(first(element, "dataFromLMS"))
    if version == ONE:
        _of_one(item, branch, notes)
    else:
        _of_2004(item, branch, notes)
    item.time_action = _action(branch, notes)
    item.children = [_item(one, version, notes) for one in branch.children]
    return item


def scorm_type(resource: Resource) -> str:
    """`sco` for what speaks to the site, `asset` for what is only shown; nothing said counts as an asset."""
    return attribute(resource.element, "scormtype").lower() or "asset"


def _launch(branch: Branch, notes: Notes) -> Launch | None:
    resource = branch.resource
    if resource is None or resource.launch is None:
        if resource is not None and not resource.href:
            notes.fault(branch.place, resource.identifier, "course.nothing_to_launch")
        return None
    found, parameters = resource.launch, attribute(branch.element, "parameters")
    if len(parameters) > LONGEST_PARAMETERS:
        notes.fault(branch.place, parameters, "course.parameters_too_long", most=LONGEST_PARAMETERS)
        parameters = ""
    return Launch(found.file, with_parameters(found.tail, parameters))


def with_parameters(tail: str, parameters: str) -> str:
    """What stands behind the file, with the parameters of an item put on as the content aggregation model has it.

    But before a fragment and not behind it, where no page would read them.
    """
    parameters = parameters.lstrip("?&")
    if not parameters:
        return tail
    if parameters.startswith("#"):
        return tail if "#" in tail or "?" in tail else tail + parameters
    query, hash_, fragment = tail.partition("#")
    return f"{query}{'&' if '?' in query else '?'}{parameters}{hash_}{fragment}"


def _of_one(item: Item, branch: Branch, notes: Notes) -> None:
    element = branch.element
    score = said(first(element, "masteryscore"))
    item.mastery = number(score, 0, 100) if score else None
    if score and item.mastery is None:
        notes.fault(branch.place, score, "course.mastery_unfit", least=0, most=100)
    item.prerequisites = said(first(element, "prerequisites"))
    if item.prerequisites:
        notes.remark(branch.place, item.prerequisites, "course.prerequisites_not_followed")
    allowed = said(first(element, "maxtimeallowed"))
    if allowed and not _TIME.fullmatch(allowed):
        notes.fault(branch.place, allowed, "course.time_unfit")
    else:
        item.time_allowed = allowed


def _of_2004(item: Item, branch: Branch, notes: Notes) -> None:
    element = branch.element
    threshold = first(element, "completionThreshold")
    if threshold is not None:
        least = _threshold(threshold)
        item.completion = number(least, 0, 1) if least else None
        if least and item.completion is None:
            notes.fault(branch.place, least, "course.mastery_unfit", least=0, most=1)
    sequencing = first(element, "sequencing")
    if sequencing is None:
        return
    objective = first(sequencing, "objectives", "primaryObjective")
    if objective is not None and attribute(objective, "satisfiedByMeasure").lower() in ("true", "1"):
        least = said(first(objective, "minNormalizedMeasure")) or "1.0"
        item.mastery = number(least, -1, 1)
        if item.mastery is None:
            notes.fault(branch.place, least, "course.mastery_unfit", least=-1, most=1)
    limits = first(sequencing, "limitConditions")
    item.time_allowed = attribute(limits, "attemptAbsoluteDurationLimit") if limits is not None else ""
    for name in _rules(sequencing):
        notes.remark(branch.place, name, "course.sequencing_not_followed")


def _threshold(element: Element) -> str:
    """The measure from which on an item is complete: the text in the 3rd edition; in the 4th only if it says so."""
    if attribute(element, "completedByMeasure").lower() in ("true", "1"):
        return attribute(element, "minProgressMeasure") or "1.0"
    return said(element)


def _rules(sequencing: Element) -> list[str]:
    """Names of the rules of an item that somebody would notice missing; choosing freely is not among them."""
    names = ["sequencingCollection"] if attribute(sequencing, "IDRef") else []
    return names + [name for one in sequencing if (name := _rule(one))]


def _rule(element: Element) -> str:
    name = local(element)
    if name == "controlMode":
        bound = attribute(element, "choice") == "false" or attribute(element, "forwardOnly") == "true"
        return name if bound else ""
    if name == "limitConditions":
        return name if attribute(element, "attemptLimit") else ""
    if name == "objectives":
        return "mapInfo" if any(local(inner) == "mapInfo" for inner in element.iter()) else ""
    written = len(element) + len(element.attrib) > 0
    return name if name in ("sequencingRules", "rollupRules", "randomizationControls") and written else ""


def _action(branch: Branch, notes: Notes) -> str:
    given = next((said(one) for one in named(branch.element, "timelimitaction", "timeLimitAction")), "")
    low = re.sub(r"\s*,\s*", ",", given.lower())
    if low and low not in _ACTIONS:
        notes.fault(branch.place, given, "course.time_unfit")
        return ""
    return low


def _without_organisations(found: Manifest, version: str) -> list[Item]:
    """Resources that can be launched, where no organisation leads to any."""
    items = [
        Item(one.identifier, one.identifier, one.launch, scorm_type(one) == "sco")
        for one in found.resources.values()
        if one.launch is not None
        and (scorm_type(one) == "sco" or one.launch.file.lower().endswith((".htm", ".html")))
    ]
    title = said(first(found.root, "organizations", "organization", "title"))
    return [Item("", title, children=items)] if items else []
