"""Addresses for enterprises without an account."""

from django.urls import path

from craftpath.delivery.web.accreditation import (
    at,  # noqa: F401  (says its part of the public pages)
    public,
)

app_name = "register"
urlpatterns = [
    path("", public.cities, name="cities"),
    path("open/<str:token>/", public.form, name="form"),
    path("<slug:city>/", public.begin, name="begin"),
]
