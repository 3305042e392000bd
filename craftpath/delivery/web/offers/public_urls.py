"""The addresses behind the link."""

from django.urls import path

from craftpath.delivery.web.offers import replying

app_name = "reply"
urlpatterns = [
    path("<str:token>/", replying.thread, name="thread"),
    path("<str:token>/files/<str:message>/", replying.file, name="file"),
]
