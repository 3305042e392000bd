"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.workdays import views

app_name = "workdays"
urlpatterns = [
    path("", views.calendar_page, name="calendar"),
    path("load/", views.load, name="load"),
    path("add/", views.add, name="add"),
    path("remove/", views.remove, name="remove"),
]
