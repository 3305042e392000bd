"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.evaluation import moving, oral, views

app_name = "evaluation"
urlpatterns = [
    path("marks/<str:mark>/", views.mark, name="mark"),  # before the two names below, which would take it
    path("<str:evaluation>/", views.cohort, name="cohort"),
    path("<str:evaluation>/move/", moving.move, name="move"),  # before the enrolment's name, too
    path("<str:evaluation>/export.<str:form>", views.export, name="export"),
    path("<str:evaluation>/<str:enrolment>/", views.derive, name="derivation"),
    path("<str:evaluation>/<str:enrolment>/oral/", oral.oral, name="oral"),
]
