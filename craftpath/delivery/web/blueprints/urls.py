"""Addresses of blueprints and of what was put together by them."""

from django.urls import path

from craftpath.delivery.web.blueprints import editing, forms, listing, swapping

app_name = "blueprints"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", editing.new, name="new"),
    path("forms/<str:assembly>/", forms.forms, name="forms"),
    path("forms/<str:assembly>/do/", forms.do, name="do"),
    path("forms/<str:assembly>/<str:letter>/<str:item>/", swapping.swap, name="swap"),
    path("<str:blueprint>/", listing.blueprint, name="blueprint"),
    path("<str:blueprint>/edit/", editing.edit, name="edit"),
    path("<str:blueprint>/assemble/", forms.assemble, name="assemble"),
]
