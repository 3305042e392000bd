"""Addresses of the shell."""

from django.urls import path

from craftpath.delivery.web.shell import views

app_name = "shell"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.health, name="health"),
]
