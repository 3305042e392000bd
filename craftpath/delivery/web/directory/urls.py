"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:group>/", views.group_page, name="group"),
    path("<str:group>/decide/", views.decide, name="decide"),
]
