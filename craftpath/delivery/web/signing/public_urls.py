"""Addresses for those who have a link and no account."""

from django.urls import path

from craftpath.delivery.web.signing import public

app_name = "links"
urlpatterns = [
    path("<str:token>/", public.sign, name="sign"),
    path("<str:token>/pdf/", public.pdf, name="pdf"),
]
