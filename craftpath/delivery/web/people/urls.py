"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.people import views
from craftpath.delivery.web.people.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("slips/", views.slips, name="slips"),
]
