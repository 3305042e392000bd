"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.apprenticeships import exporting, views

app_name = "apprenticeships"
urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("oneroster.zip", exporting.oneroster_export, name="oneroster_export"),
    path("new/", views.plan, name="plan"),
    path("apprentices/<str:enrolment>/", views.apprentice, name="apprentice"),
    path("<str:cohort>/", views.cohort, name="cohort"),
    path("<str:cohort>/evaluate/", views.open_evaluation, name="open_evaluation"),
    path("<str:cohort>/people.<str:form>", views.class_list, name="class_list"),
    path("<str:cohort>/roster.<str:form>", exporting.roster_export, name="roster_export"),
]
