"""Addresses of one's own examinations."""

from django.urls import path

from craftpath.delivery.web.candidacies import appealing, calendar, own

__all__ = ["calendar"]  # brings examinations into calendars

app_name = "candidacies"
urlpatterns = [
    path("", own.own, name="list"),
    path("<str:sitting>/", own.one, name="one"),
    path("<str:sitting>/gone/", own.gone, name="gone"),
    path("<str:sitting>/appeal/", appealing.appeal, name="appeal"),
    path("<str:sitting>/appeal/withdraw/", appealing.withdraw, name="withdraw"),
]
