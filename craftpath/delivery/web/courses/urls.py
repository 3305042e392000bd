"""Addresses of courses."""

from django.urls import path

from craftpath.delivery.exchange.courses.texts import REASONS
from craftpath.delivery.web.courses import (
    calendar,
    dropping,
    editing,
    filing,
    handing,
    learning,
    listing,
    offline,
    quizzing,
    running,
    writing,
)
from craftpath.delivery.web.courses.places import USES
from craftpath.delivery.web.frameworks.usage import label_uses
from craftpath.delivery.web.shell.refusals import learn_reasons

__all__ = ["calendar", "offline"]  # bring sessions into calendars, and take what the outbox brings

label_uses("courses", USES)
learn_reasons(REASONS)

app_name = "courses"
urlpatterns = [
    path("", listing.courses, name="list"),
    path("mine/", listing.mine, name="mine"),
    path("new/", writing.new, name="new"),
    path("drop/", dropping.drop, name="drop"),
    path("drop/<str:arrival>/", dropping.look, name="arrival"),
    path("desk/", handing.desk, name="desk"),
    path("desk/<str:hand_in>/<str:verb>/", handing.settle, name="settle"),
    path("handed-in/<str:hand_in>/photo", handing.photo, name="photo"),
    path("confirm/", handing.confirming, name="confirming"),
    path("runs/<str:run>/", learning.run, name="run"),
    path("runs/<str:run>/follow/", learning.follow, name="follow"),
    path("runs/<str:run>/people/", running.people, name="people"),
    path("runs/<str:run>/days/", running.days, name="days"),
    path("runs/<str:run>/do/<str:verb>/", running.move, name="run_move"),
    path("runs/<str:run>/version/<int:number>/", running.newer, name="newer"),
    path("runs/<str:run>/files/<str:file>", filing.shown, name="shown"),
    path("runs/<str:run>/at/<str:activity>/", learning.activity, name="activity"),
    path("runs/<str:run>/at/<str:activity>/opened/", learning.opened, name="opened"),
    path("runs/<str:run>/at/<str:activity>/done/", learning.done, name="done"),
    path("runs/<str:run>/at/<str:activity>/quiz/", quizzing.begin, name="quiz"),
    path("runs/<str:run>/at/<str:activity>/hand-in/", handing.hand_in, name="hand_in"),
    path("runs/<str:run>/at/<str:activity>/tick/", handing.tick, name="tick"),
    path("runs/<str:run>/at/<str:activity>/confirm/", handing.confirm, name="confirm"),
    path("runs/<str:run>/at/<str:activity>/session/", running.session, name="session"),
    path("quiz/<str:quiz>/", quizzing.result, name="result"),
    path("quiz/<str:quiz>/<int:order>/", quizzing.question, name="question"),
    path("quiz/<str:quiz>/<int:order>/<str:picture>", quizzing.picture, name="picture"),
    path("<str:course>/", writing.course, name="course"),
    path("<str:course>/details/", writing.details, name="details"),
    path("<str:course>/part/<str:verb>/", writing.part, name="part"),
    path("<str:course>/do/<str:verb>/", writing.move, name="move"),
    path("<str:course>/look/", editing.look, name="look"),
    path("<str:course>/start/", running.start, name="start"),
    path("<str:course>/files/", filing.files, name="files"),
    path("<str:course>/files/<str:file>", filing.file, name="file"),
    path("<str:course>/files/<str:file>/captions/", filing.captions, name="captions"),
    path("<str:course>/at/<str:activity>/", editing.edit, name="edit"),
    path("<str:course>/at/<str:activity>/preview/", editing.preview, name="preview"),
]
