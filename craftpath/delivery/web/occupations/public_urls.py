"""The address of the link by which somebody without an account answers."""

from django.urls import path

from craftpath.delivery.web.occupations import guests

app_name = "trade"
urlpatterns = [path("<str:token>/", guests.answer, name="answer")]
