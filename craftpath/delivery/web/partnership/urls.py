"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.partnership import views

app_name = "partnership"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.write, name="new"),
    path("<str:cooperation>/", views.cooperation, name="cooperation"),
    path("<str:cooperation>/edit/", views.write, name="edit"),
    path("<str:cooperation>/do/<slug:verb>/", views.do, name="do"),
]
