"""Addresses of sessions and attendance."""

from django.urls import path

from craftpath.delivery.web.learning import (
    calendar,
    calling,
    changing,
    holding,
    offline,
    own,
    planning,
    sums,
    views,
)

__all__ = ["calendar", "offline"]  # bring sessions into calendars, and take what the outbox brings

app_name = "learning"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("plan/", planning.plan, name="plan"),
    path("close/", holding.close, name="close"),
    path("mine/", own.mine, name="mine"),
    path("mine/confirm/", own.confirm, name="confirm"),
    path("mine/<str:attendance>/dispute/", own.dispute, name="dispute"),
    path("attendance/", sums.sums, name="sums"),
    path("attendance/<str:cohort>.<str:form>", sums.export, name="export"),
    path("attendance/<str:attendance>/settle/", holding.settle, name="settle"),
    path("<str:session>/", views.session, name="session"),
    path("<str:session>/roll/", calling.roll, name="roll"),
    path("<str:session>/change/", changing.change, name="change"),
    path("<str:session>/cancel/", holding.cancel, name="cancel"),
]
