"""A QTI package of 2.2 or 3.0, or one item of it: what is understood becomes content, the rest says why it is not.

Nothing outside the package is fetched, nothing in it is run, and a path that leads out of it leads nowhere.
"""

from __future__ import annotations

import json
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.authored.markdown import children
from craftpath.delivery.exchange.authored.safe import MOST_PICTURES
from craftpath.delivery.exchange.exams import qti_one, xhtml
from craftpath.delivery.exchange.exams.bounds import MEGABYTE, opened, part
from craftpath.delivery.exchange.exams.qti_body import NotUnderstood, Remark, joined
from craftpath.delivery.exchange.exams.qti_item import Understood, read_item
from craftpath.delivery.exchange.exams.qti_tree import OWN, in_two, parsed
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.domain.exams.content import Content
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

MOST_ITEMS = 2_000
XML_BYTES = 2 * MEGABYTE
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")


@dataclass(slots=True)
class Read:
    """One item of a package: what it says, or the reason why it is not understood."""

    name: str
    title: str = ""
    content: Content | None = None
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, Any] = field(default_factory=dict)
    stimulus: tuple[Text, Text] | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it can be taken in: a question, or a text that is only read."""
        return not self.reason and (self.content is not None or self.stimulus is not None)


@dataclass(slots=True)
class Package:
    """Everything that a file held; `pictures` by the marks under which the items name them."""

    reads: list[Read] = field(default_factory=list)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    problems: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


def read_package(content: bytes, filename: str) -> Package:
    """Read a package or one item; `Refused` if nothing of it can be read, never another error."""
    if not content.strip():
        raise Refused(not_now("exam.empty"))
    if len(content) > limits.BYTES:
        facts = {"megabytes": -(-len(content) // MEGABYTE), "limit": limits.BYTES // MEGABYTE}
        raise Refused(not_now("exam.too_big", **facts))
    if content.startswith(b"PK\x03\x04"):
        with opened(content) as archive:
            for name in archive.namelist():
                parts = name.replace("\\", "/").split("/")
                if parts[0] == "" or parts[0].endswith(":") or ".." in parts:
                    raise Refused(not_now("qti.name_leads_out", name=name[-80:]))
            return _Reader(archive).read()
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if len(content) > XML_BYTES:
            raise Refused(not_now("qti.not_xml"))
        root = in_two(parsed(content))
        reader = _Reader(None)
        if local(root) == qti_one.ROOT:
            reader.quiz(filename, root)
        elif local(root) == "assessmentItem":
            reader.one(filename, root, {})
        if not reader.found.reads:
            raise Refused(not_now("qti.no_item"))
        return reader.found
    raise Refused(not_now("qti.other_kind"))


class _Reader:
    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self.archive = archive
        self.found = Package()
        self.marks: dict[str, str] = {}
        self.names = {posixpath.normpath(name): name for name in archive.namelist()} if archive else {}
        self.stimuli: dict[str, tuple[Text, Text]] = {}
        self.base = ""

    def read(self) -> Package:
        manifest = self._manifest()
        for resource in (one for one in manifest.iter() if local(one) == "resource"):
            kind = resource.get("type", "").lower()
            if "item" in kind and "qti" in kind:
                if len(self.found.reads) >= MOST_ITEMS:
                    self.found.problems.append(("qti.too_many_items", {"limit": MOST_ITEMS}))
                    break
                self._resource(resource)
            elif kind.startswith("imsqti_xmlv1"):
                self._quiz(resource)
            elif "test" in kind or "section" in kind:
                self.found.problems.append(("qti.no_tests", {"name": resource.get("href", "")[:80]}))
        if not self.found.reads:
            raise Refused(not_now("qti.no_item"))
        return self.found

    def _manifest(self) -> Element:
        name = next(
            (held for held in self.names if posixpath.basename(held).lower() == "imsmanifest.xml"), ""
        )
        if not name:
            return self._without_manifest()
        self.base = posixpath.dirname(name)
        try:
            root = parsed(self._part(name))
        except NotUnderstood as fault:  # a manifest that is too large refuses the whole package
            raise Refused(not_now(fault.code, **fault.facts)) from None
        for element in root.iter():  # names only; the content of metadata keeps its namespace
            if isinstance(element.tag, str) and not element.tag.startswith("{" + OWN):
                element.tag = element.tag.rpartition("}")[2]
        return root

    def _without_manifest(self) -> Element:
        """A package without its list: every file that looks like an item is read, and the lack is said."""
        self.base = ""
        root = Element("manifest")
        for name in sorted(self.names):
            if name.lower().endswith(".xml"):
                root.append(Element("resource", {"type": "imsqti_item", "href": name}))
        if not len(root):
            raise Refused(not_now("qti.no_manifest"))
        self.found.problems.append(("qti.no_manifest_but_items", {}))
        return root

    def _part(self, name: str) -> bytes:
        assert self.archive is not None  # noqa: S101  (only packages come here)
        held = self.names.get(posixpath.normpath(name))
        if held is None or held.startswith("/") or ".." in posixpath.normpath(name).split("/"):
            raise NotUnderstood("qti.file_missing", name=name[:80])
        info = self.archive.getinfo(held)
        if info.file_size > XML_BYTES and name.lower().endswith(".xml"):
            raise NotUnderstood("qti.file_too_large", name=name[:80])
        return part(self.archive, held)

    def _resource(self, resource: Element) -> None:
        href = posixpath.join(self.base, unquote(resource.get("href", "")))
        read = Read(posixpath.basename(href)[:80] or "?")
        try:
            root = in_two(parsed(self._part(href)))
            if local(root) != "assessmentItem":
                raise NotUnderstood("qti.not_an_item", name=local(root)[:40])
        except NotUnderstood as fault:
            read.reason, read.facts = fault.code, fault.facts
            self.found.reads.append(read)
            return
        except Refused as refused:
            read.reason, read.facts = refused.verdict.reason, refused.verdict.facts
            self.found.reads.append(read)
            return
        self.one(href, root, _own(resource))

    def _quiz(self, resource: Element) -> None:
        """A quiz or a bank of QTI 1.2, as cartridges hold it: every question of its file."""
        listed = [one.get("href", "") for one in resource if local(one) == "file"]
        href = posixpath.join(self.base, unquote(resource.get("href", "") or next(iter(listed), "")))
        try:
            root = in_two(parsed(self._part(href)))
        except NotUnderstood as fault:
            self.found.reads.append(Read(href[-80:] or "?", reason=fault.code, facts=fault.facts))
        except Refused as refused:
            verdict = refused.verdict
            self.found.reads.append(Read(href[-80:], reason=verdict.reason, facts=verdict.facts))
        else:
            self.quiz(href, root)

    def quiz(self, href: str, root: Element) -> None:
        """Every question of a quiz of QTI 1.2."""
        name = posixpath.basename(href)[-60:]
        for number, item in enumerate(qti_one.items_of(root), start=1):
            if len(self.found.reads) >= MOST_ITEMS:
                self.found.problems.append(("qti.too_many_items", {"limit": MOST_ITEMS}))
                return
            asked = qti_one.read_one(item, self._mark_of_cartridge)
            read = Read(f"{name} ({number})", asked.title, asked.content, asked.reason, asked.facts or {})
            read.remarks = asked.remarks
            self.found.reads.append(read)

    def _mark_of_cartridge(self, place: str) -> str:
        """Pictures of a cartridge lie at its top or in its folder of files."""
        try:
            return self._mark(self.base, place)
        except NotUnderstood:
            return self._mark(posixpath.join(self.base, "web_resources"), place)

    def one(self, href: str, root: Element, extras: Mapping[str, Any]) -> None:
        """Understand one item, or say why not."""
        name, title = posixpath.basename(href)[:80], root.get("title", "")[:120]
        folder = posixpath.dirname(href)
        try:
            found = read_item(root, extras, lambda place: self._mark(folder, place))
        except NotUnderstood as fault:
            self.found.reads.append(Read(name, title, reason=fault.code, facts=fault.facts))
            return
        except RecursionError:
            self.found.reads.append(Read(name, title, reason="qti.not_xml"))
            return
        self._kept(name, title, found, self._stimulus(folder, root, extras), extras)

    def _kept(
        self,
        name: str,
        title: str,
        found: Understood,
        stimulus: tuple[Text, Text, tuple[Remark, ...]],
        extras: Mapping[str, Any],
    ) -> None:
        """One read for each question; what they share stands at each of them, what is remarked at the first."""
        own = Text(title, "") if not title.isascii() else Text("", title)
        shared = (stimulus[0] if stimulus[0].as_json() else own, joined(stimulus[1], found.shared))
        remarks = (*found.remarks, *stimulus[2])
        tags = extras.get("tags")
        for number, content in enumerate(found.contents or (None,), start=1):
            several = len(found.contents) > 1
            read = Read(f"{name} ({number})" if several else name, title, content)
            read.remarks = remarks if number == 1 else ()
            read.stimulus = shared if shared[1].as_json() else None
            read.tags = tags if isinstance(tags, dict) else {}
            self.found.reads.append(read)

    def _mark(self, folder: str, place: str) -> str:
        """The mark of a picture in the package; one that is not there is a reason not to take the item."""
        if self.archive is None:
            raise NotUnderstood("qti.file_missing", name=place[:80])
        if ":" in place.split("/")[0] or place.startswith("//"):
            raise NotUnderstood("qti.picture_outside", name=place[:80])
        path = posixpath.normpath(posixpath.join(folder, unquote(place)))
        if path not in self.marks:
            if len(self.marks) >= MOST_PICTURES:
                raise NotUnderstood("exam.too_many_pictures", limit=MOST_PICTURES)
            content = self._part(path)
            if not content.startswith(_PICTURES):
                raise NotUnderstood("qti.picture_kind", name=place[:80])
            mark = f"x{len(self.marks) + 1}"
            self.marks[path] = mark
            self.found.pictures[mark] = (posixpath.basename(path)[-80:], content)
        return self.marks[path]

    def _stimulus(
        self, folder: str, root: Element, extras: Mapping[str, Any]
    ) -> tuple[Text, Text, tuple[Remark, ...]]:
        """Title and body of the texts that an item refers to, and which of them are missing."""
        title, body = Text(), Text()
        missing: list[Remark] = []
        for reference in (one for one in root if local(one) == "assessmentStimulusRef"):
            place = reference.get("href", "")
            path = posixpath.normpath(posixpath.join(folder, unquote(place)))
            try:
                if path not in self.stimuli:
                    self.stimuli[path] = self._shared(path, extras)
            except NotUnderstood:
                missing.append(("qti.file_missing", {"name": place[:80]}))
                continue
            except Refused as refused:
                missing.append((refused.verdict.reason, refused.verdict.facts))
                continue
            one, words = self.stimuli[path]
            title, body = title if title.as_json() else one, joined(body, words)
        return title, body, tuple(missing)

    def _shared(self, path: str, extras: Mapping[str, Any]) -> tuple[Text, Text]:
        if self.archive is None:
            raise NotUnderstood("qti.file_missing", name=path[:80])
        shared = in_two(parsed(self._part(path)))
        inside = posixpath.dirname(path)
        body = next((one for one in shared if local(one) == "stimulusBody"), None)
        words = Text()
        if body is not None:
            place = _pictures_only(lambda name: self._mark(inside, name))
            words = xhtml.text_of(children(body), place, shared.get(XML_LANG, ""))
        title = shared.get("title", "")[:120]
        own = extras.get("stimulus_title")
        plain = Text(title, "") if not title.isascii() else Text("", title)
        return (Text.of(own) if isinstance(own, dict) else plain), words


def _pictures_only(mark: Any) -> xhtml.Place:
    def place(element: Element) -> str | None:
        if local(element) != "img":
            return None
        words = element.get("alt", "").replace("[", "").replace("]", "")
        return f"![{words}](picture:{mark(element.get('src', ''))})"

    return place


def _own(resource: Element) -> Mapping[str, Any]:
    """What the bank wrote beside an item; anything that is not of that form is as if it were not there."""
    for element in resource.iter(f"{{{OWN}}}item"):
        try:
            said = json.loads(element.text or "")
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}
    return {}
