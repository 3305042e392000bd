"""Addresses of places for members."""

from django.urls import path

from craftpath.delivery.web.places import editing, listing, nearest, own, photos, showing, staff

app_name = "places"
urlpatterns = [
    path("", listing.places, name="list"),
    path("sheet.<str:form>", listing.sheet, name="sheet"),
    path("nearest/", nearest.nearest, name="nearest"),
    path("mine/", own.mine, name="mine"),
    path("staff/", staff.staff, name="staff"),
    path("travel/", editing.travel, name="travel"),
    path("outline/", editing.outline, name="outline"),
    path("<slug:place>/", showing.place, name="place"),
    path("<slug:place>/edit/", editing.edit, name="edit"),
    path("<slug:place>/seats/", editing.seats, name="seats"),
    path("<slug:place>/photo/", photos.photo, name="photo"),
]
