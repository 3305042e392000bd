"""The noun as a Django app."""

from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    """Label `accreditation`."""

    name = "craftpath.domain.accreditation"
    label = "accreditation"
