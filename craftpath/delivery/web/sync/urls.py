"""Addresses of the door and of the queue."""

from django.urls import path

from craftpath.delivery.web.sync import pages, views

app_name = "sync"
urlpatterns = [
    path("", views.door, name="door"),
    path("queue/", pages.queue, name="queue"),
]
