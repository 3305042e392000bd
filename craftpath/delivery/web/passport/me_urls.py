"""Addresses of one's own record, whatever organisation one is of."""

from django.urls import path

from craftpath.delivery.web.passport import own

app_name = "record"
urlpatterns = [
    path("", own.record, name="record"),
    path("links/", own.shares, name="shares"),
    path("links/<str:share>/", own.one_share, name="share"),
    path("links/<str:share>/end/", own.revoke, name="revoke"),
]
