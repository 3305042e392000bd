"""Addresses for whoever gives a link."""

from django.urls import path

from craftpath.delivery.web.light import handing
from craftpath.delivery.web.light.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "light"
urlpatterns = [
    path("<str:person>/", handing.give, name="give"),
    path("<str:person>/end/", handing.take_back, name="take_back"),
]
