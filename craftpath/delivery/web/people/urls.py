"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.people import inviting, leaving, privacy, seeing, views
from craftpath.delivery.web.people.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("slips/", views.slips, name="slips"),
    path("roles/", leaving.roles, name="roles"),
    path("invite/", inviting.invite_people, name="invite"),
    path("invitations/", inviting.invited, name="invitations"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/guardian/", privacy.guardian, name="guardian"),
    path("<str:person>/", seeing.person, name="person"),
]
