"""Points of an organisation: setting one up, carrying bundles by hand or over the network, revoking."""

from __future__ import annotations

import secrets
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.bundles import SUFFIX, ask_to_meet, name_of_file
from craftpath.delivery.web.shell.downloads import attachment, streamed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points import rules
from craftpath.kernel.points.guarding import is_point
from craftpath.kernel.points.incoming import take_bundle
from craftpath.kernel.points.keeping import revoke_point, set_up_point
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.queries import clashes, exchanges_of, held_of, points
from craftpath.kernel.points.tables import Exchange, Point
from craftpath.kernel.points.texts import REASONS, TABLES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now

PAGE = 20
KEPT = 3600  # seconds in which the file that sets a laptop up can be fetched
MOST_BYTES = 8 << 30
_IN_MEMORY = 4 << 20


class NewForm(forms.Form):
    """Which organisation works at the point, and what the laptop is called."""

    place = forms.ChoiceField(label=gettext_lazy("Organisation at this point"))
    name = forms.CharField(
        label=gettext_lazy("Name of the laptop"),
        max_length=80,
        help_text=gettext_lazy("So that you know later which one was lost: “Laptop in the village hall”."),
    )

    def __init__(self, *args: Any, places: dict[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["place"].choices = [(key, row.title.both()) for key, row in places.items()]  # type: ignore[attr-defined]

    def clean_place(self) -> Organisation:
        """The organisation itself."""
        return self.places[self.cleaned_data["place"]]


class BundleForm(forms.Form):
    """A bundle from the other side."""

    bundle = forms.FileField(
        label=gettext_lazy("Bundle of the other site"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": SUFFIX}),
    )


class RevokeForm(forms.Form):
    """Why a point ends."""

    because = forms.CharField(label=gettext_lazy("Why"), max_length=200)


def _inside(request: Request) -> Any:
    return points().filter(organisation__path__startswith=request.organisation.path)


def _point(request: Request, public_id: str) -> Point:
    found: Point = get_object_or_404(_inside(request), public_id=plain_id(public_id))
    return found


def _places(request: Request) -> dict[str, Organisation]:
    taken = Point.objects.filter(revoked_at__isnull=True).values("organisation")
    rows = request.organisation.below().exclude(pk__in=taken).order_by("path")
    return {row.key: row for row in rows}


@require_safe
@needs(Permission.EXCHANGE_BUNDLES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All points here and below, with when they were last heard of."""
    page = Paginator(_inside(request), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(page),
        "keeps": bool(rules.may_keep(request.actor, request.organisation)) and not is_point(),
        "is_point": is_point(),
        "open_clashes": clashes()
        .filter(settled_at__isnull=True, organisation__path__startswith=request.organisation.path)
        .count(),
    }
    return render(request, "points/list.html", context)


def _kept_as(request: Request, secret: str) -> str:
    return f"points.set-up.{request.organisation.pk}.{plain_id(secret[:40])}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_POINTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Set a point up; its words are shown this once."""
    form = NewForm(request.POST or None, places=_places(request))
    made: list[Any] = []

    def act() -> None:
        said = form.cleaned_data
        address = request.build_absolute_uri("/exchange/")
        made.append(
            set_up_point(said["place"], name=said["name"], address=address, by=request.actor, at=request.at)
        )

    status = 200 if request.method != "POST" else tried(request, form, _("The point is set up."), act)
    crumbs = [step(request, _("Village points"), "points:list"), here(_("Set a point up"))]
    if made:
        secret = secrets.token_hex(16)
        cache.set(_kept_as(request, secret), made[0].file, KEPT)
        context = {"point": made[0].point, "words": made[0].words, "secret": secret, "crumbs": crumbs}
        return render(request, "points/made.html", context)
    return render(request, "points/new.html", {"form": form, "crumbs": crumbs}, status=status or 200)


@never_cache
@require_safe
@needs(Permission.KEEP_POINTS)
def file(request: Request, organisation: str, secret: str) -> HttpResponse:
    """The file that sets the laptop up, for an hour; it opens by the words only."""
    kept = cache.get(_kept_as(request, secret))
    if kept is None:
        raise Http404
    return attachment(kept, "craftpath-point.cps", "application/octet-stream")


@require_safe
@needs(Permission.EXCHANGE_BUNDLES)
def point(request: Request, organisation: str, point: str) -> HttpResponse:
    """One point: both ways of exchange, what came and went, what is held."""
    return _page(request, _point(request, point), BundleForm())


def _page(
    request: Request, row: Point, form: BundleForm, *, revoking: RevokeForm | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(exchanges_of(row), PAGE).get_page(request.GET.get("page"))
    held = Paginator(held_of(row), PAGE).get_page(request.GET.get("waiting"))
    context = {
        "point": row,
        "form": form,
        "revoking": revoking or RevokeForm(),
        "rows": list(page),
        "failed": sentence(not_now(row.failed, **row.failed_facts)) if row.failed else "",
        "page": page,
        "held": [(TABLES.get(one.label, one.label), REASONS.get(one.reason, ""), one.at) for one in held],
        "held_page": held,
        "keeps": bool(rules.may_keep(request.actor, row.organisation)) and not row.is_hub,
        "crumbs": [step(request, _("Village points"), "points:list"), here(row.name)],
    }
    return render(request, "points/point.html", context, status=status)


@require_POST
@needs(Permission.EXCHANGE_BUNDLES)
def make(request: Request, organisation: str, point: str) -> HttpResponseBase:
    """A bundle for the other side, to be carried there."""
    row = _point(request, point)
    stream: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (the answer closes it)
    made = make_bundle(row, stream, by=request.actor, at=request.at)
    stream.seek(0)
    return streamed(stream, made.size, name_of_file(made), "application/octet-stream")  # type: ignore[arg-type]


@csrf_exempt  # the body stays unread until its declared size is known; `_take` is protected
@require_POST
@needs(Permission.EXCHANGE_BUNDLES)
def take(request: Request, organisation: str, point: str) -> HttpResponse:
    """Take a bundle in that somebody has carried here."""
    row = _point(request, point)
    if declared(request) - SLACK > MOST_BYTES:
        form = BundleForm({})
        form.add_error(None, sentence(not_now("points.too_large")))
        return _page(request, row, form, status=413)
    return _take(request, row)


@csrf_protect
def _take(request: Request, row: Point) -> HttpResponse:
    form = BundleForm(request.POST, request.FILES)
    taken: list[Exchange] = []

    def act() -> None:
        taken.append(take_bundle(row, form.cleaned_data["bundle"].file, by=request.actor, at=request.at))

    status = tried(request, form, _("Taken in."), act)
    if status:
        return _page(request, row, form, status=status)
    if taken[0].clashes:
        messages.warning(request, _("Some things were written on both sides. Look at them and choose."))
    return redirect("points:point", request.organisation.key, row.public_id)


@require_POST
@needs(Permission.EXCHANGE_BUNDLES)
def meet(request: Request, organisation: str, point: str) -> HttpResponse:
    """Exchange over the network; a worker does it, and the page tells what came of it."""
    row = _point(request, point)
    ask_to_meet(row, by=request.actor)
    messages.success(request, _("The exchange has begun; what came of it stands below in a moment."))
    return redirect("points:point", organisation, row.public_id)


@require_POST
@needs(Permission.KEEP_POINTS)
def revoke(request: Request, organisation: str, point: str) -> HttpResponse:
    """End a point, because its laptop is lost or it has done its work."""
    row = _point(request, point)
    form = RevokeForm(request.POST)

    def act() -> None:
        revoke_point(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)

    status = tried(
        request, form, _("Revoked. Its bundles are not taken any more, and none is made for it."), act
    )
    if status:
        return _page(request, row, BundleForm(), revoking=form, status=status)
    return redirect("points:point", organisation, row.public_id)
