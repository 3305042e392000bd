"""Where an organisation asks its staff for a second factor, whoever has none yet is led to set one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from craftpath.kernel.factors import has_second_factor, is_staff

Next = Callable[[HttpRequest], HttpResponse]


def second_factor(get_response: Next) -> Next:
    """Middleware behind the scope: one query more, and only where a second factor is asked for."""

    def answer(request: HttpRequest) -> HttpResponse:
        actor: Any = getattr(request, "actor", None)
        asked = actor is not None and actor.organisation.asks_second_factor and is_staff(actor)
        if asked and not has_second_factor(actor.person):
            return redirect(f"{reverse('mfa_index')}?asked={actor.organisation.key}")
        return get_response(request)

    return answer
