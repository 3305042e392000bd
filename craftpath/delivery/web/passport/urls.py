"""Addresses under an organisation: the way to the own record."""

from django.urls import path

from craftpath.delivery.web.passport import office

app_name = "passport"
urlpatterns = [path("", office.entry, name="entry")]
