"""Addresses of occupations and their charts."""

from django.urls import path

from craftpath.delivery.web.occupations import (
    answering,
    asking,
    board,
    chart,
    codes,
    comparing,
    frame,
    listing,
    occupation,
    results,
    sheets,
    skills,
    wall,
)

app_name = "occupations"
urlpatterns = [
    path("", listing.occupations, name="list"),
    path("codes/<slug:kind>/", codes.find, name="codes"),
    path("new/", occupation.new, name="new"),
    path("charts/<str:chart>/", chart.chart, name="chart"),
    path("charts/<str:chart>/frame/", frame.frame, name="frame"),
    path("charts/<str:chart>/lists/", frame.lists, name="lists"),
    path("charts/<str:chart>/panel/", frame.panel, name="panel"),
    path("charts/<str:chart>/board/", board.board, name="board"),
    path("charts/<str:chart>/skills/<str:task>/", skills.skills, name="skills"),
    path("charts/<str:chart>/wall/", wall.wall, name="wall"),
    path("charts/<str:chart>/ask/", asking.ask, name="ask"),
    path("charts/<str:chart>/move/", chart.move, name="move"),
    path("charts/<str:chart>/answer/", answering.answer, name="answer"),
    path("charts/<str:chart>/results/", results.results, name="results"),
    path("charts/<str:chart>/sheet/", sheets.sheet, name="sheet"),
    path("charts/<str:chart>/as.<str:form>", sheets.export, name="export"),
    path("charts/<str:chart>/since/<str:other>/", comparing.compare, name="compare"),
    path("<str:occupation>/", occupation.occupation, name="occupation"),
    path("<str:occupation>/edit/", occupation.edit, name="edit"),
    path("<str:occupation>/begin/", occupation.begin, name="begin"),
]
