"""What a gate asks, as a form that cannot be saved wrong: each kind of condition once, and papers by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.progression.trail import found, to_gate
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.progression import actions, queries, rules
from craftpath.domain.progression.conditions import KINDS, SHARED, Condition
from craftpath.domain.progression.texts import CONDITIONS, GATES, SUPPLIERS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import Stage

PAPERS = 5  # places for papers
FIXED = ("agreement", "result")  # what nobody waives unless the gate itself says so


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form, as it was typed or as it stands."""

    name: str
    kind: str
    label: str
    on: bool
    share: str = ""
    months: str = ""
    by: str = "college"
    waivable: bool = True
    zh: str = ""
    en: str = ""

    @property
    def shared(self) -> bool:
        """Whether it asks for a share."""
        return self.kind in SHARED


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_SCHEMES)
def shape(request: Request, organisation: str, cohort: str, stage: str, kind: str) -> HttpResponse:
    """Show and save what this gate asks at this organisation; a new version, whole."""
    row, at = found(cohort, stage, kind)
    require(rules.may_shape(request.actor, request.organisation))
    if request.method == "POST":
        rows = _typed(request)
        try:
            actions.save_gate(
                request.organisation,
                at,
                kind,
                [_written(one) for one in rows if one.on],
                version=_version_read(request),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            messages.warning(request, sentence(refused.verdict))
            return _page(request, row, at, kind, rows, status=409)
        messages.success(request, _("Saved. It holds from now on; decisions made before stand as they were."))
        return redirect("progression:gate", organisation, cohort, stage, kind)
    return _page(request, row, at, kind, _standing(queries.conditions_of(row, at, kind)))


def _page(
    request: Request, row: Cohort, at: Stage, kind: str, rows: list[Row], *, status: int = 200
) -> HttpResponse:
    standing = queries.gate_of(request.organisation, at, kind)
    own = standing is not None and standing.organisation_id == request.organisation.pk
    context = {
        "cohort": row,
        "stage": at,
        "kind": kind,
        "name": GATES[kind],
        "rows": [one for one in rows if one.kind != "document"],
        "papers": [one for one in rows if one.kind == "document"],
        "suppliers": SUPPLIERS.items(),
        "version": standing.version if standing is not None and own else 0,
        "standing": standing,
        "crumbs": to_gate(request, row, at, kind, here(_("What it asks"))),
    }
    return render(request, "progression/shape.html", context, status=status)


def _standing(conditions: tuple[Condition, ...]) -> list[Row]:
    by_kind = {one.kind: one for one in conditions if one.kind != "document"}
    papers = [one for one in conditions if one.kind == "document"]
    rows = [_row(kind, by_kind.get(kind)) for kind in KINDS if kind != "document"]
    rows += [_paper(n, papers[n] if n < len(papers) else None) for n in range(max(PAPERS, len(papers) + 1))]
    return rows


def _row(kind: str, one: Condition | None) -> Row:
    percent = "80" if one is None or one.share is None else f"{round(100 * one.share)}"
    return Row(
        name=kind,
        kind=kind,
        label=str(CONDITIONS[kind]),
        on=one is not None,
        share=percent if kind in SHARED else "",
        months=str(one.months if one else 12) if kind == "months" else "",
        by=one.by if one else "college",
        waivable=one.waivable if one else kind not in FIXED,
    )


def _paper(n: int, one: Condition | None) -> Row:
    return Row(
        name=one.key if one else f"paper-{n + 1}",
        kind="document",
        label=str(CONDITIONS["document"]),
        on=one is not None,
        by=one.by if one else "apprentice",
        waivable=one.waivable if one else True,
        zh=one.name.zh if one else "",
        en=one.name.en if one else "",
    )


def _typed(request: Request) -> list[Row]:
    """The form as it came: what was typed stays, whether it can be saved or not."""
    given = {name: str(value).replace("\0", "").strip()[:120] for name, value in request.POST.items()}
    rows = [
        Row(
            name=kind,
            kind=kind,
            label=str(CONDITIONS[kind]),
            on=f"on-{kind}" in given,
            share=given.get(f"share-{kind}", "") if kind in SHARED else "",
            months=given.get(f"months-{kind}", "") if kind == "months" else "",
            by=given.get(f"by-{kind}", ""),
            waivable=f"waivable-{kind}" in given,
        )
        for kind in KINDS
        if kind != "document"
    ]
    names = [name.removeprefix("zh-") for name in given if name.startswith("zh-")][: PAPERS + 20]
    for name in names:
        zh, en = given.get(f"zh-{name}", ""), given.get(f"en-{name}", "")
        by, waivable = given.get(f"by-{name}", ""), f"waivable-{name}" in given
        label = str(CONDITIONS["document"])
        rows.append(Row(name, "document", label, bool(zh or en), by=by, waivable=waivable, zh=zh, en=en))
    return rows


def _written(row: Row) -> dict[str, Any]:
    kept: dict[str, Any] = {"kind": row.kind, "key": row.name[:40], "by": row.by, "waivable": row.waivable}
    if row.shared:
        kept["share"] = f"{row.share}/100"
    if row.kind == "months":
        kept["months"] = int(row.months) if row.months.isascii() and row.months.isdigit() else 0
    if row.kind == "document":
        kept["name"] = {"zh": row.zh or row.en, "en": row.en or row.zh}
    return kept


def _version_read(request: Request) -> int:
    value = request.POST.get("version", "")
    return int(value[:6]) if value.isascii() and value.isdigit() else -1
