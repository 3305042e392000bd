"""The project's addresses and one whose view breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from craftpath.project.urls import handler404, handler500
from craftpath.project.urls import urlpatterns as real

__all__ = ["handler404", "handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [*real, path("breaks/", breaks)]
