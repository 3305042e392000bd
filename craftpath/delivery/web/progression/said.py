"""How findings are said: what is asked, how far it is, who can supply what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.progression.findings import Finding, Report
from craftpath.domain.progression.texts import CONDITIONS, DETAILS, SUPPLIERS
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in words: `percent` draws its bar, None where there is no figure."""

    finding: Finding
    label: str
    figures: str
    percent: int | None
    badge: str
    tone: str
    note: str
    supplier: str

    @property
    def short(self) -> str:
        """What is missing in one chip."""
        return f"{self.label} {self.figures}" if self.figures else self.label


def said(finding: Finding) -> Said:
    """A finding as a page shows it."""
    met, missing = pgettext("a condition", "met"), pgettext("a condition", "missing")
    badge, tone = (met, "good") if finding.met else (missing, "attention")
    note = str(DETAILS.get(finding.detail, ""))
    if finding.waived:
        badge, tone, note = _("waived"), "info", finding.waived_because
    if finding.noted:
        note = _("noted by %(name)s") % {"name": finding.noted}
    return Said(
        finding=finding,
        label=label_of(finding.condition.kind, finding.label),
        figures=_figures(finding),
        percent=_percent(finding),
        badge=badge,
        tone=tone,
        note=note,
        supplier=str(SUPPLIERS[finding.condition.by]),
    )


def label_of(kind: str, label: Text | dict[str, Any]) -> str:
    """What a condition asks: the name of the paper or of the kind of hours, else the words of its kind."""
    named = text(label)
    if kind == "hours" and named:
        return _("Hours: %(name)s") % {"name": named}
    return named or str(CONDITIONS[kind])


def lines(report: Report) -> list[Said]:
    """All findings of a report."""
    return [said(one) for one in report.findings]


def _figures(finding: Finding) -> str:
    if finding.have is None or finding.want is None:
        return ""
    facts = {"have": finding.have, "want": finding.want}
    if finding.unit == "minutes":
        return _("%(have)s, at least %(want)s") % {"have": hours(finding.have), "want": hours(finding.want)}
    if finding.unit == "percent":
        return _("%(have)s%%, at least %(want)s%%") % facts
    if finding.unit == "weeks":
        return (
            ngettext("%(have)s week, at least %(want)s", "%(have)s weeks, at least %(want)s", finding.have)
            % facts
        )
    if finding.unit == "months":
        return (
            ngettext("%(have)s month, at least %(want)s", "%(have)s months, at least %(want)s", finding.have)
            % facts
        )
    return _("%(have)s of %(want)s") % facts


def _percent(finding: Finding) -> int | None:
    if finding.have is None or not finding.want:
        return None
    return max(0, min(100, 100 * finding.have // finding.want))


@dataclass(frozen=True, slots=True)
class Held:
    """A condition with how many it holds back, for the chart of what is missing most."""

    label: str
    supplier: str
    count: int
    percent: int


def held_by(reports: Iterable[Report]) -> list[Held]:
    """What holds people back, most first."""
    every = list(reports)
    count: Counter[str] = Counter()
    shown: dict[str, Said] = {}
    for report in every:
        for finding in report.missing:
            count[finding.name] += 1
            shown.setdefault(finding.name, said(finding))
    return [
        Held(shown[name].label, shown[name].supplier, some, 100 * some // len(every))
        for name, some in count.most_common()
    ]


def snapshot(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings that a passage keeps, in words."""
    return [
        {"label": label_of(row["kind"], row["label"]), "waived": row["waived"], "because": row["because"]}
        for row in rows
    ]
