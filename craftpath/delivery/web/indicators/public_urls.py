"""Addresses of published figures: for visitors without an account."""

from django.urls import path

from craftpath.delivery.web.indicators import public

app_name = "figures"
urlpatterns = [
    path("", public.everywhere_published, name="list"),
    path("<slug:place>/", public.published, name="place"),
    path("<slug:place>/<slug:indicator>/", public.one, name="one"),
    path("<slug:place>/<slug:indicator>/<slug:which>.csv", public.file, name="file"),
]
