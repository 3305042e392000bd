"""Addresses of surveys for those who run and answer them."""

from django.urls import path

from craftpath.delivery.web.surveys import (
    answering,
    building,
    listing,
    offline,
    resulting,
    sending,
    watching,
)

__all__ = ["offline"]  # brings answers to the outbox's door

app_name = "surveys"
urlpatterns = [
    path("", listing.surveys, name="list"),
    path("mine/", listing.mine, name="mine"),
    path("new/", building.new, name="new"),
    path("<str:survey>/", building.survey, name="survey"),
    path("<str:survey>/words/", building.words, name="words"),
    path("<str:survey>/discard/", building.discard, name="discard"),
    path("<str:survey>/wave/", building.wave, name="wave"),
    path("<str:survey>/send/", sending.send, name="send"),
    path("<str:survey>/open/", sending.open_now, name="open"),
    path("<str:survey>/preview/", sending.preview, name="preview"),
    path("<str:survey>/slips/", sending.slips, name="slips"),
    path("<str:survey>/watch/", watching.watch, name="watch"),
    path("<str:survey>/remind/", watching.remind, name="remind"),
    path("<str:survey>/extend/", watching.extend, name="extend"),
    path("<str:survey>/close/", watching.close, name="close"),
    path("<str:survey>/results/", resulting.results, name="results"),
    path("<str:survey>/results/<str:what>.<str:form>", resulting.export, name="export"),
    path("<str:survey>/analyse/", resulting.analyse, name="analyse"),
    path("<str:survey>/publish/", resulting.publish, name="publish"),
    path("<str:survey>/answer/", answering.answer, name="answer"),
    path("<str:survey>/questions/<str:question>/", building.question, name="question"),
    path("<str:survey>/questions/<str:question>/move/", building.move, name="move"),
    path("<str:survey>/questions/<str:question>/remove/", building.remove, name="remove"),
]
