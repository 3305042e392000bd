"""Addresses of skill frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "frameworks"
urlpatterns: list[URLPattern] = []
