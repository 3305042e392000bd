"""Notices of one's own: the digest of each day and what was said at once; and which topics one hears about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.waiting import TOPICS, alert_said, line_said
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.access import Actor
from craftpath.kernel.alerts import alerts_of, read_alerts
from craftpath.kernel.digests import digests_of, read_digests
from craftpath.kernel.topics import ALWAYS_SHOWN, mute_topics, muted_by

PAGE = 14
ALERTS = 20


class TopicsForm(forms.Form):
    """What one wants to hear about."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("I want to hear about"),
        choices=[(key.value, name) for key, name in TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _self(request: Request) -> Actor:
    return Actor(organisation=None, person=request.user)


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Instant notices, then digests, the newest first."""
    page = Paginator(digests_of(request.user), PAGE).get_page(request.GET.get("page"))
    alerts = list(alerts_of(request.user)[:ALERTS])
    days = [(row, [one for one in map(line_said, row.lines) if one is not None]) for row in page]
    unread = any(row.read_at is None for row in [*alerts, *page])
    context: dict[str, Any] = {
        "alerts": [(row, alert_said(row)) for row in alerts],
        "days": days,
        "page": page,
        "unread": unread,
    }
    return render(request, "accounts/inbox.html", context)


@require_POST
def read(request: Request) -> HttpResponse:
    """Everything is read."""
    by = _self(request)
    read_alerts(request.user, by=by, at=request.at)
    read_digests(request.user, by=by, at=request.at)
    return redirect("accounts:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: Request) -> HttpResponse:
    """Choose the topics; those that cannot be muted lose their mail only."""
    held = muted_by([request.user.pk]).get(request.user.pk, set())
    chosen = {"topics": [key.value for key in TOPICS if key.value not in held]}
    form = TopicsForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["topics"])
        mute_topics(
            [key.value for key in TOPICS if key.value not in wanted], by=_self(request), at=request.at
        )
        messages.success(request, _("Your choice is kept, from the next notice on."))
        return redirect("accounts:topics")
    always = [TOPICS[key] for key in TOPICS if key in ALWAYS_SHOWN]
    context = {"form": form, "always": always, "mail": request.user.email}
    return render(request, "accounts/topics.html", context, status=422 if form.is_bound else 200)
