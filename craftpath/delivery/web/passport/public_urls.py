"""The address of a link to somebody's record, for whoever holds it."""

from django.urls import path

from craftpath.delivery.web.passport import shown

app_name = "shown"
urlpatterns = [path("<str:token>/", shown.record, name="record")]
