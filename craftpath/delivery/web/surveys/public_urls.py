"""Addresses of surveys for whoever holds a link."""

from django.urls import path

from craftpath.delivery.web.surveys import public

app_name = "survey"
urlpatterns = [path("<str:token>/", public.enter, name="enter")]
