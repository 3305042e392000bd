"""The gallery's address."""

from django.urls import path

from craftpath.delivery.web.components import views

app_name = "components"
urlpatterns = [path("", views.gallery, name="gallery")]
