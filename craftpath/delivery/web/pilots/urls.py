"""Addresses of pilots and their rounds."""

from django.urls import path

from craftpath.delivery.web.pilots import (
    board,
    cases,
    changes,
    cycles,
    doing,
    mine,
    reports,
    round_page,
    starting,
    step,
)

app_name = "pilots"
urlpatterns = [
    path("", board.board, name="board"),
    path("sheet", board.sheet, name="sheet"),
    path("new/", starting.new, name="new"),
    path("mine/", mine.mine, name="mine"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.write, name="case_new"),
    path("cases/<str:case>/", cases.case, name="case"),
    path("cases/<str:case>/edit/", cases.edit, name="case_edit"),
    path("cases/<str:case>/do/<str:verb>/", cases.move, name="case_move"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/<str:cycle>/", cycles.cycle, name="cycle"),
    path("cycles/<str:cycle>/write/", cycles.write, name="cycle_write"),
    path("given/<str:given>/", doing.given, name="given"),
    path("given/<str:given>/back/", doing.take_back, name="take_back"),
    path("changes/<str:change>/<str:verb>/", changes.move, name="change"),
    path("steps/<str:step>/", step.step, name="step"),
    path("steps/<str:step>/give/", doing.give, name="give"),
    path("steps/<str:step>/plan/", doing.plan, name="plan"),
    path("steps/<str:step>/do/<str:verb>/", doing.move, name="move"),
    path("steps/<str:step>/cases/<str:case>/<str:verb>/", doing.at_hand, name="at_hand"),
    path("<str:pilot>/", round_page.pilot, name="pilot"),
    path("<str:pilot>/change/", starting.change, name="change_pilot"),
    path("<str:pilot>/end/", starting.end, name="end"),
    path("<str:pilot>/begin/", starting.begin, name="begin"),
    path("<str:pilot>/<int:number>/", round_page.round_, name="round"),
    path("<str:pilot>/<int:number>/changes/", changes.changes, name="changes"),
    path("<str:pilot>/<int:number>/reports/", reports.reports, name="reports"),
    path("<str:pilot>/<int:number>/reports/<int:version>/", reports.report, name="report"),
    path("<str:pilot>/<int:number>/reports/<int:version>/paper", reports.paper, name="paper"),
]
