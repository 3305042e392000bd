"""Addresses of sign-on; `project/urls.py` includes them only where settings name a provider."""

from django.urls import path

from craftpath.delivery.web.accounts import sign_on

urlpatterns = [
    path("start/", sign_on.start, name="openid_connect_start"),
    path(
        f"{sign_on.PROVIDER}/callback/",
        sign_on.callback,
        {"provider_id": sign_on.PROVIDER},
        name="openid_connect_callback",
    ),
]
