"""The address of the link."""

from django.urls import path

from craftpath.delivery.web.light import entering

app_name = "guest"
urlpatterns = [path("<str:token>/", entering.enter, name="enter")]
