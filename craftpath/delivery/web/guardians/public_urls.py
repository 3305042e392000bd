"""The address of the link."""

from django.urls import path

from craftpath.delivery.web.guardians import answering

app_name = "guardians"
urlpatterns = [path("<str:token>/", answering.answer, name="answer")]
