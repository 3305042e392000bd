"""Addresses of published bulletins, and of the link by which somebody is asked: for visitors without an account."""

from django.urls import path

from craftpath.delivery.web.bulletins import asking, public

app_name = "bulletin"
urlpatterns = [
    path("voice/<str:token>/", asking.voice, name="voice"),
    path("<slug:place>/", public.numbers, name="numbers"),
    path("<slug:place>/<int:number>/", public.page, name="page"),
    path("<slug:place>/<int:number>/bulletin.pdf", public.pdf, name="pdf"),
    path("<slug:place>/<int:number>/<str:picture>", public.picture, name="picture"),
]
