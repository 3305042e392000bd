"""What the person reads whose two records were made one: who did it, when and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from craftpath.delivery.web.people.nouns import by_noun
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.kernel.twins.queries import own_merges


@require_safe
def merged(request: Request, merge: str) -> HttpResponse:
    """One merge of one's own."""
    row = get_object_or_404(own_merges(request.user), public_id=plain_id(merge))
    return render(request, "accounts/merged.html", {"row": row, "moved": by_noun(row.moved)})
