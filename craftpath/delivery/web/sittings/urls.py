"""Addresses of papers and sittings."""

from django.urls import path

from craftpath.delivery.web.sittings import (
    doing,
    essays,
    keying,
    listing,
    moderation,
    papers,
    planning,
    printing,
    room,
    settling,
    sheet_list,
)

app_name = "sittings"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("papers/new/", papers.new, name="paper_new"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("papers/<str:paper>/move/", papers.move, name="paper_move"),
    path("plan/", planning.plan, name="plan"),
    path("seats/<str:candidate>/", doing.seat, name="seat"),
    path("seats/<str:candidate>/on-paper/", doing.on_paper, name="on_paper"),
    path("sheets/<str:candidate>/", keying.sheet, name="sheet"),
    path("sheets/<str:candidate>/settle/", settling.settle, name="settle_sheet"),
    path("sheets/<str:candidate>/print/", printing.sheet, name="sheet_print"),
    path("<str:sitting>/", room.sitting, name="sitting"),
    path("<str:sitting>/move/", doing.move, name="move"),
    path("<str:sitting>/codes/", doing.codes, name="codes"),
    path("<str:sitting>/keying/", sheet_list.hub, name="keying"),
    path("<str:sitting>/keying/next/", sheet_list.following, name="keying_next"),
    path("<str:sitting>/booklet/", printing.booklet, name="booklet"),
    path("<str:sitting>/seat-list/", printing.seat_list, name="seat_list"),
    path("<str:sitting>/sheets/", printing.everybody, name="sheets"),
    path("<str:sitting>/publish/", doing.publish, name="publish"),
    path("<str:sitting>/essays/", essays.essays, name="essays"),
    path("<str:sitting>/essays/<str:essay>/files/<str:file>/", essays.essay_file, name="essay_file"),
    path("<str:sitting>/essays/given/", essays.given, name="given"),
    path("<str:sitting>/moderation/", moderation.moderation, name="moderation"),
    path("<str:sitting>/moderation/open/", moderation.open_marks, name="open_marks"),
    path("<str:sitting>/moderation/back/", moderation.send_back, name="send_back"),
    path("<str:sitting>/moderation/<str:essay>/", moderation.settle, name="settle"),
]
