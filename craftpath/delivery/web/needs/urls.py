"""Addresses of needs analyses."""

from django.urls import path

from craftpath.delivery.web.needs import doing, files, listing, pages

app_name = "needs"
urlpatterns = [
    path("", listing.listed, name="list"),
    path("new/", listing.new, name="new"),
    path("<str:analysis>/", pages.analysis, name="analysis"),
    path("<str:analysis>/groups/", pages.groups, name="groups"),
    path("<str:analysis>/changes/", pages.changes, name="changes"),
    path("<str:analysis>/print/", pages.paper, name="print"),
    path("<str:analysis>/do/", doing.do, name="do"),
    path("<str:analysis>/files/<str:name>", files.file, name="file"),
]
