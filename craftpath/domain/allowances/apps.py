"""The noun as a Django app."""

from django.apps import AppConfig


class AllowancesConfig(AppConfig):
    """Label `allowances`."""

    name = "craftpath.domain.allowances"
    label = "allowances"
