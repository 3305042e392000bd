"""Addresses of the documents in which issuers name their keys; `did:web` says where they lie."""

from django.urls import path

from craftpath.delivery.web.verify import keys

app_name = "keys"
urlpatterns = [
    path(".well-known/did.json", keys.site, name="site"),
    path("at/<slug:place>/did.json", keys.organisation, name="organisation"),
]
