"""Addresses of the resource library."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.frameworks.usage import label_uses
from craftpath.delivery.web.resources import (
    alike,
    catalogues,
    confirming,
    doing,
    dropping,
    in_courses,
    listing,
    metadata,
    one,
    sheet,
)

__all__ = ["in_courses"]  # lets courses hold resources

label_uses("resources", _("Resource library"))

app_name = "resources"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", dropping.new, name="new"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("sheet/<str:form>/", sheet.sheet, name="sheet"),
    path("alike/", alike.alike, name="alike"),
    path("alike/<str:pair>/", alike.settle, name="settle"),
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/<str:source>/do/<str:verb>/", catalogues.source_move, name="source_move"),
    path("suggestions/<str:suggestion>/do/<str:verb>/", catalogues.suggestion_move, name="suggestion_move"),
    path("<str:resource>/", one.resource, name="resource"),
    path("<str:resource>/details/", doing.details, name="details"),
    path("<str:resource>/version/", dropping.version, name="version"),
    path("<str:resource>/do/<str:verb>/", doing.move, name="move"),
    path("<str:resource>/review/", one.review, name="review"),
    path("<str:resource>/stars/", one.star, name="star"),
    path("<str:resource>/files/<str:version>/", one.file, name="file"),
    path("<str:resource>/metadata/<slug:form>/", metadata.metadata, name="metadata"),
]
