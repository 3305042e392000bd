"""Opening an invitation: who invites whom into what, and taking it, with an account or without one."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.kernel.access import Actor
from craftpath.kernel.invitations import (
    Invitation,
    accept_invitation,
    asks_for_sign_in,
    can_accept,
    invitation_of,
    may_accept,
)
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Verdict, may_not

PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class OwnPassword(forms.Form):
    """A password for an account that has none yet, twice."""

    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 8 characters, and none that many people use."),
        widget=PASSWORD,
    )
    password2 = forms.CharField(label=gettext_lazy("Password, once more"), strip=False, widget=PASSWORD)

    def __init__(self, data: Any, *, invitation: Invitation) -> None:
        super().__init__(data)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        """One that holds, typed the same way twice."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            row = self.invitation
            likely = row.person or Person(username=row.contact.partition("@")[0], email=row.contact)
            try:
                validate_password(first, likely)
            except forms.ValidationError as fault:
                self.add_error("password1", fault)
        return values


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """The invitation, or in a sentence why it no longer serves. A forged link and a used-up one look alike."""
    limited = ratelimit.consume_or_429(request, action="invitation", limit_get=True)
    if limited:
        return limited
    with everywhere("an invitation is found by its secret, before there is a reader to look for"):
        found = invitation_of(token)
        return (
            _answer(request, token, found)
            if found
            else _refused(request, may_not("kernel.invitation_unknown"))
        )


def _answer(request: Request, token: str, found: Invitation) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    if person is not None and found.accepted_by_id == person.pk:
        return redirect("desks:mine")  # pressed twice, or opened again: it is done
    verdict = can_accept(found, request.at)
    if verdict and person is not None:
        verdict = may_accept(found, person)
    if not verdict:
        return _refused(request, verdict)
    fresh = person is None and not asks_for_sign_in(found)
    form = OwnPassword(request.POST or None, invitation=found) if fresh else None
    if request.method == "POST" and (person is not None or (form is not None and form.is_valid())):
        return _accepted(request, found, person, form.cleaned_data["password1"] if form else "")
    page = {"invitation": found, "token": token, "form": form, "known": person is not None}
    return render(request, "accounts/invitation.html", page)


def _accepted(request: Request, found: Invitation, person: Person | None, password: str) -> HttpResponse:
    by = Actor(organisation=found.organisation, person=person)
    language = translation.get_language() or ""
    joined = accept_invitation(found, password=password, language=language, by=by, at=request.at)
    if person is None:
        login(request, joined, backend="allauth.account.auth_backends.AuthenticationBackend")
        said = _("Welcome. Your sign-in name is %(name)s.") % {"name": joined.username}
        messages.success(request, said)
    if found.starts_on > request.today:
        messages.info(request, _("Your role begins on %(day)s.") % {"day": day(found.starts_on)})
        return redirect("desks:mine")
    if person is not None:
        messages.success(request, _("The role is yours from today."))
    return redirect("desks:home", found.organisation.key)


def _refused(request: Request, verdict: Verdict) -> HttpResponse:
    page = {"reason": sentence(verdict)}
    return render(request, "accounts/invitation_refused.html", page, status=403 if verdict.who else 409)
