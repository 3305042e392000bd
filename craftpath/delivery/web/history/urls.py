"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.history import views

app_name = "history"
urlpatterns = [
    path("", views.history, name="list"),
    path("export.<str:form>", views.export, name="export"),
]
