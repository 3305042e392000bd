"""The noun as a Django app."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Label `questions`."""

    name = "craftpath.domain.questions"
    label = "questions"
