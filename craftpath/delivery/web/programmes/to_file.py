"""A scheme as the file that `craftpath evaluate` takes: read back, it is the same scheme."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tomli_w
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.programmes import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import EvaluationScheme

FIGURES = frozenset({"weight", "max", "value", "target", "late", "left_early", "partly", "share", "points"})
"""Kept as texts, so that they stay exact; in a file they are numbers."""
TOML = "application/toml; charset=utf-8"


@require_GET
@needs(Permission.SEE_FIGURES, Permission.SEE_RESULTS)
def to_file(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """The whole definition, with names, for whoever may read the scheme."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    return attachment(written(row).encode(), f"{slugify(row.key)}-{row.version}.toml", TOML)


def written(scheme: EvaluationScheme) -> str:
    """The text of the file: key and name, then the definition in its own order."""
    return tomli_w.dumps(
        {"key": scheme.key, "name": scheme.name, **_table(scheme.definition)}, multiline_strings=False
    )


def _table(value: dict[str, Any]) -> dict[str, Any]:
    return {
        key: Decimal(one) if key in FIGURES and isinstance(one, str) and one else _plain(one)
        for key, one in value.items()
        if one is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _table(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
