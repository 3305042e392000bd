"""Addresses of bookings."""

from django.urls import path

from craftpath.delivery.web.bookings import booking, calendar, desk, lending, listing, one, report

app_name = "bookings"
__all__ = ["calendar"]  # brings bookings into calendars
urlpatterns = [
    path("", listing.listing, name="list"),
    path("mine/", desk.mine, name="mine"),
    path("desk/", desk.desk, name="desk"),
    path("used/", report.used, name="used"),
    path("used.<str:form>", report.used_sheet, name="used_sheet"),
    path("new/", lending.new, name="new"),
    path("with/<str:cooperation>/", report.share, name="share"),
    path("closures/<str:closure>/reopen/", lending.reopen, name="reopen"),
    path("one/<str:booking>/", booking.booking, name="booking"),
    path("one/<str:booking>/<str:verb>/", booking.booking_do, name="booking_do"),
    path("<str:thing>/", one.thing, name="thing"),
    path("<str:thing>/book/", booking.book, name="book"),
    path("<str:thing>/change/", lending.change, name="change"),
    path("<str:thing>/close/", lending.close, name="close"),
    path("<str:thing>/photo/", one.photo, name="photo"),
    path("<str:thing>/<str:verb>/", lending.move, name="move"),
]
