"""The live meter of a file: how much of each step is there, what is missing, who can supply it, who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.exchange.subsidies.recognising import Known, in_record
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.subsidies.saying import some
from craftpath.domain.subsidies import papering
from craftpath.domain.subsidies.papering import CLASS
from craftpath.domain.subsidies.texts import PAPERS, STEPS

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePaper, FilePerson, SubsidyFile
    from craftpath.engines.allowances.subsidies import Completeness, Meter, Missing


@dataclass(frozen=True, slots=True)
class Dial:
    """One step: how much of it is there, and the arc of its ring (of 100)."""

    step: str
    name: str
    whole: int
    wanted: int
    percent: int
    arc: str


@dataclass(frozen=True, slots=True)
class Lack:
    """A paper that is not there often enough: of the class, or of so many people."""

    step: str
    paper: str
    name: str
    role: str
    has: int
    wanted: int
    subjects: Sequence[str]

    @property
    def of_people(self) -> bool:
        """Whether each person has one of it."""
        return self.subjects != (CLASS,)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the page shows of the meter; `missing` counts papers, however many people lack one."""

    dials: Sequence[Dial]
    lacks: Sequence[Lack]
    known: Known
    percent: int | None
    missing: int
    found: Completeness = field(repr=False)


def gauge_of(
    request: Request, row: SubsidyFile, people: Sequence[FilePerson], papers: Sequence[FilePaper]
) -> Gauge:
    """The meter with what the record of the house has; the same queries however many people."""
    from craftpath.engines.allowances.subsidies import Present  # noqa: PLC0415 - brings NumPy along

    known = in_record(row, people, request.today)
    present = [Present(paper, subject) for paper, subject in known]
    found = papering.meter(row, people, [*papering.uploaded(papers), *present])
    lacks = list(_lacks(found))
    share = found.file.share
    return Gauge(
        [dial for step, meter in found.steps.items() if (dial := _dial(step, meter)) is not None],
        lacks,
        known,
        None if share is None else int(share * 100),
        len(lacks),
        found,
    )


def _dial(step: str, meter: Meter) -> Dial | None:
    if meter.share is None:
        return None
    percent = int(meter.share * 100)
    return Dial(step, str(STEPS[step]), meter.whole, meter.wanted, percent, f"{float(meter.share) * 100:.2f}")


def _lacks(found: Completeness) -> Sequence[Lack]:
    by_paper: dict[tuple[str, str], list[Missing]] = {}
    for one in found.missing:
        by_paper.setdefault((one.step, one.paper), []).append(one)
    return [
        Lack(
            step,
            paper,
            str(PAPERS.get(paper, paper)),
            some[0].role,
            sum(one.has for one in some),
            sum(one.wanted for one in some),
            tuple(one.subject for one in some),
        )
        for (step, paper), some in by_paper.items()
    ]


def said(lack: Lack, names: Mapping[str, str]) -> str:
    """3 of 10 there; or of how many people it is missing."""
    if lack.of_people:
        facts = {
            "count": len(lack.subjects),
            "names": some(sorted(names[one] for one in lack.subjects if one in names)),
        }
        return _("missing of %(count)s people: %(names)s") % facts
    return _("%(has)s of %(wanted)s there") % {"has": lack.has, "wanted": lack.wanted}
