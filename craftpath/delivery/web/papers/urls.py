"""Addresses of printing."""

from django.urls import path

from craftpath.delivery.web.papers import one

app_name = "papers"
urlpatterns = [
    path("of/<str:enrolment>/", one.apprentice, name="apprentice"),
    path("of/<str:enrolment>/training-record", one.training_record, name="training_record"),
]
