"""Addresses of an organisation's ways to sign in."""

from django.urls import path

from craftpath.delivery.web.signon import views

app_name = "signons"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:provider>/", views.provider_page, name="provider"),
    path("<str:provider>/switch/", views.switch, name="switch"),
    path("<str:provider>/groups/", views.groups, name="groups"),
    path("<str:provider>/count/", views.count, name="count"),
]
