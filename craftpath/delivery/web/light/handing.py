"""Giving a mentor a link: by a coordinator who sees an apprentice of theirs; taking it back by the same."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.links.handing import show_handed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import enrolments_with
from craftpath.kernel.links import Purpose, make_link, revoke_links
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.signin import open_memberships
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

LIFE = timedelta(days=90)


def subject_of(person: Person) -> Ref:
    """What such a link is about: this mentor's own apprentices."""
    return Ref("kernel", "person", person.public_id)


def _mentor(request: Request, public_id: str) -> Person:
    """A mentor of at least one apprentice whom the reader sees; 404 for anybody else."""
    person = get_object_or_404(Person, public_id=public_id, is_active=True)
    if not enrolments_with(person).exists():
        raise Http404
    return person


@require_POST
@needs(Permission.MANAGE_COHORTS)
def give(request: Request, organisation: str, person: str) -> HttpResponse:
    """Make link and code, shown once; an earlier link that was given here ends, another college's stays."""
    mentor = _mentor(request, person)
    roles = {row.role for row in open_memberships(request.today).filter(person=mentor)}
    if roles - {Role.MENTOR.value} or not roles:
        # A link must never open more than a mentor's own work.
        raise Refused(not_now("kernel.light_other_roles", name=mentor.name))
    handed = make_link(
        subject_of(mentor),
        purpose=Purpose.CONFIRM,
        name=mentor.name,
        organisation=request.organisation,
        person=mentor,
        life=LIFE,
        by=request.actor,
        at=request.at,
    )
    back = reverse("logbook:board", args=[organisation])
    return show_handed(request, handed, door="guest:enter", back=back, known=mentor.email or "")


@require_POST
@needs(Permission.MANAGE_COHORTS)
def take_back(request: Request, organisation: str, person: str) -> HttpResponse:
    """End the links given here at once, on every device that trusts them."""
    mentor = _mentor(request, person)
    ended = revoke_links(
        subject_of(mentor),
        purpose=Purpose.CONFIRM,
        within=request.organisation,
        by=request.actor,
        at=request.at,
    )
    if ended:
        messages.success(request, _("The link of %(name)s has ended.") % {"name": mentor.name})
    else:
        messages.info(request, _("%(name)s has no link.") % {"name": mentor.name})
    return redirect("logbook:board", organisation)
