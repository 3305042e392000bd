"""Addresses of workshops for those who work here."""

from django.urls import path

from craftpath.delivery.web.workshops import (
    agenda,
    calendar,
    cases,
    certifying,
    desk,
    listing,
    live,
    offline,
    one,
    people,
    report,
    shelf,
)

__all__ = ["calendar", "offline"]  # bring days into calendars, and take what the outbox brings

app_name = "workshops"
urlpatterns = [
    path("", listing.workshops, name="list"),
    path("new/", one.new, name="new"),
    path("shelf/", shelf.shelf, name="shelf"),
    path("<str:workshop>/", one.workshop, name="workshop"),
    path("<str:workshop>/change/", one.change, name="change"),
    path("<str:workshop>/paper", one.paper, name="paper"),
    path("<str:workshop>/agenda/", agenda.agenda, name="agenda"),
    path("<str:workshop>/agenda/copy/", agenda.copy, name="copy"),
    path("<str:workshop>/agenda/item/<str:item>/", agenda.item, name="item"),
    path("<str:workshop>/agenda/<str:what>/", agenda.add, name="add"),
    path("<str:workshop>/agenda/<str:what>/<str:one>/drop/", agenda.drop, name="drop"),
    path("<str:workshop>/people/", people.people, name="people"),
    path("<str:workshop>/people/list.<str:form>", people.sheet, name="sheet"),
    path("<str:workshop>/people/many/", people.many, name="many"),
    path("<str:workshop>/people/invite/", people.invite, name="invite"),
    path("<str:workshop>/people/<str:registration>/", people.one, name="one"),
    path("<str:workshop>/people/<str:registration>/withdraw/", people.withdraw, name="withdraw"),
    path("<str:workshop>/desk/", desk.desk, name="desk"),
    path("<str:workshop>/desk/meeting/", desk.meeting, name="meeting"),
    path("<str:workshop>/desk/<str:registration>/<str:verb>/", desk.tick, name="tick"),
    path("<str:workshop>/live/", live.live, name="live"),
    path("<str:workshop>/live/screen/", live.screen, name="screen"),
    path("<str:workshop>/live/poll/", live.new_poll, name="new_poll"),
    path("<str:workshop>/live/polls/<str:poll>/<str:verb>/", live.poll, name="poll"),
    path("<str:workshop>/live/questions/<str:question>/<str:verb>/", live.question, name="question"),
    path("<str:workshop>/cases/", cases.cases, name="cases"),
    path("<str:workshop>/cases/<str:case>/files/<int:number>/", cases.file, name="case_file"),
    path("<str:workshop>/cases/<str:case>/<str:verb>/", cases.case, name="case"),
    path("<str:workshop>/certificates/", certifying.certificates, name="certificates"),
    path("<str:workshop>/certificates/thank/", certifying.thank, name="thank"),
    path("<str:workshop>/certificates/print/", certifying.everybody, name="print"),
    path("<str:workshop>/certificates/<str:certificate>/revoke/", certifying.revoke, name="revoke"),
    path("<str:workshop>/certificates/<str:certificate>/paper", certifying.paper, name="certificate"),
    path("<str:workshop>/report/", report.report, name="report"),
    path("<str:workshop>/report/paper", report.paper, name="report_paper"),
    path("<str:workshop>/do/<str:verb>/", one.move, name="move"),
]
