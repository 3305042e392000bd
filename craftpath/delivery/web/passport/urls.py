"""Addresses under an organisation: the way to the own record, and what an office is asked about."""

from django.urls import path

from craftpath.delivery.web.passport import office

app_name = "passport"
urlpatterns = [
    path("", office.entry, name="entry"),
    path("waiting/", office.waiting, name="waiting"),
    path("waiting/<str:arrival>/", office.settle, name="settle"),
]
