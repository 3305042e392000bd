"""Address of the public catalogue."""

from django.urls import path

from craftpath.delivery.web.resources import public_oai

app_name = "oai"
urlpatterns = [path("", public_oai.catalogue, name="catalogue")]
