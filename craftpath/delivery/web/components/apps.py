"""The components as an installed app, so that Django finds their template tags."""

from __future__ import annotations

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "craftpath.delivery.web.components"
    label = "components"
