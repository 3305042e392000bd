"""The worker's part of a print run: make the papers, print them, pack them, and only then say that it is done.

Nothing is written to the database before all of it is there, so a killed worker leaves a folder that the next one
clears away, and a run that was finished meanwhile, or taken back, keeps nothing twice.
"""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from craftpath.delivery.exchange.layout_run import OWN_FORM, own_form
from craftpath.delivery.exchange.pressroom import SECONDS, Came, Sheet, Together, print_all
from craftpath.delivery.exchange.printout_books import printout_book
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.delivery.exchange.printouts import certificates as issued
from craftpath.delivery.exchange.printouts.attendance import CERTIFICATES, certificates, standing
from craftpath.delivery.exchange.printouts.batches import (
    SHEETS,
    WHOLE,
    Made,
    Wanted,
    batches,
    everybody,
    on_paper,
)
from craftpath.delivery.exchange.printouts.naming import file_name, safe
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.certificates.queries import batches as batches_of_certificates
from craftpath.domain.certificates.rules import may_issue
from craftpath.domain.evaluation.rules import may_see_results
from craftpath.domain.workshops.queries import workshops
from craftpath.domain.workshops.rules import may_run
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.printruns import Printed, PrintRun, finish_print, refuse_print, still_wanted
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, not_now, require

LONGEST = 13 * 60  # seconds: a job that runs for longer than fifteen minutes is taken for dead
_LOOK = 1.0  # seconds between two looks whether it is wanted still


def folder(run: PrintRun) -> Path:
    """Where a run is put together: a place of its own, cleared by whoever runs it again."""
    return Path(settings.VAR) / "printing" / run.public_id


def clear_away(now: float) -> None:
    """Take away what killed workers left behind for more than a day: papers, and the opened insides of bundles."""
    for place in (Path(settings.VAR) / "printing", Path(settings.VAR) / "bundles"):
        for left in place.iterdir() if place.is_dir() else ():
            if left.stat().st_mtime < now - 24 * 3600:
                shutil.rmtree(left, ignore_errors=True)


def carry_out(run: PrintRun, *, by: Actor, at: datetime) -> None:
    """Print what was asked for, unless it was done or taken back; a refusal is kept for whoever asked."""
    if run.state != "asked":
        return
    place = folder(run)
    shutil.rmtree(place, ignore_errors=True)
    try:
        with progress.counting(run.public_id, "print"):
            place.mkdir(parents=True)
            printed = _Run(run, place, by, at).printed()
            if printed is not None:
                progress.step("packing", 0, 1)
                finish_print(run, printed, by=by, at=at)
    except Refused as refused:
        refuse_print(run, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        refuse_print(run, not_now("kernel.print_failed"), by=by, at=at)
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a run prints: about what, about how many, and the papers a few dozen at a time."""

    name: Text
    total: int
    batches: Iterator[list[Made]]


@dataclass(slots=True)
class _Run:
    """One run on its way."""

    run: PrintRun
    place: Path
    by: Actor
    at: datetime
    papers: list[Made] = field(default_factory=list)
    left: dict[int, Verdict] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    made: int = 0
    unwanted: bool = False
    began: float = field(default_factory=time.monotonic)
    looked: float = 0.0

    def printed(self) -> Printed | None:
        """The files; None if the wish was taken back."""
        wanted = Wanted.of(self.run.wanted)
        archive = self.place / "archive.zip"
        if wanted.paper == OWN_FORM:
            return self._own_form(wanted, archive)
        lot = self._lot(wanted)
        with zipfile.ZipFile(archive, "w", allowZip64=True) as packed:
            if wanted.form == "xlsx":
                self._books(lot, wanted, packed)
            else:
                self._pages(lot, wanted, packed)
        if self.unwanted or not still_wanted(self.run):
            return None
        if not self.made:
            raise Refused(self._why_nothing())
        name = safe(lot.name.say("en" if wanted.language == "en" else "zh"))
        return Printed(
            (archive, f"{name}.zip"),
            self._together(name) if len(self._parts()) == 1 else None,
            self.made,
            [self._named(place) for place in sorted(self.left)],
        )

    def _own_form(self, wanted: Wanted, archive: Path) -> Printed | None:
        """The office's own form: nothing is laid out, so there is nothing to print together."""
        form = own_form(wanted, by=self.by, today=localdate(self.at))
        left: list[dict[str, Any]] = []
        with zipfile.ZipFile(archive, "w", allowZip64=True) as packed:
            for done, one in enumerate(form.files, start=1):
                if self._stopped():
                    return None
                if one.fault is None:
                    self._write(packed, one.name, one.content)
                else:
                    left.append(_why(one.number, one.person, one.fault))
                progress.step("printing", done, form.total)
        if not self.made:
            raise Refused(not_now(left[0]["reason"], **left[0]["facts"]))
        return Printed((archive, f"{safe(form.title)}.zip"), None, self.made, left)

    def _lot(self, wanted: Wanted) -> _Lot:
        if wanted.paper == CERTIFICATES:
            return self._of_workshop()
        return self._of_batch() if wanted.paper == issued.PAPER else self._of_cohort(wanted)

    def _of_cohort(self, wanted: Wanted) -> _Lot:
        require(may_see_results(self.by))
        cohort = cohorts().filter(public_id=self._subject).first()
        if cohort is None:  # whoever asked does not see it any more
            raise Refused(not_now("kernel.print_without_role"))
        if wanted.paper == SHEETS:
            require(self.by.may(Permission.IMPORT_MARKS))
            total = on_paper(wanted, cohort)[1].count()
        else:
            total = 1 if wanted.paper in WHOLE else everybody(cohort).count()
        agreements = bool(self.by.may(Permission.SEE_AGREEMENTS))
        made = batches(wanted, cohort, agreements=agreements, today=localdate(self.at), at=self.at)
        return _Lot(Text.of(cohort.name), total, made)

    def _of_workshop(self) -> _Lot:
        workshop = workshops().filter(public_id=self._subject).first()
        if workshop is None:
            raise Refused(not_now("kernel.print_without_role"))
        require(may_run(self.by, workshop))
        return _Lot(workshop.name, standing(workshop).count(), certificates(workshop))

    def _of_batch(self) -> _Lot:
        batch = batches_of_certificates().filter(public_id=self._subject).first()
        if batch is None:
            raise Refused(not_now("kernel.print_without_role"))
        require(may_issue(self.by, batch.organisation))
        return _Lot(Text.of(batch.kind.title), issued.standing(batch).count(), issued.papers(batch))

    @property
    def _subject(self) -> str:
        return Ref.parse(self.run.subject).public_id

    def _books(self, lot: _Lot, wanted: Wanted, packed: zipfile.ZipFile) -> None:
        for some in lot.batches:
            for made in some:
                if self._stopped():
                    return
                self.papers.append(made)
                self._pack(packed, made, wanted, printout_book(made.printout, wanted.language))
                progress.step("printing", len(self.papers), lot.total)

    def _pages(self, lot: _Lot, wanted: Wanted, packed: zipfile.ZipFile) -> None:
        done = 0
        try:
            seconds = LONGEST if wanted.paper in WHOLE else SECONDS
            sheets = self._sheets(lot, wanted)
            for result in print_all(sheets, stopped=lambda: self.unwanted, seconds=seconds):
                if isinstance(result, Together):
                    (self.place / f"{result.chunk:03}.pdf").write_bytes(result.pdf)
                elif result.fault is not None:
                    self.left[result.place] = result.fault
                else:
                    self._pack(packed, self.papers[result.place], wanted, result.pdf)
                done += isinstance(result, Came)
                progress.step("printing", done, lot.total)
                self._stopped()
        except BaseException:
            self.unwanted = True  # those that print leave off after the paper in hand
            raise
        parts = self._parts()
        for number, part in enumerate(parts if self.made > 1 else (), start=1):
            english = wanted.language == "en"
            title = "all-to-print" if english else "全部合并打印"
            packed.write(part, f"{title}.pdf" if len(parts) == 1 else f"{title}-{number:02}.pdf")

    def _sheets(self, lot: _Lot, wanted: Wanted) -> Iterator[list[Sheet]]:
        """Pages of HTML, chunk by chunk; a paper that cannot be laid out, for a character say, is left by its name."""
        for some in lot.batches:
            sheets = []
            for made in some:
                place = len(self.papers)
                self.papers.append(made)
                try:
                    laid_out = made.page() if made.page else printout_page(made.printout, wanted.language)
                    sheets.append(Sheet(place, laid_out))
                except Refused as refused:
                    self.left[place] = refused.verdict
            if sheets:
                yield sheets

    def _pack(self, packed: zipfile.ZipFile, made: Made, wanted: Wanted, content: bytes) -> None:
        name = file_name(made.printout, wanted.language, wanted.form, number=made.number, name=made.name)
        self._write(packed, name, content)

    def _write(self, packed: zipfile.ZipFile, name: str, content: bytes) -> None:
        stem, _, ending = name.rpartition(".")
        times = 1
        while name.casefold() in self.names:  # two numbers that differ in what no file name may hold
            times += 1
            name = f"{stem}-{times}.{ending}"
        self.names.add(name.casefold())
        packed.writestr(name, content, zipfile.ZIP_STORED)  # all of them are packed already
        self.made += 1

    def _parts(self) -> list[Path]:
        return sorted(self.place.glob("[0-9][0-9][0-9].pdf"))

    def _together(self, name: str) -> tuple[Path, str]:
        return self._parts()[0], f"{name}.pdf"

    def _stopped(self) -> bool:
        """Whether to leave off: looked up once a second."""
        now = time.monotonic()
        if now - self.looked > _LOOK:
            self.looked = now
            self.unwanted = self.unwanted or not still_wanted(self.run)
            if now - self.began > LONGEST:
                self.unwanted = True
                raise Refused(not_now("exchange.print_run_too_long", most=LONGEST // 60))
        return self.unwanted

    def _why_nothing(self) -> Verdict:
        faults = list(self.left.values())
        return faults[0] if faults else not_now("exchange.nothing_to_print")

    def _named(self, place: int) -> dict[str, Any]:
        made, fault = self.papers[place], self.left[place]
        return _why(made.number, made.name, fault)


def _why(number: str, name: str, fault: Verdict) -> dict[str, Any]:
    facts = {name: value if isinstance(value, int) else str(value) for name, value in fault.facts.items()}
    return {"number": number, "name": name, "reason": fault.reason, "facts": facts}
