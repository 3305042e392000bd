"""Addresses of papers and sittings."""

from django.urls import path

from craftpath.delivery.web.sittings import (
    appeals,
    arranging,
    doing,
    essays,
    listing,
    papers,
    planning,
    report,
    resit,
    room,
)

app_name = "sittings"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("papers/new/", papers.new, name="paper_new"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("papers/<str:paper>/move/", papers.move, name="paper_move"),
    path("plan/", planning.plan, name="plan"),
    path("seats/<str:candidate>/", doing.seat, name="seat"),
    path("seats/<str:candidate>/out/", arranging.remove, name="remove"),
    path("seats/<str:candidate>/excuse/", arranging.excuse, name="excuse"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<str:appeal>/", appeals.appeal, name="appeal"),
    path("<str:sitting>/", room.sitting, name="sitting"),
    path("<str:sitting>/move/", doing.move, name="move"),
    path("<str:sitting>/codes/", doing.codes, name="codes"),
    path("<str:sitting>/publish/", doing.publish, name="publish"),
    path("<str:sitting>/essays/", essays.essays, name="essays"),
    path("<str:sitting>/change/", arranging.change, name="change"),
    path("<str:sitting>/terms/", arranging.terms, name="terms"),
    path("<str:sitting>/add/", arranging.add, name="add"),
    path("<str:sitting>/again/", resit.resit, name="resit"),
    path("<str:sitting>/report/", report.report, name="report"),
]
