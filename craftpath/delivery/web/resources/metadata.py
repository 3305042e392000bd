"""What catalogues are told of one resource, as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from craftpath.delivery.exchange.resources import described, dublin_core, lom
from craftpath.delivery.web.resources.places import seen
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.resources import rules
from craftpath.values.verdict import require

_WRITERS = {"lom": lom.written, "dc": dublin_core.written}


@require_safe
def metadata(request: Request, organisation: str, resource: str, form: str) -> HttpResponse:
    """LOM or Dublin Core; of what its licence keeps in the house, nothing."""
    row = seen(request, resource)
    if form not in _WRITERS or row.state != "shared":
        raise Http404
    require(rules.may_pass_on(row))
    content = _WRITERS[form](described.description(row))
    return attachment(content, f"{row.public_id}-{form}.xml", "application/xml")
