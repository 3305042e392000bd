"""Addresses of appraisals."""

from django.urls import path

from craftpath.delivery.web.appraisals import contests, one, rounds, scheme, voices

app_name = "appraisals"
urlpatterns = [
    path("", one.mine, name="mine"),
    path("voices/", voices.voices, name="voices"),
    path("voices/<str:asked>/", voices.give, name="give"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/open/", rounds.open_, name="open"),
    path("rounds/<str:round>/", rounds.round_, name="round"),
    path("rounds/<str:round>/do/", rounds.do, name="do"),
    path("scheme/", scheme.scheme, name="scheme"),
    path("contests/", contests.contests, name="contests"),
    path("contests/<str:contest>/answer/", contests.answer, name="answer"),
    path("contests/<str:contest>/withdraw/", contests.withdraw, name="withdraw"),
    path("<str:appraisal>/", one.appraisal, name="appraisal"),
    path("<str:appraisal>/read/", one.read, name="read"),
    path("<str:appraisal>/contest/", contests.contest, name="contest"),
]
