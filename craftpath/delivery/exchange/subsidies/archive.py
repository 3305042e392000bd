"""A whole file as one zip: papers in the order of the scheme, an index as workbook and page, the same bytes each time.

Nothing in it says when it was made or by whom, so that two archives of the same file can be compared by their hash.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.book import Row
from craftpath.delivery.exchange.printouts.naming import safe
from craftpath.delivery.exchange.subsidies.recognising import Known
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.subsidies.papering import CLASS, required
from craftpath.domain.subsidies.texts import EXCLUSIONS, MOVES, OUTCOMES, PAPERS, STEPS
from craftpath.kernel.exhibits import SUFFIXES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FileEvent, FilePaper, FilePerson, SubsidyFile
    from craftpath.engines.allowances.subsidies import Completeness

_MOMENT = (2000, 1, 1, 0, 0, 0)
"""The time that every file in the archive bears."""
_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index: a file of the archive, or (without a name) a paper that the record has."""

    number: str
    step: str
    paper: str
    whose: str
    name: str = ""
    version: str = ""
    size: int = 0
    sha256: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an archive."""

    file: SubsidyFile
    people: Sequence[FilePerson]
    events: Sequence[FileEvent]
    papers: Sequence[FilePaper]
    known: Known
    meter: Completeness
    title: str
    entries: list[Entry] = field(default_factory=list)


def write(contents: Contents, path: Path) -> Iterator[int]:
    """Write the archive; yields how many files are in it after each, so that the caller can count and stop."""
    done = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for entry, content in _files(contents):
            contents.entries.append(entry)
            if content is not None:
                _put(packed, entry.name, content)
                done += 1
                yield done
        index = _("00 Index")
        _put(packed, f"{index}.xlsx", steady(_workbook(contents)))
        _put(packed, f"{index}.html", _page(contents).encode())
    yield done


def _put(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    packed.writestr(info, content)


def _files(contents: Contents) -> Iterator[tuple[Entry, bytes | None]]:
    """Every paper that the scheme asks for, once, by its place in the scheme; then by person, copy."""
    seen: set[str] = set()
    by_paper: dict[str, list[FilePaper]] = {}
    for row in contents.papers:
        if row.replaced_at is None:
            by_paper.setdefault(row.paper, []).append(row)
    for place, wanted in enumerate(required(contents.file), start=1):
        if wanted.paper in seen:
            continue
        seen.add(wanted.paper)
        step, paper = str(STEPS[wanted.step]), str(PAPERS.get(wanted.paper, wanted.paper))
        number = f"{place:02}"
        if wanted.paper in ("roster", "roster_passed") and (wanted.paper, CLASS) in contents.known:
            content = steady(_roster(contents, passed=wanted.paper == "roster_passed"))
            name = f"{number}_{safe(step)}_{safe(paper)}.xlsx"
            yield _entry(number, step, paper, "", name, "", content, _("made from the record")), content
        yield from _known(contents, wanted.paper, number, step, paper)
        for row in by_paper.get(wanted.paper, ()):
            yield _uploaded(row, number, step, paper)


def _known(contents: Contents, code: str, number: str, step: str, paper: str) -> Iterator[tuple[Entry, None]]:
    """What the record has and no file holds."""
    if code in ("roster", "roster_passed"):
        return
    names = {row.public_id: _named(row) for row in contents.people}
    for (known, subject), words in contents.known.items():
        if known == code:
            whose = "" if subject == CLASS else names.get(subject, "")
            yield (
                Entry(number, step, paper, whose, words=_("in the record: %(what)s") % {"what": words}),
                None,
            )


def _uploaded(row: FilePaper, number: str, step: str, paper: str) -> tuple[Entry, bytes]:
    content = row.kept.bytes()
    whose = _named(row.member) if row.member else ""
    parts = [number, safe(step), safe(paper), *([safe(whose)] if whose else []), f"{row.copy:02}"]
    name = f"{'_'.join(parts)}.{SUFFIXES.get(row.media_type, 'bin')}"
    said = _("handed in by %(who)s on %(day)s") % {
        "who": row.handed_by.name,
        "day": localtime(row.handed_at).date().isoformat(),
    }
    return _entry(number, step, paper, whose, name, str(row.version), content, said), content


def _entry(
    number: str, step: str, paper: str, whose: str, name: str, version: str, content: bytes, words: str
) -> Entry:
    digest = hashlib.sha256(content).hexdigest()
    return Entry(number, step, paper, whose, name, version, len(content), digest, words)


def _named(row: FilePerson) -> str:
    return f"{row.enrolment.number} {row.person.name}"


def _roster(contents: Contents, *, passed: bool) -> bytes:
    rows = [row for row in contents.people if not row.excluded]
    if passed:
        rows = [row for row in rows if row.outcome in ("certified", "uncertified")]
    header = [_("student number"), _("name"), _("first day"), _("outcome")]
    told: list[Row] = [
        (row.enrolment.number, row.person.name, row.enrolment.starts_on, str(OUTCOMES[row.outcome]))
        for row in rows
    ]
    return write_xlsx([OutSheet(_("Roster"), header, told, text_columns=frozenset({0}))])


def _workbook(contents: Contents) -> bytes:
    index = [
        _("No."),
        _("step"),
        _("paper"),
        _("whose"),
        _("file"),
        _("version"),
        _("bytes"),
        "SHA-256",
        _("note"),
    ]
    entries: list[Row] = [
        (
            one.number,
            one.step,
            one.paper,
            one.whose,
            one.name,
            one.version,
            one.size or None,
            one.sha256,
            one.words,
        )
        for one in contents.entries
    ]
    people: list[Row] = [
        (
            row.enrolment.number,
            row.person.name,
            str(OUTCOMES[row.outcome]),
            row.months if row.outcome == "left" else None,
            str(EXCLUSIONS.get(row.excluded, "")),
            row.words,
        )
        for row in contents.people
    ]
    steps: list[Row] = [
        (row.on, str(MOVES[row.move]), row.person.name if row.person else "", row.words)
        for row in contents.events
    ]
    head = [_("student number"), _("name"), _("outcome"), _("months"), _("does not count"), _("note")]
    return write_xlsx(
        [
            OutSheet(_("Index"), index, entries, text_columns=frozenset({0, 5})),
            OutSheet(_("Missing"), _missing_head(), list(_missing(contents))),
            OutSheet(_("People"), head, people, text_columns=frozenset({0})),
            OutSheet(_("Steps"), [_("day"), _("step"), _("who"), _("why")], steps),
        ]
    )


def _missing_head() -> list[str]:
    return [_("step"), _("paper"), _("whose"), _("there"), _("wanted")]


def _missing(contents: Contents) -> Iterator[Row]:
    names = {row.public_id: _named(row) for row in contents.people}
    for one in contents.meter.missing:
        paper = str(PAPERS.get(one.paper, one.paper))
        yield str(STEPS[one.step]), paper, names.get(one.subject, ""), one.has, one.wanted


def _page(contents: Contents) -> str:
    """The index as a page without anything from outside: links lead to the files beside it."""
    head = (_("No."), _("step"), _("paper"), _("whose"), _("file"), "SHA-256", _("note"))
    rows = format_html_join(
        "\n",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td></tr>",
        (
            (one.number, one.step, one.paper, one.whose, _link(one.name), one.sha256, one.words)
            for one in contents.entries
        ),
    )
    missing = format_html_join(
        "\n",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (tuple("" if cell is None else cell for cell in row) for row in _missing(contents)),
    )
    language = "zh-Hans" if (get_language() or "zh").startswith("zh") else "en"
    name = Text.of(contents.file.organisation.name).say(get_language() or "zh-hans")
    return format_html(
        _PAGE,
        language,
        contents.title,
        contents.title,
        name,
        _heads(head),
        rows,
        _("Missing"),
        _heads(_missing_head()),
        missing or format_html("<tr><td colspan=5>{}</td></tr>", _("Nothing is missing.")),
    )


def _link(name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', name, name) if name else mark_safe("")


def _heads(names: Sequence[str]) -> SafeString:
    return format_html_join("", "<th scope=col>{}</th>", ((name,) for name in names))


_PAGE = """<!doctype html>
<html lang="{}"><meta charset="utf-8"><title>{}</title>
<h1>{}</h1><p>{}</p>
<table border=1 cellpadding=4><tr>{}</tr>
{}
</table><h2>{}</h2><table border=1 cellpadding=4><tr>{}</tr>
{}
</table></html>
"""


def steady(workbook: bytes) -> bytes:
    """A workbook without the moment at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(out, "w") as made:
        for part in given.infolist():
            _put(made, part.filename, _STAMPS.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", given.read(part)))
    return out.getvalue()
