"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.committees import meetings, motions, views

app_name = "committees"
urlpatterns = [
    path("", views.listing, name="list"),
    path("seats/<str:seat>/", views.change_seat, name="change_seat"),
    path("meetings/<str:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<str:meeting>/agenda/", meetings.add_item, name="add_item"),
    path("meetings/<str:meeting>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<str:meeting>/do/<slug:verb>/", meetings.do, name="do_meeting"),
    path("agenda/<str:item>/paper", meetings.paper, name="paper"),
    path("motions/<str:motion>/", motions.motion, name="motion"),
    path("motions/<str:motion>/vote/", motions.vote, name="vote"),
    path("motions/<str:motion>/do/<slug:verb>/", motions.do, name="do_motion"),
    path("decisions/<str:decision>/<slug:verb>/", motions.end, name="end_decision"),
    path("<str:committee>/", views.committee, name="committee"),
    path("<str:committee>/end/", views.end_committee, name="end"),
    path("<str:committee>/seat/", views.seat, name="seat"),
    path("<str:committee>/meet/", meetings.plan, name="plan"),
    path("<str:committee>/motion/", motions.new, name="new_motion"),
    path("<str:committee>/decide/", motions.decide, name="decide"),
]
