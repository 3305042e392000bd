"""The door at which the program of a point knocks."""

from django.urls import path

from craftpath.delivery.web.points import receiving

app_name = "exchange"
urlpatterns = [path("", receiving.receive, name="receive")]
