"""The address of the first form."""

from django.urls import path

from craftpath.delivery.web.start import views

app_name = "start"
urlpatterns = [path("", views.start, name="form")]
