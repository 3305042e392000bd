"""Answers as JSON: exact numbers as texts, moments in UTC."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from pydantic_core import to_json


class Rendered(BaseRenderer):
    """By the same library that reads what comes in."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Bytes of UTF-8."""
        return to_json(data)
