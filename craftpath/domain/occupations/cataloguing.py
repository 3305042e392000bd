"""Lines of a catalogue as values; what taking them in would change, the change itself, and the way back. Set by set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.occupations.models import (
    Catalogue,
    CatalogueEntry,
    CatalogueImport,
    EntryBefore,
    EntryLink,
)
from craftpath.kernel.progress import step
from craftpath.kernel.search.latin import latin_words

BATCH = 2000
SAID = ("code", "parent", "name", "about", "words")
"""What a file says of a line."""
Key = tuple[str, str]
"""(kind, key)"""


@dataclass(slots=True)
class EntrySaid:
    """A line: names and texts by language; `others` are other names, by which it is found too."""

    kind: str
    key: str
    code: str = ""
    parent: str = ""
    name: dict[str, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """A skill that an occupation needs, by their keys."""

    one: str
    other: str
    kind: str
    weight: float | None = None


@dataclass(slots=True)
class CatalogueSaid:
    """What a file says: its lines by (kind, key), and what ties them."""

    key: str
    version: str
    name: dict[str, str]
    source: str = ""
    licence: str = ""
    entries: dict[Key, EntrySaid] = field(default_factory=dict)
    links: list[LinkSaid] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """What taking a file in changes: lines that are new, said anew (with the row that stands), fallen out."""

    new: list[EntrySaid]
    changed: list[tuple[CatalogueEntry, EntrySaid]]
    gone: list[CatalogueEntry]
    same: int
    links_new: int = 0
    links_gone: int = 0
    back: list[tuple[int, int]] = field(default_factory=list)
    """Links that come back: which, and with which import they had fallen out."""

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "new": len(self.new), "changed": len(self.changed), "gone": len(self.gone), "same": self.same,
            "links_new": self.links_new, "links_gone": self.links_gone,
        }  # fmt: skip


def words_for(said: EntrySaid) -> str:
    """What a line is found by: its names, other names, and the Chinese ones in Latin letters."""
    names = [*said.name.values(), *said.others]
    latin = latin_words(said.name["zh"]) if said.name.get("zh") else []
    return " ".join(dict.fromkeys([*(one.lower() for one in names), *latin]))[:4000]


def changes(said: CatalogueSaid, catalogue: Catalogue | None) -> Changes:
    """Held against what stands: a language that a file lacks stays, lines of a kind that it lacks do not fall out."""
    rows = CatalogueEntry.objects.filter(catalogue=catalogue) if catalogue else ()
    standing = {(row.kind, row.key): row for row in rows}
    new, changed, same = [], [], 0
    for key, entry in said.entries.items():
        row = standing.get(key)
        if row is None:
            new.append(entry)
        elif row.gone_in_id is not None or _differs(row, entry):
            changed.append((row, entry))
        else:
            same += 1
    kinds = {kind for kind, _key in said.entries}
    gone = [
        row
        for key, row in standing.items()
        if row.kind in kinds and row.gone_in_id is None and key not in said.entries
    ]
    found = Changes(new, changed, gone, same)
    wanted = {("occupation", one.one, one.other, one.kind) for one in said.links}
    known = _links(catalogue) if said.links and catalogue else {}
    alive = {key for key, (_pk, gone_in) in known.items() if gone_in is None}
    found.links_new, found.links_gone = len(wanted - alive), len(alive - wanted)
    return found


def _links(catalogue: Catalogue) -> dict[tuple[str, str, str, str], tuple[int, int | None]]:
    rows = EntryLink.objects.filter(one__catalogue=catalogue)
    return {
        ("occupation", one, other, kind): (pk, gone)
        for pk, one, other, kind, gone in rows.values_list(
            "pk", "one__key", "other__key", "kind", "gone_in_id"
        )
    }


def _merged(row: CatalogueEntry, said: EntrySaid) -> dict[str, Any]:
    """What a row says after it: other languages stay."""
    name, about = {**row.name, **said.name}, {**row.about, **said.about}
    both = EntrySaid(said.kind, said.key, name=name, others=said.others)
    return {
        "code": said.code or row.code, "parent": said.parent or row.parent, "name": name, "about": about,
        "words": words_for(both),
    }  # fmt: skip


def _differs(row: CatalogueEntry, said: EntrySaid) -> bool:
    return any(getattr(row, name) != value for name, value in _merged(row, said).items())


def lay_in(said: CatalogueSaid, catalogue: Catalogue, taken: CatalogueImport | None) -> Changes:
    """Write it all, noting on every row with which import it came, changed or fell out."""
    found = changes(said, catalogue)
    total = len(found.new) + len(found.changed) + len(said.links)
    made = [
        CatalogueEntry(
            catalogue=catalogue, kind=one.kind, key=one.key, code=one.code, parent=one.parent, name=one.name,
            about=one.about, words=words_for(one), made_in=taken,
        )
        for one in found.new
    ]  # fmt: skip
    for at, rows in _batches(made):
        CatalogueEntry.objects.bulk_create(rows)
        step("lines", at, total)
    if taken is not None:
        EntryBefore.objects.bulk_create(
            (EntryBefore(taken=taken, entry=row, said=_kept(row)) for row, _said in found.changed),
            batch_size=BATCH,
        )
    for row, one in found.changed:
        for name, value in _merged(row, one).items():
            setattr(row, name, value)
        row.gone_in = None
    fields = [*SAID, "gone_in"]
    CatalogueEntry.objects.bulk_update([row for row, _said in found.changed], fields, batch_size=500)
    _mark_gone(CatalogueEntry, [row.pk for row in found.gone], taken)
    found.back = _lay_links(said, catalogue, taken, total)
    return found


def _lay_links(
    said: CatalogueSaid, catalogue: Catalogue, taken: CatalogueImport | None, total: int
) -> list[tuple[int, int]]:
    if not said.links:
        return []
    known, before = _links(catalogue), len(said.entries)
    rows = CatalogueEntry.objects.filter(catalogue=catalogue, kind__in=("occupation", "skill"))
    ids = {(kind, key): pk for pk, kind, key in rows.values_list("pk", "kind", "key")}
    wanted = {("occupation", one.one, one.other, one.kind): one for one in said.links}
    fresh = [
        EntryLink(
            one_id=ids["occupation", one.one], other_id=ids["skill", one.other], kind=one.kind,
            weight=one.weight, made_in=taken,
        )
        for key, one in wanted.items() if key not in known
    ]  # fmt: skip
    for at, some in _batches(fresh):
        EntryLink.objects.bulk_create(some)
        step("lines", before + at, total)
    back = [(pk, gone) for key, (pk, gone) in known.items() if gone is not None and key in wanted]
    _mark_gone(EntryLink, [pk for pk, _gone in back], None)
    out = [pk for key, (pk, gone) in known.items() if gone is None and key not in wanted]
    _mark_gone(EntryLink, out, taken)
    return back


def _mark_gone(
    model: type[CatalogueEntry] | type[EntryLink], ids: Sequence[int], taken: CatalogueImport | None
) -> None:
    for _at, some in _batches(ids):
        model.objects.filter(pk__in=some).update(gone_in=taken)


def _kept(row: CatalogueEntry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAID} | {"gone_in": row.gone_in_id}


def _batches(rows: Sequence[Any]) -> Iterator[tuple[int, Sequence[Any]]]:
    for start in range(0, len(rows), BATCH):
        yield min(start + BATCH, len(rows)), rows[start : start + BATCH]


def take_out(taken: CatalogueImport) -> None:
    """The way back: what came with it goes, what it changed is as before, what fell out stands again."""
    EntryLink.objects.filter(made_in=taken).delete()
    EntryLink.objects.filter(gone_in=taken).update(gone_in=None)
    for pk, gone in taken.report.get("back", ()):
        EntryLink.objects.filter(pk=pk).update(gone_in=gone)
    CatalogueEntry.objects.filter(gone_in=taken).update(gone_in=None)
    changed = []
    for before in EntryBefore.objects.filter(taken=taken).select_related("entry"):
        row = before.entry
        for name in SAID:
            setattr(row, name, before.said[name])
        row.gone_in_id = before.said["gone_in"]
        changed.append(row)
    CatalogueEntry.objects.bulk_update(changed, [*SAID, "gone_in"], batch_size=500)
    CatalogueEntry.objects.filter(made_in=taken).delete()
