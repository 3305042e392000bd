"""Addresses of outside evidence."""

from django.urls import path

from craftpath.delivery.web.outside import columns, views

app_name = "outside"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("columns/", columns.listing, name="columns"),
    path("columns/<str:column>/", columns.one, name="column"),
    path("<str:mapping>/", views.one, name="mapping"),
    path("<str:mapping>/do/<str:verb>/", views.change, name="change"),
]
