"""Items as a QTI package: what another system needs stands in the items, what only the bank knows beside them.

Rules of partial credit become response processing; tags, foldings and names in two languages stand as one line of JSON
in the manifest, under a namespace of the bank's own, where a reader that does not know it passes over it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (builds only)

from craftpath.delivery.exchange.exams import qti_tree, xhtml
from craftpath.delivery.exchange.exams.qti_processing import process
from craftpath.delivery.exchange.exams.qti_tree import OWN, THREE, TWO, add
from craftpath.delivery.exchange.xml_in import XML_LANG
from craftpath.domain.exams.content import CHOICES, Content
from craftpath.domain.exams.faults import gaps_in, pictures_in
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}
_MOMENT = (2026, 1, 1, 0, 0, 0)  # the same package has the same bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that goes into the package."""

    media_type: str
    content: bytes

    @property
    def suffix(self) -> str:
        """How its file is called."""
        return _SUFFIXES.get(self.media_type, "bin")


@dataclass(frozen=True, slots=True)
class Shared:
    """A stimulus that goes into the package."""

    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Out:
    """An item that goes into the package, with what stands beside it."""

    identifier: str
    content: Content
    extras: Mapping[str, Any]


def package(
    items: Sequence[Out], pictures: Mapping[str, Shown], stimuli: Mapping[str, Shared], version: str = THREE
) -> bytes:
    """A zip with a manifest, one file for each item and stimulus, and the pictures that they show."""
    out = io.BytesIO()
    manifest = _Manifest(version)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)

        for key in sorted(stimuli):
            root, shown = _stimulus(key, stimuli[key], pictures, version)
            put(f"stimuli/{key}.xml", qti_tree.written(root))
            manifest.stimulus(key, _files(shown, pictures))
        for item in items:
            root = item_tree(item, pictures, stimuli, version)
            put(f"items/{item.identifier}.xml", qti_tree.written(root))
            manifest.item(item, _files(pictures_in(item.content), pictures))
        for key in sorted(pictures):
            put(f"media/{key}.{pictures[key].suffix}", pictures[key].content)
        put("imsmanifest.xml", qti_tree.written(manifest.root))
    return out.getvalue()


def _files(keys: Any, pictures: Mapping[str, Shown]) -> list[str]:
    return [f"media/{key}.{pictures[key].suffix}" for key in sorted(keys) if key in pictures]


class _Manifest:
    def __init__(self, version: str) -> None:
        self.version = version
        space = qti_tree.PACKAGES[version]
        self.root = Element("manifest", {"xmlns": space, "identifier": "MANIFEST"})
        metadata = add(self.root, "metadata")
        add(metadata, "schema", "QTIv2.2 Package" if version == TWO else "QTI Package")
        add(metadata, "schemaversion", "1.0.0" if version == TWO else "3.0.0")
        add(self.root, "organizations")
        self.resources = add(self.root, "resources")

    def stimulus(self, key: str, files: list[str]) -> None:
        href = f"stimuli/{key}.xml"
        row = add(
            self.resources,
            "resource",
            identifier=f"S_{key}",
            type=qti_tree.STIMULUS_TYPES[self.version],
            href=href,
        )
        for name in (href, *files):
            add(row, "file", href=name)

    def item(self, item: Out, files: list[str]) -> None:
        href = f"items/{item.identifier}.xml"
        kind = qti_tree.ITEM_TYPES[self.version]
        row = add(self.resources, "resource", identifier=f"I_{item.identifier}", type=kind, href=href)
        if item.extras:
            metadata = add(row, "metadata")
            said = json.dumps(item.extras, ensure_ascii=False, sort_keys=True)
            metadata.append(own := Element("item", {"xmlns": OWN}))
            own.text = said
        for name in (href, *files):
            add(row, "file", href=name)
        if item.content.stimulus:
            add(row, "dependency", identifierref=f"S_{item.content.stimulus}")


def _root(name: str, identifier: str, title: str, version: str) -> Element:
    return Element(
        name,
        {"xmlns": qti_tree.SPACES[version], "identifier": identifier, "title": title[:120] or identifier},
    )


def _stimulus(
    key: str, shared: Shared, pictures: Mapping[str, Shown], version: str
) -> tuple[Element, set[str]]:
    shown: set[str] = set()

    def address(picture: str) -> str:
        shown.add(picture)
        return f"../media/{picture}.{pictures[picture].suffix}" if picture in pictures else ""

    root = _root("assessmentStimulus", f"S_{key}", shared.title.zh or shared.title.en, version)
    body = add(root, "stimulusBody")
    body.extend(xhtml.spoken(shared.body, address=address))
    return (qti_tree.in_three(root) if version == THREE else qti_tree.strict_two(root)), shown


def item_tree(
    item: Out, pictures: Mapping[str, Shown], stimuli: Mapping[str, Shared], version: str = TWO
) -> Element:
    """One item as its file has it."""
    content = item.content
    title = " ".join((content.stem.zh or content.stem.en).split())[:60]
    root = _root("assessmentItem", item.identifier, title, version)
    root.set("adaptive", "false")
    root.set("timeDependent", "false")
    root.set(XML_LANG, "zh-Hans" if content.stem.zh else "en")
    writer = _Writer(content, pictures, root)
    writer.declare()
    if content.stimulus and content.stimulus in stimuli:
        add(
            root,
            "assessmentStimulusRef",
            identifier=f"S_{content.stimulus}",
            href=f"../stimuli/{content.stimulus}.xml",
        )
    writer.body()
    process(root, content)
    if content.explanation.as_json():
        feedback = add(
            root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="EXPLANATION", showHide="show"
        )
        feedback.extend(xhtml.spoken(content.explanation, address=writer.address))
    return qti_tree.in_three(root) if version == THREE else qti_tree.strict_two(root)


class _Writer:
    """The declarations and the body of one item."""

    def __init__(self, content: Content, pictures: Mapping[str, Shown], root: Element) -> None:
        self.content, self.pictures, self.root = content, pictures, root
        self.details = content.details

    def address(self, picture: str) -> str:
        """Where a picture lies, seen from an item."""
        shown = self.pictures.get(picture)
        return f"../media/{picture}.{shown.suffix}" if shown else ""

    def _spoken(self, text: Any, **more: Any) -> list[Element]:
        return xhtml.spoken(Text.of(text), address=self.address, **more)

    # ---- Declarations ----------------------------------------------------------------------------------

    def declare(self) -> None:
        """What is answered, what is right, and what comes out."""
        kind, details = self.content.kind, self.details
        if kind is Kind.SHORT:
            for row in details["blanks"]:
                self._declare_blank(row)
        elif kind is Kind.MATCHING:
            pairs = [f"{left} {right}" for left, right in details.get("pairs", {}).items()]
            self._response("multiple", "directedPair", pairs, pairs)
        elif kind is Kind.ORDERING:
            self._response("ordered", "identifier", details.get("order", ()))
        elif kind is Kind.NUMERIC:
            self._response("single", "float", [details["value"]] if details.get("value") else [])
        elif kind is Kind.ESSAY:
            self._response("single", "string", ())
        else:
            right = list(details.get("right", ()))
            single = kind in (Kind.SINGLE, Kind.TRUE_FALSE)
            self._response(
                "single" if single else "multiple", "identifier", right, () if single else right, wrong="-1"
            )
        self._outcomes()

    def _response(
        self,
        cardinality: str,
        base: str,
        correct: Any,
        mapped: Any = (),
        *,
        wrong: str = "0",
        name: str = "RESPONSE",
    ) -> Element:
        row = add(self.root, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
        if correct:
            values = add(row, "correctResponse")
            for value in correct:
                add(values, "value", value)
        if mapped:
            mapping = add(row, "mapping", lowerBound="0", defaultValue=wrong)
            for value in mapped:
                add(mapping, "mapEntry", mapKey=value, mappedValue="1")
        return row

    def _declare_blank(self, row: Mapping[str, Any]) -> None:
        accepted = list(row["accepted"])
        found = self._response("single", "string", accepted[:1], name=f"RESPONSE_{row['key']}")
        if accepted:
            sensitive = "false" if self.details.get("fold", {}).get("case", True) else "true"
            mapping = add(found, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
            for one in accepted:
                add(mapping, "mapEntry", mapKey=one, mappedValue="1", caseSensitive=sensitive)

    def _outcomes(self) -> None:
        score = add(
            self.root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
        )
        add(add(score, "defaultValue"), "value", "0")
        most = add(
            self.root, "outcomeDeclaration", identifier="MAXSCORE", cardinality="single", baseType="float"
        )
        add(add(most, "defaultValue"), "value", f"{self.content.points.normalize():f}")
        if self.content.explanation.as_json():
            add(
                self.root,
                "outcomeDeclaration",
                identifier="FEEDBACK",
                cardinality="single",
                baseType="identifier",
            )

    # ---- Body ------------------------------------------------------------------------------------------

    def body(self) -> None:
        """What is asked, and what there is to answer it with."""
        body = add(self.root, "itemBody")
        inside = self.content.kind is Kind.SHORT and gaps_in(self.content.stem) > 0
        body.extend(self._spoken(self.content.stem, gap=self._gap if inside else None))
        if inside:
            self._entries(body)
        draw = {
            Kind.SINGLE: self._choice,
            Kind.MULTIPLE: self._choice,
            Kind.TRUE_FALSE: self._true_false,
            Kind.NUMERIC: self._number,
            Kind.MATCHING: self._match,
            Kind.ORDERING: self._order,
            Kind.HOTSPOT: self._hotspot,
            Kind.ESSAY: self._essay,
        }.get(self.content.kind)
        if draw is not None:
            draw(body)
        elif not inside:
            line = add(body, "div", class_="answers")
            for row in self.details["blanks"]:
                add(add(line, "p"), "textEntryInteraction", responseIdentifier=f"RESPONSE_{row['key']}")

    def _gap(self, number: int) -> str:
        blanks = self.details["blanks"]
        return f'<s class="gap">{blanks[number - 1]["key"]}</s>' if number <= len(blanks) else "____"

    def _entries(self, body: Element) -> None:
        """Marks in the text become the fields themselves."""
        for mark in [one for one in body.iter("s") if one.get("class") == "gap"]:
            key, tail = mark.text or "", mark.tail
            mark.clear()
            mark.tag, mark.tail = "textEntryInteraction", tail
            mark.set("responseIdentifier", f"RESPONSE_{key}")

    def _choices(self, parent: Element, name: str, rows: Any, **more: str) -> None:
        for row in rows:
            add(parent, name, identifier=row["key"], **more).extend(self._spoken(row["text"], inline=True))

    def _choice(self, body: Element) -> None:
        most = "1" if self.content.kind is Kind.SINGLE else "0"
        found = add(
            body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices=most
        )
        self._choices(found, "simpleChoice", self.details["options"])

    def _true_false(self, body: Element) -> None:
        found = add(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices="1")
        words = ({"zh": "正确", "en": "True"}, {"zh": "错误", "en": "False"})
        sides = self.content.stem.as_json()
        for key, text in zip(("true", "false"), words, strict=True):
            said = {side: word for side, word in text.items() if side in sides}
            add(found, "simpleChoice", identifier=key).extend(self._spoken(said, inline=True))

    def _number(self, body: Element) -> None:
        line = add(body, "p", class_="answers")
        field = add(line, "textEntryInteraction", responseIdentifier="RESPONSE")
        if self.details.get("unit"):
            field.tail = f" {self.details['unit']}"

    def _match(self, body: Element) -> None:
        left, right = self.details["left"], self.details["right_side"]
        found = add(
            body,
            "matchInteraction",
            responseIdentifier="RESPONSE",
            shuffle="false",
            maxAssociations=str(len(left)),
        )
        self._choices(add(found, "simpleMatchSet"), "simpleAssociableChoice", left, matchMax="1")
        self._choices(add(found, "simpleMatchSet"), "simpleAssociableChoice", right, matchMax=str(len(left)))

    def _order(self, body: Element) -> None:
        found = add(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
        self._choices(found, "simpleChoice", self.details["entries"])

    def _hotspot(self, body: Element) -> None:
        details = self.details
        most = "1" if len(details.get("right", ())) == 1 else "0"
        found = add(body, "hotspotInteraction", responseIdentifier="RESPONSE", maxChoices=most)
        shown = self.pictures.get(details["picture"])
        add(
            found,
            "object",
            data=self.address(details["picture"]),
            type=shown.media_type if shown else "image/png",
            width=str(details["width"]),
            height=str(details["height"]),
        )
        for row in details["regions"]:
            name = Text.of(row["name"])
            coords = ",".join(str(figure) for figure in row["at"])
            add(
                found,
                "hotspotChoice",
                identifier=row["key"],
                shape=row["shape"],
                coords=coords,
                hotspotLabel=name.zh or name.en,
            )

    def _essay(self, body: Element) -> None:
        if self.details.get("guide"):
            block = add(body, "rubricBlock", view="scorer")
            block.extend(self._spoken(self.details["guide"]))
        lines = {"expectedLines": str(self.details["lines"])} if self.details.get("lines") else {}
        add(body, "extendedTextInteraction", responseIdentifier="RESPONSE", **lines)


def extras_of(
    content: Content, tags: Mapping[str, Any], stimulus_title: Text | None = None
) -> dict[str, Any]:
    """What only the bank knows of an item, as it stands beside it in the manifest; empty values are left out."""
    details = content.details
    said: dict[str, Any] = {"kind": content.kind.value, "rule": content.rule.value, "tags": dict(tags)}
    for name in ("fold", "unit", "percent", "tolerance", "file", "lines", "value", "width", "height"):
        if name in details:
            said[name] = details[name]
    said["text"] = {
        "stem": content.stem.as_json(),
        "explanation": content.explanation.as_json(),
        "guide": dict(details.get("guide") or {}),
        "rows": {
            row["key"]: row["text"]
            for name in ("options", "left", "right_side", "entries")
            for row in details.get(name, ())
        },
    }
    if content.kind is Kind.HOTSPOT:
        said["names"] = {row["key"]: row["name"] for row in details["regions"]}
        said["at"] = {row["key"]: list(row["at"]) for row in details["regions"]}
    if stimulus_title:
        said["stimulus_title"] = stimulus_title.as_json()
    return said


__all__ = ["CHOICES", "Out", "Shared", "Shown", "extras_of", "item_tree", "package"]
