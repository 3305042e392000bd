"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.points import clashing, views

app_name = "points"
urlpatterns = [
    path("", views.listing, name="list"),
    path("clashes/", clashing.listing, name="clashes"),
    path("clashes/<str:clash>/", clashing.clash, name="clash"),
    path("new/", views.new, name="new"),
    path("set-up/<str:secret>/", views.file, name="file"),
    path("<str:point>/", views.point, name="point"),
    path("<str:point>/make/", views.make, name="make"),
    path("<str:point>/take/", views.take, name="take"),
    path("<str:point>/meet/", views.meet, name="meet"),
    path("<str:point>/revoke/", views.revoke, name="revoke"),
]
