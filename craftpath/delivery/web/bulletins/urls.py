"""Addresses of bulletins."""

from django.urls import path

from craftpath.delivery.web.bulletins import editing, listing, moving, picturing, voicing

app_name = "bulletins"
urlpatterns = [
    path("", listing.list_, name="list"),
    path("new/", listing.new, name="new"),
    path("mine/", voicing.mine, name="mine"),
    path("voices/<str:voice>/answer/<str:verb>/", voicing.answer, name="answer"),
    path("voices/<str:voice>/do/<str:verb>/", voicing.voice_move, name="voice_move"),
    path("voices/<str:voice>/reword/", voicing.reword, name="reword"),
    path("<str:bulletin>/", editing.edit, name="edit"),
    path("<str:bulletin>/look/", editing.look, name="look"),
    path("<str:bulletin>/place/<slug:place>/", editing.block, name="block"),
    path("<str:bulletin>/place/<slug:place>/picture/", picturing.picture, name="picture"),
    path("<str:bulletin>/voices/", voicing.voices, name="voices"),
    path("<str:bulletin>/do/<str:verb>/", moving.move, name="move"),
    path("<str:bulletin>/paper.pdf", moving.paper, name="paper"),
    path("<str:bulletin>/pictures/<str:picture>", picturing.shown, name="shown"),
]
