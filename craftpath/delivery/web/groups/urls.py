"""Addresses of study groups."""

from django.urls import path

from craftpath.delivery.web.groups import (
    calendar,
    doing,
    ending,
    forming,
    listing,
    matching,
    meeting,
    one,
    tending,
)

app_name = "groups"
__all__ = ["calendar"]  # brings sessions into calendars
urlpatterns = [
    path("", listing.own, name="list"),
    path("new/", forming.new, name="new"),
    path("all/", tending.tended, name="tended"),
    path("rule/", tending.rule, name="rule"),
    path("topics/", matching.topics, name="topics"),
    path("matches/", matching.matches, name="matches"),
    path("matches/propose/", matching.propose, name="propose"),
    path("sessions/<str:session>/", meeting.session, name="session"),
    path("sessions/<str:session>/<str:verb>/", meeting.session_do, name="session_do"),
    path("presences/<str:presence>/<str:verb>/", meeting.presence_do, name="presence_do"),
    path("swaps/<str:swap>/<str:verb>/", meeting.swap_do, name="swap_do"),
    path("tasks/<str:task>/<str:verb>/", doing.task_do, name="task_do"),
    path("<str:group>/", one.group, name="group"),
    path("<str:group>/change/", forming.change, name="change"),
    path("<str:group>/invite/", forming.invite, name="invite"),
    path("<str:group>/notes/", doing.notes, name="notes"),
    path("<str:group>/task/", doing.add_task, name="task"),
    path("<str:group>/end/", ending.end, name="end"),
    path("<str:group>/confirm/", ending.confirm, name="confirm"),
    path("<str:group>/file/", ending.file, name="file"),
    path("<str:group>/requests/<str:member>/<str:verb>/", doing.request_do, name="request_do"),
    path("<str:group>/<str:verb>/", doing.group_do, name="do"),
]
