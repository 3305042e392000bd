"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.duties import views

app_name = "duties"
urlpatterns = [path("", views.deadlines, name="list")]
