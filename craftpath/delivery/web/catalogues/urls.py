"""Addresses of classifications and catalogues."""

from django.urls import path

from craftpath.delivery.web.catalogues import importing, listing, pairing

app_name = "catalogues"
urlpatterns = [
    path("", listing.catalogues, name="list"),
    path("pairs/", pairing.pairs, name="pairs"),
    path("pairs/<str:pair>/remove/", pairing.remove, name="unpair"),
    path("imports/new/", importing.new, name="new"),
    path("imports/<str:taken>/", importing.report, name="import"),
    path("imports/<str:taken>/move/", importing.move, name="move"),
    path("<str:catalogue>/", listing.catalogue, name="catalogue"),
    path("<str:catalogue>/<int:entry>/", listing.entry, name="entry"),
]
