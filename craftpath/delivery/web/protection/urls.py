"""Addresses of the office that answers requests about personal data."""

from django.urls import path

from craftpath.delivery.web.protection import office

app_name = "protection"
urlpatterns = [
    path("", office.desk, name="desk"),
    path("<str:asked>/", office.one, name="request"),
    path("<str:asked>/do/<str:verb>/", office.decide, name="decide"),
]
