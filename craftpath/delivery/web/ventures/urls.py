"""Addresses of ventures."""

from django.urls import path

from craftpath.delivery.web.ventures import listing, one, planning

app_name = "ventures"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("products/", listing.products, name="products"),
    path("with/<str:cooperation>/", listing.operate, name="operate"),
    path("with/<str:cooperation>/new/", planning.new, name="new"),
    path("milestones/<str:milestone>/<str:verb>/", one.milestone_do, name="milestone_do"),
    path("pointers/<str:pointer>/out/", one.unpoint, name="unpoint"),
    path("charges/<str:charge>/release/", one.release, name="release"),
    path("files/<str:file>/", one.file, name="file"),
    path("<str:venture>/", one.venture, name="venture"),
    path("<str:venture>/change/", planning.change, name="change"),
    path("<str:venture>/finish/", planning.finish, name="finish"),
    path("<str:venture>/photo/", one.photo, name="photo"),
    path("<str:venture>/add/<str:what>/", one.add, name="add"),
    path("<str:venture>/<str:verb>/", planning.move, name="move"),
]
