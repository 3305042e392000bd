"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.programmes import comparison, from_file, to_file, views

app_name = "programmes"
urlpatterns = [
    path("", views.schemes, name="schemes"),
    path("from-file/", from_file.from_file, name="from_file"),
    path("<str:scheme>/", views.scheme, name="scheme"),
    path("<str:scheme>/scheme.toml", to_file.to_file, name="to_file"),
    path("<str:scheme>/compare/", comparison.compare, name="compare"),
    path("<str:scheme>/edit/", views.edit, name="edit"),
    path("<str:scheme>/next/", views.next_version, name="next_version"),
    path("<str:scheme>/retire/", views.retire, name="retire"),
]
