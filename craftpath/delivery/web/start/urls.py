"""The addresses of the first forms."""

from django.urls import path

from craftpath.delivery.web.start import views

app_name = "start"
urlpatterns = [path("", views.start, name="form"), path("point/", views.point, name="point")]
