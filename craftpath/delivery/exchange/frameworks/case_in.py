"""A CASE package as a content: bounded, tolerant of habits of version 1.0, and refusing with the path in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from craftpath.delivery.exchange.frameworks.case_document import Document, words_of
from craftpath.delivery.exchange.frameworks.case_out import language_of, signs
from craftpath.delivery.exchange.frameworks.case_shape import (
    carried,
    is_association,
    stamp_of,
    written,
)
from craftpath.delivery.exchange.frameworks.plain_json import parsed
from craftpath.delivery.exchange.frameworks.reading import Loose, Read, Unfit
from craftpath.domain.standards.checking import LONGEST_NAME, MOST_NODES
from craftpath.domain.standards.content import Content, Node, Pair, named
from craftpath.domain.standards.texts import STRENGTHS
from craftpath.domain.standards.tree import ordered
from craftpath.values.text import LANGUAGES

OF_ITEM = frozenset(
    {
        "identifier", "fullStatement", "abbreviatedStatement", "uri", "humanCodingScheme", "language",
        "lastChangeDateTime",
    }
)  # fmt: skip
OF_ASSOCIATION = frozenset(
    {
        "identifier", "associationType", "sequenceNumber", "uri", "originNodeURI", "destinationNodeURI",
        "lastChangeDateTime",
    }
)  # fmt: skip

MOST_ASSOCIATIONS = 4 * MOST_NODES


def read_case(content: bytes) -> Read:
    """Read a package; whatever it is, this answers with faults and never with an error."""
    read = Read("case")
    root = _root(content, read)
    if root is not None:
        _Reader(root, read).read_all()
    return read


def _root(content: bytes, read: Read) -> dict[str, Any] | None:
    try:
        root = parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        read.fault("", "", "framework.not_utf8")
    except Unfit as unfit:
        read.fault(unfit.place, unfit.given, unfit.code)
    else:
        if isinstance(root, dict) and isinstance(root.get("CFPackage"), dict):
            root = root["CFPackage"]
        if isinstance(root, dict) and isinstance(root.get("CFDocument"), dict):
            return root
        read.fault("CFDocument", "", "framework.no_document")
    return None


class _Reader(Document):
    """One package, from its document to its associations."""

    def __init__(self, root: Mapping[str, Any], read: Read) -> None:
        super().__init__(root, read)
        self.nodes: dict[str, Node] = {}
        self.parents: dict[str, tuple[str, float, int]] = {}
        self.hangs: dict[str, dict[str, Any]] = {}
        self.rest: list[dict[str, Any]] = []
        self.pairs: list[Pair] = []
        self.taken: set[str] = set()

    def read_all(self) -> None:
        content = self.about()
        self.prefix = content.prefix
        items = self.listed("CFItems")
        if len(items) > MOST_NODES:
            self.read.fault("CFItems", len(items), "standards.too_many", most=MOST_NODES, given=len(items))
            return
        for at, item in enumerate(items):
            self.item(f"CFItems[{at}]", item)
        associations = self.listed("CFAssociations")
        if len(associations) > MOST_ASSOCIATIONS:
            many = len(associations)
            self.read.fault("CFAssociations", many, "framework.too_many", most=MOST_ASSOCIATIONS)
            return
        for at, one in enumerate(associations):
            self.association(f"CFAssociations[{at}]", one)
        nodes = self.tree()
        kept = dict(content.carried)
        kept |= {"CFAssociations": self.rest} if self.rest else {}
        whole = replace(content, nodes=tuple(nodes), pairs=tuple(self.pairs), carried=kept)
        self.read.content = replace(whole, nodes=tuple(self.without_own_notes(whole)))

    def item(self, path: str, given: Any) -> None:
        if not isinstance(given, dict):
            self.read.fault(path, given, "framework.not_an_object")
            return
        identifier = self.uuid(path, given)
        if identifier in self.nodes:
            first = self.nodes[identifier].place
            self.read.fault(f"{path}.identifier", identifier, "standards.identifier_twice", first=first)
            return
        statement = self.text(path, given, "fullStatement")
        if not statement:
            self.read.fault(f"{path}.fullStatement", "", "framework.no_statement")
        if identifier and statement:
            self.nodes[identifier] = self.node(path, given, identifier, statement)

    def node(self, path: str, given: Mapping[str, Any], identifier: str, statement: str) -> Node:
        language = self.speaks(path, given, self.language)
        ours = self.ours(path, "CFItem", given)
        short = self.text(path, given, "abbreviatedStatement")
        name, meaning = _named(short, statement)
        kept = carried("CFItem", given, OF_ITEM)
        kind = ours.get("kind") if ours.get("kind") in ("domain", "skill") else ""
        if kind and kept.get("CFItemType") in ("Domain", "Skill"):
            kept.pop("CFItemType")
        return Node(
            key=self.key(given, ours, identifier),
            kind=kind or "",
            name=self.both(ours, "name", name, language),
            meaning=self.both(
                ours, "meaning", "" if meaning in words_of(ours.get("name")).values() else meaning, language
            ),
            indicators=tuple(map(words_of, ours.get("indicators", ()))),
            levels={key: words_of(one) for key, one in ours.get("levels", {}).items()},
            hints=dict(ours.get("hints", {})),
            code=self.text(path, given, "humanCodingScheme", 60),
            identifier=identifier,
            uri=self.address(path, given),
            stamp=self.stamp(path, given),
            carried=kept,
            place=path,
            mentions=_mentions(given, ours, language, meaning),
        )

    def key(self, given: Mapping[str, Any], ours: Mapping[str, Any], identifier: str) -> str:
        if "key" in ours:
            return str(ours["key"])
        code = given.get("humanCodingScheme")
        word = (
            slugify(code.replace(".", "-"))[:38].replace("-", "_").strip("_") if isinstance(code, str) else ""
        )
        key = f"{self.prefix}-{word or identifier[:8]}"
        key = key if key not in self.taken else f"{self.prefix}-{identifier.replace('-', '')}"
        self.taken.add(key)
        return key

    def association(self, path: str, given: Any) -> None:
        if not isinstance(given, dict):
            self.read.fault(path, given, "framework.not_an_object")
            return
        kind, ends = given.get("associationType"), self.ends(path, given)
        if not is_association(kind):
            self.read.fault(f"{path}.associationType", kind, "framework.association_unknown")
        elif ends is not None:
            identifier = self.uuid(path, given)
            if kind == "isChildOf":
                self.child(path, given, identifier, *ends)
            elif kind in ("exactMatchOf", "isRelatedTo"):
                self.match(path, given, identifier, *ends)
            else:
                self.rest.append(self.raw(path, given, identifier))

    def ends(self, path: str, given: Mapping[str, Any]) -> tuple[str, str] | None:
        found = []
        for name in ("originNodeURI", "destinationNodeURI"):
            end = given.get(name)
            if not isinstance(end, dict) or not isinstance(end.get("identifier"), str):
                self.read.fault(f"{path}.{name}", end, "framework.no_end")
                return None
            found.append(end["identifier"].lower())
        return found[0], found[1]

    def raw(self, path: str, given: Mapping[str, Any], identifier: str) -> dict[str, Any]:
        """An association that is carried along, as version 1.1 has it."""
        kept = carried("CFAssociation", given, OF_ASSOCIATION)
        fields = {name: given[name] for name in OF_ASSOCIATION if name in given}
        if type(fields.get("sequenceNumber", 0)) is not int:
            del fields["sequenceNumber"]
        order = [name for name in _ASSOCIATION_ORDER if name in fields]
        links = ("originNodeURI", "destinationNodeURI")
        parts = {name: _whole_link(fields[name]) if name in links else fields[name] for name in order}
        address = self.text(path, given, "uri") or f"urn:uuid:{identifier}"
        parts |= {"identifier": identifier, "uri": address}
        parts["lastChangeDateTime"] = stamp_of(given) or self.read.content.stamp or _EPOCH
        ours = self.ours(path, "CFAssociation", given)
        return written(parts, {name: one for name, one in ours.items() if name != "strange"}, kept)

    def child(self, path: str, given: Mapping[str, Any], identifier: str, origin: str, above: str) -> None:
        if origin not in self.nodes:
            self.read.fault(f"{path}.originNodeURI.identifier", origin, "framework.end_missing")
            return
        document = str(self.document.get("identifier")).lower()
        if above != document and above not in self.nodes:
            self.read.fault(f"{path}.destinationNodeURI.identifier", above, "framework.end_missing")
            return
        if origin in self.parents:
            if self.parents[origin][0] != above:
                self.read.remark(path, self.nodes[origin].key, "framework.second_parent")
                self.rest.append(self.raw(path, given, identifier))
            return
        number = given.get("sequenceNumber")
        order = (
            float(number)
            if isinstance(number, int | float) and not isinstance(number, bool)
            else float("inf")
        )
        self.parents[origin] = ("" if above == document else above, order, len(self.parents))
        self.hangs[origin] = self.hang(path, given, identifier, origin, above)

    def hang(
        self, path: str, given: Mapping[str, Any], identifier: str, origin: str, above: str
    ) -> dict[str, Any]:
        """What of an isChildOf does not follow from the tree."""
        kept = carried("CFAssociation", given, OF_ASSOCIATION)
        own = named(origin, "isChildOf", above)
        kept |= {"identifier": identifier} if identifier != own else {}
        address = self.text(path, given, "uri")
        kept |= {"uri": address} if address and address != f"urn:uuid:{own}" else {}
        stamp = self.stamp(path, given)
        return kept | ({"lastChangeDateTime": stamp} if stamp and stamp != self.nodes[origin].stamp else {})

    def match(self, path: str, given: Mapping[str, Any], identifier: str, origin: str, other: str) -> None:
        ours = self.ours(path, "CFAssociation", given)
        exact = given["associationType"] == "exactMatchOf"
        kind = ours.get("kind") if ours.get("kind") in ("broader", "narrower", "related") else "related"
        strength = ours.get("strength", 3)
        pair = Pair(
            one=self.nodes[origin].key if origin in self.nodes else origin,
            other=self.nodes[other].key if other in self.nodes else other,
            kind="exact" if exact else str(kind),
            strength=strength if strength in STRENGTHS else 3,
            identifier=identifier,
            stamp=self.stamp(path, given),
            carried=carried("CFAssociation", given, OF_ASSOCIATION),
            place=path,
        )
        if origin in self.nodes and other not in self.nodes:
            self.read.loose.append(Loose(pair, self.raw(path, given, identifier)))
        else:
            self.rest.append(self.raw(path, given, identifier))

    def tree(self) -> list[Node]:
        """The nodes hung on one another, siblings by their numbers; what hangs on nothing comes last at the top."""
        order = sorted(
            self.nodes,
            key=lambda one: self.parents[one][1:] if one in self.parents else (float("inf"), 10**9),
        )
        keys = {identifier: node.key for identifier, node in self.nodes.items()}
        nodes = []
        for identifier in order:
            node, above = self.nodes[identifier], self.parents.get(identifier, ("", 0, 0))[0]
            kept = {
                **node.carried,
                **({"CFAssociation": hang} if (hang := self.hangs.get(identifier)) else {}),
            }
            nodes.append(replace(node, parent=keys.get(above, ""), carried=kept))
            if identifier not in self.parents:
                self.read.remark(node.place, node.key, "framework.hangs_on_nothing")
        return self.with_kinds(nodes)

    def with_kinds(self, nodes: list[Node]) -> list[Node]:
        """A package of another hand says no kind: what stands at the top and has something under it is a domain."""
        parents = {node.parent for node in nodes}
        kinds = {
            node.key: node.kind or ("domain" if not node.parent and node.key in parents else "skill")
            for node in nodes
        }
        return ordered([replace(node, kind=kinds[node.key]) for node in nodes])

    def without_own_notes(self, content: Content) -> Iterator[Node]:
        """Notes that only repeat the indicators are ours and not carried."""
        language = language_of(content)
        for node in content.nodes:
            notes = node.carried.get("notes", "").strip()
            if notes and notes == signs(node, language).strip():
                rest = {name: value for name, value in node.carried.items() if name != "notes"}
                yield replace(node, carried=rest)
            else:
                yield node


_ASSOCIATION_ORDER = (
    "identifier", "associationType", "sequenceNumber", "uri", "originNodeURI", "destinationNodeURI",
    "lastChangeDateTime",
)  # fmt: skip
_EPOCH = "1970-01-01T00:00:00+00:00"


def _named(short: str, statement: str) -> tuple[str, str]:
    """(name, definition) of an item that has a statement and perhaps a short one."""
    if short:
        return short[:LONGEST_NAME], statement
    if len(statement) <= LONGEST_NAME:
        return statement, ""
    return statement[: LONGEST_NAME - 1] + "…", statement


def _mentions(
    given: Mapping[str, Any], ours: Mapping[str, Any], language: str, meaning: str
) -> frozenset[str]:
    """What an item speaks of: everything that our extension holds; of another hand one language, and no levels."""
    found = {"parent", "kind", f"name_{language}"}
    found |= {"code"} if ours or "humanCodingScheme" in given else set()
    found |= {f"meaning_{language}"} if meaning else set()
    sides = [name for name in ("name", "meaning", "indicators", "hints") if name in ours]
    found |= {f"{name}_{one}" for name in sides for one in LANGUAGES}
    return frozenset(found | ({"levels"} & ours.keys()))


def _whole_link(end: Mapping[str, Any]) -> dict[str, Any]:
    """A pointer with everything that version 1.1 asks of it."""
    identifier = str(end["identifier"])
    link = {
        "title": str(end.get("title") or identifier),
        "identifier": identifier,
        "uri": str(end.get("uri") or f"urn:uuid:{identifier}"),
    }
    kind = end.get("targetType")
    return link | (
        {"targetType": kind} if isinstance(kind, str) and (kind == "CASE" or kind.startswith("ext:")) else {}
    )
