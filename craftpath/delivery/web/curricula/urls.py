"""Addresses of the curriculum studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "curricula"
urlpatterns: list[URLPattern] = []
