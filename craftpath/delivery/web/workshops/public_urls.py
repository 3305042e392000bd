"""Addresses of workshops for whoever comes, with an account or without one."""

from django.urls import path

from craftpath.delivery.web.workshops import (
    at,  # noqa: F401  (says its part of the public pages)
    own,
    public,
)

app_name = "workshop"
urlpatterns = [
    path("", public.workshops, name="workshops"),
    path("shelf/", public.shelves, name="shelf"),
    path("shelf/<str:case>/", public.shelved, name="shelved"),
    path("shelf/<str:case>/<int:number>/", public.shelf_file, name="shelf_file"),
    path("certificate/", public.check, name="check"),
    path("mine/<str:token>/", own.mine, name="mine"),
    path("mine/<str:token>/change/", own.change, name="change"),
    path("mine/<str:token>/withdraw/", own.withdraw, name="withdraw"),
    path("mine/<str:token>/join/", own.join, name="join"),
    path("mine/<str:token>/hall/", own.hall, name="hall"),
    path("mine/<str:token>/ask/", own.ask, name="ask"),
    path("mine/<str:token>/support/<str:question>/", own.support, name="support"),
    path("mine/<str:token>/vote/<str:poll>/", own.vote, name="vote"),
    path("mine/<str:token>/case/", own.case, name="case"),
    path("mine/<str:token>/case/<str:case>/", own.case, name="case_again"),
    path("mine/<str:token>/certificate", own.certificate, name="certificate"),
    path("mine/<str:token>/material/<str:material>", own.material, name="material"),
    path("<str:workshop>/", public.page, name="page"),
    path("<str:workshop>/register/", public.register, name="register"),
    path("<str:workshop>/calendar.ics", public.calendar, name="calendar"),
]
