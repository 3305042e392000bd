"""The first page of an empty site."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import learn_reasons, refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.start.forms import FirstForm, PointForm
from craftpath.delivery.web.start.opening import begin_point, is_open, open_site

learn_reasons(
    {
        "start.already_open": gettext_lazy(
            "Somebody else has just opened this site. Ask them to add you as a coordinator."
        )
    }
)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """One form; once the site has an organisation, this page does not exist any more."""
    if is_open():
        raise Http404
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation, person = open_site(form.answers(), on=request.today, at=request.at)
        login(request, person)
        with translation.override(person.language):
            messages.success(
                request, _("%(name)s is open.") % {"name": organisation.title.say(person.language)}
            )
        return redirect("desks:home", organisation.key)
    return render(request, "start/form.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: Request) -> HttpResponse:
    """Make this empty site the site of a village point: its file, its words, its first bundle; all of it or nothing."""
    if is_open():
        raise Http404
    form = PointForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            begin_point(**form.cleaned_data, at=request.at)
            messages.success(request, _("The point is ready. Sign in as on the main site."))
            return redirect(settings.LOGIN_URL)
    status = 422 if form.is_bound else 200
    return render(request, "start/point.html", {"form": form}, status=status)
