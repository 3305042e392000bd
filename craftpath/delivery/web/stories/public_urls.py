"""Addresses of the public wall: for visitors without an account, and only what its teller wants everybody to see."""

from django.urls import path

from craftpath.delivery.web.stories import public

app_name = "told"
urlpatterns = [
    path("<slug:place>/", public.wall, name="wall"),
    path("<slug:place>/<str:story>/", public.story, name="story"),
    path("<slug:place>/<str:story>/captions.vtt", public.captions, name="captions"),
    path("<slug:place>/<str:story>/<str:which>", public.file, name="file"),
]
