"""The address of a training project for visitors without an account."""

from django.urls import path

from craftpath.delivery.web.studio import public

app_name = "projects"
urlpatterns = [path("<str:project>/", public.project, name="project")]
