"""The noun as a Django app."""

from django.apps import AppConfig


class ApprenticeshipsConfig(AppConfig):
    """Label `apprenticeships`."""

    name = "craftpath.domain.apprenticeships"
    label = "apprenticeships"
