"""Addresses of surveys for those who run and answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "surveys"
urlpatterns: list[URLPattern] = []
