"""The noun as a Django app."""

from django.apps import AppConfig


class LtiConfig(AppConfig):
    """Label `lti`."""

    name = "craftpath.domain.lti"
    label = "lti"
