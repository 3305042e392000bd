"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.agreements import away, changing, doing, ending, recruiting, views, wizard

app_name = "agreements"
urlpatterns = [
    path("", views.listing, name="list"),
    path("list.<str:form>", views.as_file, name="as_file"),
    path("new/", wizard.new, name="new"),
    path("mine/", views.own, name="mine"),
    path("applications/", recruiting.applications, name="applications"),
    path("applications/<str:application>/", recruiting.application, name="application"),
    path("absences/", away.absences, name="absences"),
    path("absences/<str:absence>/", away.answer, name="absence"),
    path("absences/<str:absence>/reason/", away.reason, name="reason"),
    path("floors/", recruiting.floors, name="floors"),
    path("amendments/<str:amendment>/", changing.amendment, name="amendment"),
    path("amendments/<str:amendment>/withdraw/", changing.withdraw, name="withdraw_amendment"),
    path("<str:agreement>/", views.agreement, name="agreement"),
    path("<str:agreement>/edit/", wizard.edit, name="edit"),
    path("<str:agreement>/waive/", wizard.waive, name="waive"),
    path("<str:agreement>/register/", doing.register, name="register"),
    path("<str:agreement>/amend/", changing.amend, name="amend"),
    path("<str:agreement>/pause/", ending.pause, name="pause"),
    path("<str:agreement>/resume/", ending.resume, name="resume"),
    path("<str:agreement>/leave/", ending.leave, name="leave"),
    path("<str:agreement>/stay/", ending.stay, name="stay"),
    path("<str:agreement>/transfer/", ending.transfer, name="transfer"),
    path("<str:agreement>/absence/", away.ask, name="ask"),
    path("<str:agreement>/do/<slug:verb>/", doing.do, name="do"),
]
