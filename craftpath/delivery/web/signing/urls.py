"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.delivery.web.signing import views
from craftpath.delivery.web.signing.texts import REASONS

learn_reasons(REASONS)

app_name = "signing"
urlpatterns = [
    path("<str:document>/", views.sign, name="sign"),
    path("<str:document>/link/", views.link, name="link"),
    path("<str:document>/pdf/", views.pdf, name="pdf"),
]
