"""One file: where it stands, what is to be done, its money line by line, its meter, its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.forms import DayForm, DemandForm, ReasonForm
from craftpath.delivery.web.subsidies.gauge import Gauge, gauge_of
from craftpath.delivery.web.subsidies.places import READERS, decides, file_tabs, files, found, to_file
from craftpath.domain.subsidies import queries, reckoning
from craftpath.domain.subsidies.states import FILE, STEP_OF, STEPS
from craftpath.domain.subsidies.texts import MOVES, PACK_STATES
from craftpath.domain.subsidies.texts import STEPS as STEP_NAMES
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FileEvent, FilePerson, SubsidyFile

OFFICE_VERBS = ("register", "return", "advance", "notice", "settle", "pay", "demand", "refund")
CLAIMANT_VERBS = ("file", "claim", "withdraw")
DATED = {"advance", "notice", "settle", "pay", "refund"}


@dataclass(frozen=True, slots=True)
class Money:
    """A sum that was decided, or that would come out today."""

    title: str
    sentence: str
    lines: Sequence[saying.MoneyLine]
    total: str
    total_label: str
    frozen: str
    breaches: Sequence[str] = ()


@require_GET
@needs(*READERS)
def file(request: Request, organisation: str, file: str) -> HttpResponse:
    """Everybody who sees the file reads all of it; who may do something finds the button."""
    return render(request, "subsidies/file.html", page_of(request, found(file)))


def page_of(
    request: Request, row: SubsidyFile, *, wrong: str = "", form: Form | None = None
) -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused, `form` is it with what was typed."""
    people, events = queries.people_of(row), queries.events_of(row)
    gauge = gauge_of(request, row, people, queries.papers_of(row))
    may = may_do(request, row)
    forms: dict[str, Any] = _forms(request, row, may)
    if wrong:
        forms[wrong] = form
    return {
        "file": row,
        "title": saying.title(row),
        "badge": saying.badge(row),
        "scheme": saying.scheme_name(row.scheme),
        "counted": sum(not one.excluded for one in people),
        "steps": [{"label": str(STEP_NAMES[key])} for key in STEPS],
        "current": STEPS.index(STEP_OF[row.state]) + 1,
        "may": may,
        "forms": forms,
        "wrong": wrong,
        "todo": _todo(row, may),
        "returned": _returned(row, events),
        "money": list(_money(request, row, people, events)),
        "gauge": gauge,
        "events": [_event(one) for one in reversed(events)],
        "packs": [(one, PACK_STATES[one.state]) for one in queries.packs_of(row)],
        "refund": saying.amount(row.refund, saying.currency(row)),
        "tabs": file_tabs(request, row, "file", _counts(gauge, people)),
        "crumbs": to_file(request, row),
    }


def _counts(gauge: Gauge, people: Sequence[FilePerson]) -> dict[str, int]:
    return {"people": len(people), **({"papers": gauge.missing} if gauge.missing else {})}


def may_do(request: Request, row: SubsidyFile) -> dict[str, bool]:
    """Which buttons the reader finds; the actions ask again."""
    office, mine = decides(request.actor, row), files(request.actor, row)
    apart = office and request.user.pk not in queries.filers(row)
    may = {verb: apart and FILE.can(row.state, verb) for verb in OFFICE_VERBS}
    may |= {verb: mine and FILE.can(row.state, verb) for verb in CLAIMANT_VERBS}
    may["complete"] = mine and FILE.can(row.state, "complete")
    less = (row.balance or 0) < 0
    may["pay"] = may["pay"] and not less
    may["demand"] = may["demand"] and (less if row.state == "settled" else bool(row.advance))
    may["settle"] = may["settle"] and (row.notice_ends_on is None or request.today > row.notice_ends_on)
    may["advance"] = may["advance"] and bool(row.scheme.definition.get("advance"))
    return may


def _forms(request: Request, row: SubsidyFile, may: dict[str, bool]) -> dict[str, Form]:
    first = {"on": max(row.since, request.today)}
    made: dict[str, Form] = {
        verb: DayForm(auto_id=f"{verb}_%s", initial=first) for verb in DATED if may[verb]
    }
    made |= {verb: ReasonForm(auto_id=f"{verb}_%s") for verb in ("return", "withdraw") if may[verb]}
    if may["demand"]:
        made["demand"] = DemandForm(auto_id="demand_%s", initial={**first, "by_day": row.refund_by})
    return made


def _todo(row: SubsidyFile, may: dict[str, bool]) -> str:
    """What the reader, or the other side, does next."""
    words = {
        "draft": _("Put the papers together, look at who counts, and file the plan."),
        "filed": _("The authority checks the plan, and registers or returns it."),
        "returned": _("Mend what is named below, and file the plan again."),
        "registered": _("The plan is registered. The advance comes next, where the scheme pays one."),
        "advanced": _("The training runs. When it ends, say of everybody what became of it."),
        "completed": _("Claim what was finished; nobody can claim these years again."),
        "claimed": _("The authority checks the claim, and begins the public notice or returns it."),
        "claim_returned": _("Mend what is named below, and claim again; the years stay yours."),
        "settled": _("The sum is decided. The authority pays it out, or demands what was too much."),
        "closed": _("Everything is paid. The file stays for audits."),
        "withdrawn": _("This file was withdrawn; nothing more happens in it."),
    }
    if row.state == "noticed" and row.notice_ends_on:
        return _("Public notice until %(day)s; the claim is settled after it.") % {
            "day": day(row.notice_ends_on)
        }
    if row.state == "refund_due" and row.refund_by:
        facts = {"amount": saying.amount(row.refund, saying.currency(row)), "day": day(row.refund_by)}
        return _("%(amount)s are to be given back by %(day)s.") % facts
    return words.get(row.state, "")


def _returned(row: SubsidyFile, events: Sequence[FileEvent]) -> str:
    if row.state not in ("returned", "claim_returned"):
        return ""
    return next((one.words for one in reversed(events) if one.move == "return"), "")


def _event(one: FileEvent) -> dict[str, str]:
    who = one.person.name if one.person else _("the program")
    note = f"{day(one.on)} · {who}"
    handed = len(one.handed)
    if handed:
        note += " · " + _("%(count)s uploads") % {"count": handed}
    return {"label": str(MOVES[one.move]), "note": note + (f" · {one.words}" if one.words else "")}


def _money(
    request: Request, row: SubsidyFile, people: Sequence[FilePerson], events: Sequence[FileEvent]
) -> Any:
    """The advance and the settlement: as they were frozen, else as they would come out today."""
    unit = saying.currency(row)
    kept = {one.move: one for one in events if one.move in ("advance", "settle")}
    advance, settled = kept.get("advance"), kept.get("settle")
    try:
        if advance is not None:
            yield _sum(_("Advance"), advance.figures["steps"], unit, _("paid"), advance.on)
        elif row.state in ("draft", "filed", "returned", "registered") and row.scheme.definition.get(
            "advance"
        ):
            steps = reckoning.lines(reckoning.advance_of(row, row.heads or _counted(people)).steps)
            yield _sum(_("Advance"), steps, unit, _("to be paid"), None)
        if settled is not None:
            yield _sum(
                _("Settlement"), settled.figures["steps"], unit, _label(row.balance), settled.on,
                [saying.measure(one) for one in settled.figures.get("breaches", ())],
            )  # fmt: skip
        elif any(one.outcome != "training" for one in people):
            found_ = reckoning.settlement_of(row, people, request.today)
            breaches = [
                {"measure": b.bound.measure, "least": b.bound.least, "most": b.bound.most}
                for b in found_.breaches
            ]
            steps = reckoning.lines(found_.steps)
            yield _sum(
                _("Settlement"), steps, unit, _label(found_.balance.minor), None,
                [saying.measure(one) for one in breaches],
            )  # fmt: skip
    except Refused as refused:
        yield Money(_("Cannot be worked out yet"), sentence(refused.verdict), (), "", "", "")


def _counted(people: Sequence[FilePerson]) -> int:
    return sum(not one.excluded for one in people)


def _label(balance: int | None) -> str:
    return _("to be given back") if (balance or 0) < 0 else _("balance to be paid")


def _sum(
    title: str, steps: Sequence[Any], unit: str, label: str, on: Any, breaches: Sequence[str] = ()
) -> Money:
    total = sum(one["amount"] for one in steps)
    frozen = _("decided on %(day)s") % {"day": day(on)} if on else _("as it would come out today")
    return Money(
        title, saying.sentence(steps, unit), saying.lines(steps, unit), saying.amount(abs(total), unit), label,
        frozen, breaches,
    )  # fmt: skip
