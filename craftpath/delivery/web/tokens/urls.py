"""Addresses of an organisation's tokens; those of one's own stand among the account's."""

from django.urls import path

from craftpath.delivery.web.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:client>/", views.change, name="change"),
]
