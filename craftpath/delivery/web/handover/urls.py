"""Addresses of hand-overs and roll-ups."""

from django.urls import path

from craftpath.delivery.web.handover import views

app_name = "handover"
urlpatterns = [
    path("", views.board, name="board"),
    path("ask/", views.ask, name="ask"),
    path("county/", views.county, name="county"),
    path("rollups/", views.take, name="take"),
    path("<str:handover>/", views.one, name="one"),
    path("<str:handover>/fetch/", views.fetch, name="fetch"),
]
