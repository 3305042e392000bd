"""Addresses of what is one's own, wherever it was given."""

from django.urls import path

from craftpath.delivery.web.verify import mine

app_name = "mine"
urlpatterns = [path("certificates/", mine.certificates, name="certificates")]
