"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.evaluation import grid, views

app_name = "evaluation"
urlpatterns = [
    path("marks/<str:mark>/", views.mark, name="mark"),  # before the two names below, which would take it
    path("<str:evaluation>/", views.cohort, name="cohort"),
    path("<str:evaluation>/grid/", grid.grid, name="grid"),
    path("<str:evaluation>/grid.<str:form>", grid.grid_export, name="grid_export"),
    path("<str:evaluation>/export.<str:form>", views.export, name="export"),
    path("<str:evaluation>/<str:enrolment>/", views.derive, name="derivation"),
]
