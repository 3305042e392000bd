"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.developers import views

app_name = "developers"
urlpatterns = [path("", views.operations, name="api")]
