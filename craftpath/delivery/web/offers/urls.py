"""Addresses of the service desk."""

from django.urls import path

from craftpath.delivery.web.offers import desk, doing, one, reporting, writing

app_name = "offers"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("offered/", desk.offered, name="offered"),
    path("promise/", desk.promise, name="promise"),
    path("new/", writing.new, name="new"),
    path("report/", reporting.report, name="report"),
    path("report/list.<str:form>", reporting.sheet, name="sheet"),
    path("files/<str:message>/", one.file, name="file"),
    path("<str:request_id>/", one.one, name="request"),
    path("<str:request_id>/edit/", writing.edit, name="edit"),
    path("<str:request_id>/say/", doing.say, name="say"),
    path("<str:request_id>/link/", doing.give_link, name="give_link"),
    path("<str:request_id>/do/<str:verb>/", doing.move, name="move"),
]
