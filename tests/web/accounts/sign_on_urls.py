"""The project's addresses as they are where settings name a provider."""

from django.urls import include, path

from craftpath.project.urls import handler404, handler500
from craftpath.project.urls import urlpatterns as ours

__all__ = ["handler404", "handler500", "urlpatterns"]
urlpatterns = [*ours, path("account/sign-on/", include("craftpath.delivery.web.accounts.sign_on_urls"))]
