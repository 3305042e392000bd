"""Addresses of teaching teams."""

from django.urls import path

from craftpath.delivery.web.teaching import calendar, doing, forming, mine, peaks, taught, team, teams

__all__ = ["calendar"]  # brings planned hours into calendars

app_name = "teaching"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("enter/", mine.enter, name="enter"),
    path("times/", mine.times, name="times"),
    path("away/", mine.away, name="away"),
    path("away/<str:away>/back/", mine.back, name="back"),
    path("teams/", teams.teams, name="teams"),
    path("taught/", taught.taught, name="taught"),
    path("taught/confirm/", doing.confirm, name="confirm"),
    path("taught/as.<str:form>", taught.export, name="export"),
    path("taught/<str:taught>/return/", doing.give_back, name="return"),
    path("taught/<str:taught>/correct/", mine.correct, name="correct"),
    path("taught/<str:taught>/take-back/", mine.take_back, name="take_back"),
    path("peaks/", peaks.peaks, name="peaks"),
    path("peaks/<str:peak>/withdraw/", peaks.withdraw_one, name="withdraw_peak"),
    path("new/<str:cohort>/<slug:unit>/", forming.new, name="new"),
    path("<str:team>/", team.team, name="team"),
    path("<str:team>/change/", forming.change, name="change"),
    path("<str:team>/plan/", doing.plan, name="plan"),
    path("<str:team>/lay/", doing.lay, name="lay"),
    path("<str:team>/agree/", doing.agree, name="agree"),
    path("<str:team>/decline/", doing.decline, name="decline"),
    path("<str:team>/withdraw/", doing.withdraw, name="withdraw"),
    path("<str:team>/end/", doing.end, name="end"),
    path("<str:team>/sessions/", doing.take_over, name="take_over"),
    path("<str:team>/sessions/<str:session>/", doing.take_session, name="take_session"),
    path("<str:team>/guest/", doing.enter_guest, name="enter_guest"),
]
