"""Addresses for whoever gives links."""

from django.urls import path

from craftpath.delivery.web.links import views
from craftpath.delivery.web.links.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "handing"
urlpatterns = [path("<str:link>/mail/", views.mail, name="mail")]
