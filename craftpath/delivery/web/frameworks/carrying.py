"""Frameworks going out: as a CASE package, a workbook, a text table; and the empty form to fill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.frameworks.case_out import Outside, write_case
from craftpath.delivery.exchange.frameworks.table_out import TEMPLATE, write_book, write_table
from craftpath.delivery.web.frameworks.places import found
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.standards import queries
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.standards.content import Content
    from craftpath.domain.standards.models import Framework

JSON = "application/json"


@require_GET
def export(request: Request, organisation: str, framework: str, form: str) -> HttpResponse:
    """A version with its crosswalks, as a file that comes back the same."""
    row = found(framework)
    content = queries.content_of(row, queries.pairs_touching(row.key))
    name = f"{row.key}-v{row.version}"
    if form == "xlsx":
        return attachment(write_book(content), f"{name}.xlsx", XLSX)
    if form == "csv":
        return attachment(write_table(content), f"{name}.csv", CSV)
    if form == "json":
        whole = _at_home(request, row, content)
        return attachment(write_case(whole, _outside(whole)), f"{name}.case.json", JSON)
    raise Http404


def _at_home(request: Request, row: Framework, content: Content) -> Content:
    """With the addresses at which this site shows it, for whatever was not published elsewhere before."""

    def page(name: str, *ids: str) -> str:
        return request.build_absolute_uri(reverse(name, args=[request.organisation.key, row.public_id, *ids]))

    nodes = [replace(node, uri=node.uri or page("frameworks:skill", node.key)) for node in content.nodes]
    return replace(content, uri=content.uri or page("frameworks:framework"), nodes=tuple(nodes))


def _outside(content: Content) -> dict[str, Outside]:
    """What its crosswalks point at; one query."""
    language = get_language() or "zh"
    named = queries.skills_by_key(pair.other for pair in content.pairs)
    return {
        key: Outside(skill.identifier, skill.uri, Text.of(skill.name).say(language))
        for key, skill in named.items()
    }


@require_GET
@needs(Permission.EDIT_FRAMEWORKS)
def template(request: Request, organisation: str, form: str) -> HttpResponse:
    """A form with two lines that show how it is meant."""
    if form == "xlsx":
        return attachment(write_book(TEMPLATE), "framework.xlsx", XLSX)
    if form == "csv":
        return attachment(write_table(TEMPLATE), "framework.csv", CSV)
    raise Http404
