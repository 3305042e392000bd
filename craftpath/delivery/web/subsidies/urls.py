"""Addresses of subsidies."""

from django.urls import path

from craftpath.delivery.web.subsidies import (
    asked,
    auditing,
    board,
    claimed,
    doing,
    file,
    opening,
    packing,
    papers,
    people,
    schemes,
)

app_name = "subsidies"
urlpatterns = [
    path("", board.board, name="board"),
    path("new/", opening.new, name="new"),
    path("asked/", asked.asked, name="asked"),
    path("asked/<str:ask>/", asked.supply, name="supply"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/<str:scheme>/", schemes.scheme, name="scheme"),
    path("schemes/<str:scheme>/copy/", schemes.copy, name="copy"),
    path("claimed/", claimed.claimed, name="claimed"),
    path("claimed/sheet/", claimed.sheet, name="claimed_sheet"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("audits/<str:audit>/end/", auditing.end, name="end_audit"),
    path("audits/<str:audit>/findings/", auditing.find, name="find"),
    path("findings/<str:finding>/<str:verb>/", auditing.move, name="finding"),
    path("archives/<str:pack>/", packing.pack, name="pack"),
    path("archives/<str:pack>/fetch/", packing.fetch, name="fetch"),
    path("<str:file>/", file.file, name="file"),
    path("<str:file>/do/<str:verb>/", doing.do, name="do"),
    path("<str:file>/decide/<str:verb>/", doing.decide, name="decide"),
    path("<str:file>/papers/", papers.papers, name="papers"),
    path("<str:file>/papers/<str:paper>/", papers.hand_in, name="hand_in"),
    path("<str:file>/papers/<str:paper>/ask/", papers.ask, name="ask"),
    path("<str:file>/people/", people.people, name="people"),
    path("<str:file>/people.<str:form>", people.people_file, name="people_file"),
    path("<str:file>/people/complete/", people.complete, name="complete"),
    path("<str:file>/people/exclude/", people.exclude, name="exclude"),
    path("<str:file>/people/identities/", people.identities, name="identities"),
    path("<str:file>/people/sheet/", people.sheet, name="sheet"),
    path("<str:file>/audit/", auditing.audit, name="audit"),
    path("<str:file>/audit/invite/", auditing.invite, name="invite"),
    path("<str:file>/archive/", packing.ask, name="ask_pack"),
]
