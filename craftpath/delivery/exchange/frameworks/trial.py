"""A file held against what is kept, before anything is taken in: what is new, changed, the same, and refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.delivery.exchange.frameworks.reading import MOST_FAULTS, TOO_LARGE, Read
from craftpath.delivery.exchange.frameworks.table_in import read_table
from craftpath.domain.standards import queries, rules
from craftpath.domain.standards.checking import LONGEST_NAME, check
from craftpath.domain.standards.comparing import Comparison, compare
from craftpath.domain.standards.content import Content, Fault, Node, Pair
from craftpath.domain.standards.fitting import fit, whole

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework
    from craftpath.kernel.access import Actor

_LOOKS_LIKE_JSON = (b"{", b"[")


@dataclass(frozen=True, slots=True)
class Trial:
    """What taking a file in would do; with a fault it does nothing."""

    read: Read
    content: Content
    comparison: Comparison
    faults: Sequence[Fault]
    more_faults: int
    remarks: Sequence[Fault]
    pairs: int
    carried: int
    """associations whose other end is not on this site: they are kept with the framework and go out again"""


def read_file(content: bytes, filename: str) -> Read:
    """A file by what it holds: a package if it begins like JSON, else a workbook or a text table."""
    if len(content) > TOO_LARGE:
        read = Read("")
        megabyte = 1024 * 1024
        read.fault(
            "", filename, "sheet.too_big", megabytes=-(-len(content) // megabyte), limit=TOO_LARGE // megabyte
        )
        return read
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    named_so = filename.lower().endswith(".json")
    read = read_case(content) if start in _LOOKS_LIKE_JSON or named_so else read_table(content, filename)
    read.filename = filename
    return read


def try_out(read: Read, into: Framework | None, *, remove: bool = False) -> Trial:
    """Hold what was read against the framework that it goes into, or against nothing for a new one."""
    before = queries.content_of(into) if into is not None else Content(prefix="new")
    content, carried = _with_pairs(read)
    if into is None and not any(content.name.values()):
        content = replace(content, name=_name_from(read.filename))
    fitted = fit(content, before, remove=remove)
    faults = list(read.faults)
    if not any(fault.place.startswith("CFDocument") or not fault.place for fault in faults):
        # With the keys as they were typed: who reads a fault looks for them in the file.
        faults += check(replace(fitted, nodes=content.nodes)) or check(whole(fitted, before, remove=remove))
        faults += _strangers(content, fitted, into) + _unknown_ends(fitted)
    faults = list({(one.place, one.code, one.given): one for one in faults}.values())
    return Trial(
        read=read,
        content=content,
        comparison=compare(before, fitted),
        faults=faults[:MOST_FAULTS],
        more_faults=max(0, len(faults) - MOST_FAULTS),
        remarks=read.remarks[:MOST_FAULTS],
        pairs=len(fitted.pairs),
        carried=carried,
    )


def _name_from(filename: str) -> dict[str, str]:
    """A new list from a table that has no name of its own is called like its file."""
    name = filename.rpartition("/")[2].rpartition(".")[0].strip()[:LONGEST_NAME]
    return {"en" if name.isascii() else "zh": name} if name else {}


def _with_pairs(read: Read) -> tuple[Content, int]:
    """Associations that lead out of the file: pairs where the other end is known here, else carried along."""
    known = queries.keys_by_identifier(one.pair.other for one in read.loose)
    own = {node.key for node in read.content.nodes}
    pairs, rest = list(read.content.pairs), []
    for one in read.loose:
        key = known.get(one.pair.other)
        if key is not None and key not in own:
            pairs.append(replace(one.pair, other=key))
        else:
            rest.append(one.raw)
    kept = dict(read.content.carried)
    if rest:
        kept["CFAssociations"] = [*kept.get("CFAssociations", ()), *rest]
    return replace(read.content, pairs=tuple(pairs), carried=kept), len(rest)


def _strangers(given: Content, fitted: Content, into: Framework | None) -> list[Fault]:
    """Keys that say a skill of another list of this site, as they were typed."""
    if given.prefix:  # a package brings its own prefix, and its keys get the one of the list
        return []
    asked = {node.key: node for node in given.nodes if "-" in node.key}
    others = queries.owners_of(asked)
    own = into.key if into is not None else ""
    return [
        Fault(_place(asked[key]), key, "standards.key_of_another", {"prefix": f"{fitted.prefix}-"})
        for key, owner in others.items()
        if owner != own and key in asked
    ]


def _unknown_ends(content: Content) -> list[Fault]:
    """Ends of pairs that nobody knows."""
    own = {node.key for node in content.nodes}
    known = set(queries.owners_of(pair.other for pair in content.pairs))
    return [*_ends(content.pairs, own, known)]


def _ends(pairs: Sequence[Pair], own: set[str], known: set[str]) -> list[Fault]:
    found = []
    for pair in pairs:
        if pair.one not in own:
            found.append(Fault(pair.place, pair.one, "framework.end_missing"))
        if pair.other not in known:
            found.append(Fault(pair.place, pair.other, "framework.end_missing"))
    return found


def _place(node: Node) -> str:
    return node.place or node.key


def suggested(read: Read, lists: Sequence[Framework], actor: Actor) -> Framework | None:
    """The list that a file came from, by its identifier or its key, if it is here and this reader may write it."""
    same = [row for row in lists if read.content.identifier and row.identifier == read.content.identifier]
    prefix = next((node.key.partition("-")[0] for node in read.content.nodes if "-" in node.key), "")
    alike = [
        row
        for row in lists
        if (read.content.key and row.key == read.content.key)
        or (not read.content.key and prefix and row.prefix == prefix)
    ]
    for row in (*same, *sorted(alike, key=lambda row: row.state != "draft")):
        if rules.may_edit(actor, row):
            return row
    return None
