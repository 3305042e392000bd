"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.calendars import views

app_name = "calendars"
urlpatterns = [
    path("account/calendar/", views.own, name="own"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
