"""Addresses of the report on a sitting's questions."""

from django.urls import path

from craftpath.delivery.web.itemreport import (
    fairness,
    files,
    keeping,
    linking,
    marking,
    overview,
    question,
    questions,
    scale,
)

app_name = "itemreport"
urlpatterns = [
    path("<str:sitting>/report/", overview.overview, name="overview"),
    path("<str:sitting>/report/questions/", questions.questions, name="questions"),
    path("<str:sitting>/report/questions/<str:item>/", question.question, name="question"),
    path("<str:sitting>/report/model/", scale.model, name="model"),
    path("<str:sitting>/report/forms/", linking.linking, name="linking"),
    path("<str:sitting>/report/fairness/", fairness.fairness, name="fairness"),
    path("<str:sitting>/report/markers/", marking.markers, name="markers"),
    path("<str:sitting>/report/keep/", keeping.keep, name="keep"),
    path("<str:sitting>/report/files/<str:name>", files.file, name="file"),
]
