"""Addresses of finding things."""

from django.urls import path

from craftpath.delivery.web.find import views

app_name = "find"
urlpatterns = [path("", views.find_page, name="page")]
