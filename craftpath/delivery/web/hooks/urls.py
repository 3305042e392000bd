"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.hooks import signing, views

app_name = "hooks"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:hook>/", views.hook_page, name="hook"),
    path("<str:hook>/test/", views.test, name="test"),
    path("<str:hook>/switch/", views.switch, name="switch"),
    path("<str:hook>/secret/", signing.secret, name="secret"),
    path("<str:hook>/again/<str:delivery>/", signing.again, name="again"),
]
