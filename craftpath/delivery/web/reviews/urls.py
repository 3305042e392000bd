"""Addresses of reviews."""

from django.urls import path

from craftpath.delivery.web.reviews import calendar, cohort, doing, planning, views, writing

__all__ = ["calendar"]  # brings reviews into calendars

app_name = "reviews"
urlpatterns = [
    path("", views.mine, name="list"),
    path("cohorts/", cohort.board, name="board"),
    path("of/<str:cohort>/", cohort.cohort, name="cohort"),
    path("of/<str:cohort>/plan/", planning.plan, name="plan"),
    path("goals/<str:goal>/reach/", doing.reach, name="reach"),
    path("<str:review>/", writing.review, name="review"),
    path("<str:review>/keep/", writing.keep, name="keep"),
    path("<str:review>/move/", doing.move, name="move"),
    path("<str:review>/miss/", doing.miss, name="miss"),
    path("<str:review>/cancel/", doing.cancel, name="cancel"),
    path("<str:review>/reopen/", doing.reopen, name="reopen"),
    path("<str:review>/excuse/", doing.excuse, name="excuse"),
]
