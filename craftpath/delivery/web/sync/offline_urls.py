"""Addresses outside any organisation: the worker must lie at the root to see every page."""

from django.urls import path

from craftpath.delivery.web.sync import pages

app_name = "offline"
urlpatterns = [
    path("worker.js", pages.worker, name="worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("offline/", pages.nowhere, name="nowhere"),
]
