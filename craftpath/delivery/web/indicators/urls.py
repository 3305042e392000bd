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
    path("figures.<str:form>", overview.overview_file, name="overview_file"),
    path("definitions/", defining.definitions, name="definitions"),
    path("definitions.<str:form>", defining.definitions_file, name="definitions_file"),
    path("ways/", journeys.journeys, name="journeys"),
    path("ways/<slug:form>.csv", journeys.file, name="journeys_file"),
    path("map/", mapping.map_page, name="map"),
    path("map.<str:form>", mapping.map_file, name="map_file"),
    path("mentoring/", layering.layers_page, name="layers"),
    path("mentoring.<str:form>", layering.layers_file, name="layers_file"),
    path("nation/", national.national, name="national"),
    path("nation.<str:form>", national.file, name="national_file"),
    path("of/<slug:kind>/", one.one, name="one"),
    path("of/<slug:kind>/<slug:form>.csv", one.file, name="file"),
    path("of/<slug:kind>/<slug:form>/", publishing.publish, name="publish"),
]
