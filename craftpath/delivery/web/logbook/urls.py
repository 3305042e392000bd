"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.logbook import observing, offline, reading, writing

__all__ = ["offline"]  # takes what the outbox brings

app_name = "logbook"
urlpatterns = [
    path("", writing.own_week, name="week"),
    path("team/", reading.team, name="team"),
    path("team/observe/", observing.observe, name="observe"),
    path("team/confirm/", reading.confirm, name="confirm"),
    path("board/", reading.board, name="board"),
    path("files/<str:file>/", writing.file, name="file"),
    path("versions/<str:version>/", writing.settle, name="settle"),
    path("of/<str:enrolment>/", reading.of_one, name="of_one"),
    path("<str:entry>/", reading.entry, name="entry"),
    path("<str:entry>/back/", reading.send_back, name="send_back"),
    path("<str:entry>/talk/", reading.talk, name="talk"),
]
