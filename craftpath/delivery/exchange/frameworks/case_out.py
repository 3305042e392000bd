"""A framework as a CASE 1.1 package that a foreign reader finds good texts in, and we find everything.

Statements are in one language, English where every skill has it, else Chinese; both stand in our extension. Levels go
out as a rubric besides, with a criterion for each skill that says what it looks like at a level.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from craftpath.delivery.exchange.frameworks.case_shape import in_one_order, short_licence, written
from craftpath.domain.standards.content import Content, Level, Node, Pair, Words, named

STATUS = {"draft": "Draft", "published": "Adopted", "retired": "Deprecated", "discarded": "Deprecated"}
TYPES = {"domain": "Domain", "skill": "Skill"}
ASSOCIATION = {"exact": "exactMatchOf"}


@dataclass(frozen=True, slots=True)
class Outside:
    """A skill of another framework, as a pair points at it."""

    identifier: str
    uri: str
    title: str


def write_case(content: Content, outside: Mapping[str, Outside]) -> bytes:
    """The package as a file: UTF-8, indented, keys in a fixed order."""
    return json.dumps(case_package(content, outside), ensure_ascii=False, indent=2).encode()


def case_package(content: Content, outside: Mapping[str, Outside]) -> dict[str, Any]:
    """The package; `outside` says what pairs of crosswalks point at, and one without is left out."""
    writer = _Writer(content)
    kept = content.carried
    associations = [
        *writer.hangs(),
        *writer.pairs(outside),
        *in_one_order(list(kept.get("CFAssociations", ()))),
    ]
    rubrics = [*writer.rubrics(), *in_one_order(list(kept.get("CFRubrics", ())))]
    definitions = writer.definitions()
    whole: dict[str, Any] = {
        "CFDocument": writer.document(),
        "CFItems": [writer.item(node) for node in content.nodes],
        "CFAssociations": associations,
    }
    whole |= {"CFDefinitions": definitions} if definitions else {}
    whole |= {"CFRubrics": rubrics} if rubrics else {}
    return whole | ({"extensions": in_one_order(kept["package"])} if kept.get("package") else {})


def language_of(content: Content) -> str:
    """English if everything has an English name, else Chinese."""
    texts = [content.name, *(node.name for node in content.nodes)]
    return "en" if all(words.get("en") for words in texts) else "zh"


def said(words: Words, language: str) -> str:
    """A text in a language, else in the other one."""
    return words.get(language, "") or words.get("zh", "") or words.get("en", "")


def signs(node: Node, language: str) -> str:
    """The indicators as a note of an item, a line each."""
    return "\n".join(f"• {said(one, language)}" for one in node.indicators)


def both(words: Words) -> dict[str, str]:
    """A text in both languages, always in the same order: databases keep none."""
    return {language: words[language] for language in ("zh", "en") if language in words}


def level_table(levels: tuple[Level, ...]) -> list[dict[str, Any]]:
    """The scale as our extension keeps it."""
    return [{"key": one.key, "name": both(one.name), "meaning": both(one.meaning)} for one in levels]


class _Writer:
    """One package; everything it writes follows from the content alone."""

    def __init__(self, content: Content) -> None:
        self.content, self.language = content, language_of(content)
        self.by_key = {node.key: node for node in content.nodes}

    def document(self) -> dict[str, Any]:
        content, kept = self.content, dict(self.content.carried)
        own = content.name
        theirs = {name: kept[name] for name in ("version", "adoptionStatus") if name in kept}
        fields: dict[str, Any] = {
            "identifier": content.identifier,
            "uri": uri(content),
            "caseVersion": "1.1",
            "creator": kept.pop("creator", "") or content.publisher or said(own, self.language),
            "title": said(own, self.language),
            "lastChangeDateTime": content.stamp,
            "officialSourceURL": content.address,
            "publisher": content.publisher,
            "description": said(content.about, self.language),
            "language": self.language,
            "version": kept.pop("version", "") or str(content.version),
            "adoptionStatus": kept.pop("adoptionStatus", "") or STATUS[content.state],
            "notes": content.source,
        }
        link = _licence_of_theirs(kept.pop("licenseURI", None), content.licence)
        if link is None and content.licence:
            link = _link(_licence_id(content.licence), "", content.licence)
        fields["licenseURI"] = link
        ours: dict[str, Any] = {
            "key": content.key,
            "prefix": content.prefix,
            "name": both(own),
            "about": both(content.about),
            "year": content.year,
            "wording": content.wording,
            "levels": level_table(content.levels),
            "levels_by": content.levels_by,
        }
        ours |= {"theirs": theirs} if theirs else {}
        rest = {name: value for name, value in kept.items() if name not in _PACKAGE}
        return written(fields, ours, rest)

    def item(self, node: Node) -> dict[str, Any]:
        kept = dict(node.carried)
        kept.pop("CFAssociation", None)
        name, meaning = said(node.name, self.language), said(node.meaning, self.language)
        fields = {
            "identifier": node.identifier,
            "fullStatement": meaning or name,
            "abbreviatedStatement": name if meaning else "",
            "CFItemType": kept.pop("CFItemType", "") or TYPES[node.kind],
            "uri": uri(node),
            "humanCodingScheme": node.code,
            "notes": kept.pop("notes", "") or signs(node, self.language),
            "language": self.language
            if node.name.get(self.language)
            else "zh"
            if node.name.get("zh")
            else "en",
            "lastChangeDateTime": node.stamp,
        }
        ours = {
            "key": node.key,
            "kind": node.kind,
            "name": both(node.name),
            "meaning": both(node.meaning),
            "indicators": [both(one) for one in node.indicators],
            "levels": {
                one.key: both(node.levels[one.key]) for one in self.content.levels if one.key in node.levels
            },
            "hints": {language: node.hints[language] for language in ("zh", "en") if language in node.hints},
        }
        return written(fields, ours, kept)

    def hangs(self) -> Iterator[dict[str, Any]]:
        """One isChildOf for each node, siblings numbered in their order; the top hangs on the document."""
        counts: dict[str, int] = {}
        for node in self.content.nodes:
            counts[node.parent] = counts.get(node.parent, 0) + 1
            above = self.by_key[node.parent] if node.parent else self.content
            kept = dict(node.carried.get("CFAssociation", {}))
            own = named(node.identifier, "isChildOf", above.identifier)
            fields = {
                "identifier": kept.pop("identifier", own),
                "associationType": "isChildOf",
                "sequenceNumber": counts[node.parent],
                "uri": kept.pop("uri", f"urn:uuid:{own}"),
                "originNodeURI": self.link(node),
                "destinationNodeURI": self.link(above),
                "lastChangeDateTime": kept.pop("lastChangeDateTime", node.stamp),
            }
            yield written(fields, {}, kept)

    def link(self, end: Node | Content) -> dict[str, Any]:
        return _link(end.identifier, uri(end), said(end.name, self.language))

    def pairs(self, outside: Mapping[str, Outside]) -> Iterator[dict[str, Any]]:
        for pair in self.content.pairs:
            other = outside.get(pair.other)
            if other is None or pair.one not in self.by_key:
                continue
            yield self.pair(pair, other)

    def pair(self, pair: Pair, other: Outside) -> dict[str, Any]:
        fields = {
            "identifier": pair.identifier,
            "associationType": ASSOCIATION.get(pair.kind, "isRelatedTo"),
            "uri": f"urn:uuid:{pair.identifier}",
            "originNodeURI": self.link(self.by_key[pair.one]),
            "destinationNodeURI": _link(other.identifier, other.uri, other.title),
            "lastChangeDateTime": pair.stamp,
        }
        return written(fields, {"kind": pair.kind, "strength": pair.strength}, pair.carried)

    def rubrics(self) -> Iterator[dict[str, Any]]:
        nodes = [node for node in self.content.nodes if node.levels]
        if not nodes or not self.content.levels:
            return
        own = named(self.content.identifier, "levels")
        yield {
            "identifier": own,
            "uri": f"urn:uuid:{own}",
            "title": said(self.content.name, self.language),
            "lastChangeDateTime": self.content.stamp,
            "CFRubricCriteria": [self.criterion(node, own, n) for n, node in enumerate(nodes, start=1)],
        }

    def criterion(self, node: Node, rubric: str, position: int) -> dict[str, Any]:
        own = named(rubric, node.identifier)
        steps = [(n, one) for n, one in enumerate(self.content.levels, start=1) if one.key in node.levels]
        return {
            "identifier": own,
            "uri": f"urn:uuid:{own}",
            "description": said(node.name, self.language),
            "CFItemURI": self.link(node),
            "position": position,
            "rubricId": rubric,
            "lastChangeDateTime": node.stamp,
            "CFRubricCriterionLevels": [self.step(node, own, n, level) for n, level in steps],
        }

    def step(self, node: Node, criterion: str, position: int, level: Level) -> dict[str, Any]:
        own = named(criterion, level.key)
        return {
            "identifier": own,
            "uri": f"urn:uuid:{own}",
            "description": said(node.levels[level.key], self.language),
            "quality": said(level.name, self.language),
            "score": position,
            "position": position,
            "rubricCriterionId": criterion,
            "lastChangeDateTime": node.stamp,
        }

    def definitions(self) -> dict[str, Any]:
        kept = dict(in_one_order(self.content.carried.get("CFDefinitions", {})))
        link = self.content.carried.get("licenseURI")
        if self.content.licence and _licence_of_theirs(link, self.content.licence) is None:
            own = _licence_id(self.content.licence)
            licence = {
                "identifier": own,
                "uri": f"urn:uuid:{own}",
                "title": self.content.licence,
                "licenseText": self.content.licence,
                "lastChangeDateTime": self.content.stamp,
            }
            kept["CFLicenses"] = [licence, *kept.get("CFLicenses", ())]
        return kept


_PACKAGE = frozenset({"CFAssociations", "CFRubrics", "CFDefinitions", "package"})
"""Parts of the whole package that are carried with the document."""


def uri(end: Node | Content) -> str:
    """Where something is published, or a name by which it can at least be told apart."""
    return end.uri or f"urn:uuid:{end.identifier}"


def _link(identifier: str, address: str, title: str) -> dict[str, Any]:
    return {"title": title, "identifier": identifier, "uri": address or f"urn:uuid:{identifier}"}


def _licence_of_theirs(link: dict[str, Any] | None, licence: str) -> dict[str, Any] | None:
    """The pointer that came with the licence, while the column still says the same."""
    return link if link is not None and short_licence(link["title"]) == licence else None


def _licence_id(text: str) -> str:
    return named("licence", text)
