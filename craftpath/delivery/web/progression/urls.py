"""Addresses of gates."""

from django.urls import path

from craftpath.delivery.web.progression import board, celebrating, one, opening, shaping
from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.domain.progression.texts import REASONS

learn_reasons(REASONS)

app_name = "progression"
urlpatterns = [
    path("", board.board, name="board"),
    path("of/<str:enrolment>/", one.one, name="one"),
    path("of/<str:enrolment>/<str:kind>/note/", one.note, name="note"),
    path("of/<str:enrolment>/<str:kind>/waive/", one.waive, name="waive"),
    path("passages/<str:passage>/", celebrating.passage, name="passage"),
    path("<str:cohort>/<str:stage>/<str:kind>/", opening.gate, name="gate"),
    path("<str:cohort>/<str:stage>/<str:kind>/open/", opening.open_, name="open"),
    path("<str:cohort>/<str:stage>/<str:kind>/shape/", shaping.shape, name="shape"),
]
