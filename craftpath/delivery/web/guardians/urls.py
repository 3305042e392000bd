"""The address for whoever asks a guardian."""

from django.urls import path

from craftpath.delivery.web.guardians import asking
from craftpath.delivery.web.guardians.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "guardianship"
urlpatterns = [path("ask/", asking.ask, name="ask")]
