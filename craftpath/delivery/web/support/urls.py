"""Addresses of early help."""

from django.urls import path

from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.delivery.web.support import card, doing, listing, one, own
from craftpath.domain.support.texts import REASONS

learn_reasons(REASONS)

app_name = "support"
urlpatterns = [
    path("", listing.people, name="list"),
    path("helped/", listing.helped, name="helped"),
    path("corrections/", listing.corrections, name="corrections"),
    path("mine/", own.entry, name="mine"),
    path("model/", card.card, name="model"),
    path("model/fit/", card.fit, name="fit"),
    path("model/<str:model>/<slug:verb>/", card.switch, name="switch"),
    path("acts/<str:act>/<slug:verb>/", doing.act, name="act"),
    path("signs/<str:sign>/correct/", doing.correct, name="correct"),
    path("corrections/<str:correction>/<slug:verb>/", doing.answer, name="answer"),
    path("of/<str:enrolment>/", one.one, name="one"),
    path("of/<str:enrolment>/help/", doing.record, name="help"),
]
