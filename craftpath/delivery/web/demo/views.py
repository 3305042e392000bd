"""Sign in as somebody of the demo, and a filled mark sheet to import."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.demo.cast import cast
from craftpath.delivery.web.demo.sheet import marks_sheet
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.rules import may_record_marks
from craftpath.kernel.access import Actor
from craftpath.values.verdict import require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the cast, and nobody else, without a password."""
    wanted = request.POST.get("person", "")
    player = next((row for row in cast() if row.person.public_id == wanted), None)
    if player is None:
        raise Http404
    logout(request)
    if player.person.must_change_password:
        # Somebody tried the slips on the cast: a visitor could not know the password that is asked for next.
        player.person.must_change_password = False
        player.person.save(update_fields=["must_change_password"])
    login(request, player.person)
    return redirect("desks:home", player.organisation.key)


@require_GET
def sheet(request: HttpRequest, organisation: str, evaluation: str) -> HttpResponse:
    """A mark sheet for what is still open, as a teacher would hand it in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(evaluations(), public_id=evaluation)
    require(may_record_marks(actor, found.cohort))
    language = translation.get_language() or "zh-hans"
    response = HttpResponse(marks_sheet(found, language), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="marks-{found.public_id}.xlsx"'
    return response
