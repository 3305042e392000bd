"""Addresses of one's own requests, whatever organisation one is of."""

from django.urls import path

from craftpath.delivery.web.protection import own

app_name = "requests"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("<str:asked>/", own.one, name="one"),
    path("<str:asked>/withdraw/", own.withdraw, name="withdraw"),
]
