"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.people import doubles, inviting, leaving, merges, privacy, seeing, views
from craftpath.delivery.web.people.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.kernel.twins.texts import REASONS as OF_TWINS

learn_reasons(REASONS)
learn_reasons(OF_TWINS)

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
    path("doubles/", doubles.doubles, name="doubles"),
    path("doubles/look/", doubles.look, name="look"),
    path("doubles/<str:pair>/", doubles.double, name="double"),
    path("doubles/<str:pair>/part/", doubles.part, name="part"),
    path("doubles/<str:pair>/merge/", doubles.merge, name="make_one"),
    path("merges/", merges.merges, name="merges"),
    path("merges/<str:merge>/", merges.merge, name="merge"),
    path("merges/<str:merge>/undo/", merges.undo, name="make_two"),
    path("<str:person>/", seeing.person, name="person"),
]
