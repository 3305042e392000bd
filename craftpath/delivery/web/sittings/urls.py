"""Addresses of papers and sittings."""

from django.urls import path

from craftpath.delivery.web.sittings import doing, essays, listing, moderation, papers, planning, room

app_name = "sittings"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("papers/new/", papers.new, name="paper_new"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("papers/<str:paper>/move/", papers.move, name="paper_move"),
    path("plan/", planning.plan, name="plan"),
    path("seats/<str:candidate>/", doing.seat, name="seat"),
    path("<str:sitting>/", room.sitting, name="sitting"),
    path("<str:sitting>/move/", doing.move, name="move"),
    path("<str:sitting>/codes/", doing.codes, name="codes"),
    path("<str:sitting>/publish/", doing.publish, name="publish"),
    path("<str:sitting>/essays/", essays.essays, name="essays"),
    path("<str:sitting>/essays/given/", essays.given, name="given"),
    path("<str:sitting>/moderation/", moderation.moderation, name="moderation"),
    path("<str:sitting>/moderation/open/", moderation.open_marks, name="open_marks"),
    path("<str:sitting>/moderation/back/", moderation.send_back, name="send_back"),
    path("<str:sitting>/moderation/<str:essay>/", moderation.settle, name="settle"),
]
