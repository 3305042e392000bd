"""Addresses of what is said of oneself, whatever organisation one is of."""

from django.urls import path

from craftpath.delivery.web.support import own

app_name = "said"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("signs/<str:sign>/ask/", own.ask, name="ask"),
    path("corrections/<str:correction>/<slug:verb>/", own.do, name="do"),
]
