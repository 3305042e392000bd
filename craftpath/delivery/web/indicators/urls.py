"""Addresses of figures for members."""

from django.urls import path

from craftpath.delivery.web.indicators import (
    defining,
    journeys,
    layering,
    mapping,
    national,
    one,
    overview,
    publishing,
)

app_name = "indicators"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("figures.csv", overview.overview_csv, name="overview_csv"),
    path("definitions/", defining.definitions, name="definitions"),
    path("definitions.csv", defining.definitions_csv, name="definitions_csv"),
    path("ways/", journeys.journeys, name="journeys"),
    path("ways/<slug:form>.csv", journeys.file, name="journeys_file"),
    path("map/", mapping.map_page, name="map"),
    path("map.csv", mapping.map_file, name="map_file"),
    path("mentoring/", layering.layers_page, name="layers"),
    path("mentoring.csv", layering.layers_file, name="layers_file"),
    path("nation/", national.national, name="national"),
    path("nation.csv", national.file, name="national_file"),
    path("of/<slug:kind>/", one.one, name="one"),
    path("of/<slug:kind>/<slug:form>.csv", one.file, name="file"),
    path("of/<slug:kind>/<slug:form>/", publishing.publish, name="publish"),
]
