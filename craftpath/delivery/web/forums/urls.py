"""Addresses of forums."""

from django.urls import path

from craftpath.delivery.web.forums import (
    calendar,
    in_courses,
    listing,
    meeting,
    minding,
    one,
    planning,
    posting,
    thread,
    writing,
)

__all__ = ["calendar", "in_courses"]  # bring meetings into calendars, and let courses hold a discussion

app_name = "forums"
urlpatterns = [
    path("", listing.all_forums, name="list"),
    path("mine/", listing.mine, name="mine"),
    path("new/", writing.new, name="new"),
    path("minding/", minding.minding, name="minding"),
    path("reports/<str:report>/<str:verb>/", minding.decide, name="decide"),
    path("hidings/<str:hiding>/<str:verb>/", minding.hiding, name="hiding"),
    path("photos/<str:photo>/", thread.photo, name="photo"),
    path("posts/<str:post>/change/", posting.change, name="change_post"),
    path("posts/<str:post>/<str:verb>/", posting.post_do, name="post_do"),
    path("threads/<str:thread>/", thread.thread, name="thread"),
    path("threads/<str:thread>/post/", posting.post, name="post"),
    path("threads/<str:thread>/<str:verb>/", posting.thread_do, name="thread_do"),
    path("topics/<str:topic>/<str:verb>/", meeting.topic_do, name="topic_do"),
    path("takeaways/<str:takeaway>/<str:verb>/", meeting.takeaway_do, name="takeaway_do"),
    path("meetings/<str:meeting>/", meeting.meeting, name="meeting"),
    path("meetings/<str:meeting>/change/", planning.change, name="change_meeting"),
    path("meetings/<str:meeting>/<str:verb>/", meeting.meeting_do, name="meeting_do"),
    path("<str:forum>/", one.forum, name="forum"),
    path("<str:forum>/begin/", posting.begin, name="begin"),
    path("<str:forum>/edit/", writing.edit, name="edit"),
    path("<str:forum>/plan/", planning.plan, name="plan"),
    path("<str:forum>/topic/", meeting.suggest, name="suggest"),
    path("<str:forum>/<str:verb>/", one.forum_do, name="do"),
]
