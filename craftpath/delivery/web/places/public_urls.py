"""Addresses of public pages of organisations: for visitors without an account."""

from django.urls import path

from craftpath.delivery.web.places import public

app_name = "at"
urlpatterns = [
    path("", public.everywhere_public, name="list"),
    path("<slug:place>/", public.page, name="page"),
    path("<slug:place>/photo/", public.photo, name="photo"),
]
