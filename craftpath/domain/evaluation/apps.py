"""The noun as a Django app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Label `evaluation`; its reactions start listening when the app is ready."""

    name = "craftpath.domain.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Register the reactions."""
        from craftpath.domain.evaluation import reactions  # noqa: F401, PLC0415  (needs the models)
