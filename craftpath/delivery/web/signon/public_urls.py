"""Addresses of the way there and back."""

from django.urls import path

from craftpath.delivery.web.signon import entering

app_name = "signon"
urlpatterns = [
    path("", entering.choose, name="choose"),
    path("<str:provider>/start/", entering.start, name="start"),
    path("<str:provider>/assertion/", entering.consume, name="consume"),
    path("<str:provider>/metadata/", entering.metadata, name="metadata"),
    path("<str:provider>/callback/", entering.back, name="back"),
    path("<str:provider>/unlink/", entering.unlink, name="unlink"),
]
