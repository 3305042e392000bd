"""Pages without an account: one certificate, its credential, and the way to it by what stands on the paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craftpath.delivery.exchange.certified import credential_file
from craftpath.delivery.exchange.certified_badge import badge as badge_of
from craftpath.delivery.exchange.certified_page import answered, certificate_html, framed, today_of
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.visiting import SPOKEN, spoken_in
from craftpath.delivery.web.verify.addressing import frame_of, links_of
from craftpath.domain.certificates.listing import shown, signed
from craftpath.domain.certificates.queries import certificate_numbered

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

View = Callable[..., HttpResponseBase]
KEPT = "public, max-age=300"
"""A page that anybody may keep for five minutes: what is revoked is revoked everywhere soon after."""
CREDENTIAL = "application/vc+ld+json"
TOKEN = "application/vc+jwt"  # noqa: S105  (a media type)


def for_anybody(view: View) -> View:
    """A page that knows nobody: its id cannot be guessed, so nothing is counted and nothing asked for."""

    @login_not_required
    @require_safe
    @wraps(view)
    def opened(request: Request, *ids: Any, **more: Any) -> HttpResponseBase:
        with translation.override(spoken(request)):
            return view(request, *ids, **more)

    return opened


def spoken(request: Request) -> str:
    """The language that the address asks for, else the browser."""
    return SPOKEN.get(request.GET.get("in", ""), translation.get_language() or "zh-hans")


def kept(request: Request, content: bytes, media_type: str) -> HttpResponseBase:
    """An answer that others may keep for a while, and that is not sent again where it is known."""
    etag = f'"{sha256(content).hexdigest()[:24]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=media_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = KEPT
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Language"] = translation.get_language() or ""
    return response


def _there(row: Certificate | None) -> Certificate:
    if row is None:
        raise Http404
    return row


@for_anybody
def page(request: Request, certificate: str) -> HttpResponseBase:
    """Whether it holds, at one glance, and what it says; one query."""
    row = _there(shown(plain_id(certificate)))
    made = certificate_html(row, today_of(row, request.at), links_of(request, row), frame_of(request))
    return kept(request, made, "text/html; charset=utf-8")


@for_anybody
def credential(request: Request, certificate: str) -> HttpResponseBase:
    """The signed credential as it was signed."""
    return for_programs(request, credential_file(_there(signed(plain_id(certificate)))), CREDENTIAL)


@for_anybody
def token(request: Request, certificate: str) -> HttpResponseBase:
    """The same as a token."""
    return for_programs(request, _there(signed(plain_id(certificate))).token.encode(), TOKEN)


@for_anybody
def badge(request: Request, certificate: str) -> HttpResponseBase:
    """A picture with the credential inside."""
    return for_programs(request, badge_of(_there(signed(plain_id(certificate)))), "image/svg+xml")


def for_programs(request: Request, content: bytes | None, media_type: str) -> HttpResponseBase:
    """A document that programs of other sites may read; 404 where there is none."""
    if content is None:
        raise Http404
    response = kept(request, content, media_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponseBase:
    """By number and holder's name, for whoever holds the paper; an unknown number and a wrong name are one answer."""
    if request.method == "POST":
        limited = ratelimit.consume_or_429(request, action="certificate")
        if limited:
            return limited
    with translation.override(spoken(request)):
        number, name = plain_words(request, "number")[:60].strip(), plain_words(request, "name")[:120].strip()
        if request.method == "POST":
            row = certificate_numbered(number)
            if row is not None and _is_called(row, name):
                return redirect(reverse("verify:page", args=[row.public_id]) + spoken_in(request))
        context = {"number": number, "name": name, "unknown": _unknown() if request.method == "POST" else ""}
        content = render_to_string("verify/find.html", context, request)
        page = framed(pgettext("of somebody", "Check a certificate"), content, frame_of(request, last=False))
        response = HttpResponse(page)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Content-Language"] = translation.get_language() or ""
        return response


def _unknown() -> str:
    words = _("Look whether both are typed as they stand on the paper. If they are, ask whoever issued it.")
    heading = _("No certificate has this number and this name")
    return mark_safe(answered("attention", heading, f"<p>{escape(words)}</p>", level=2))  # noqa: S308  (escaped)


def _is_called(row: Certificate, name: str) -> bool:
    holder, wanted = row.content["holder"], _folded(name)
    return bool(wanted) and wanted in {_folded(holder["name"]), _folded(holder["latin"])}


def _folded(name: str) -> str:
    """A name as it is compared: whatever its case, its spaces and the width of its letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
