"""Addresses of the register."""

from django.urls import path

from craftpath.delivery.web.accreditation import accrediting, applying, desk

app_name = "accreditation"
urlpatterns = [
    path("", desk.registrations, name="registrations"),
    path("rule/", accrediting.rule, name="rule"),
    path("places/", accrediting.places, name="places"),
    path("places/list.<str:form>", accrediting.places_file, name="places_file"),
    path("places/new/", accrediting.new, name="place_new"),
    path("places/<str:place>/", accrediting.place, name="place"),
    path("places/<str:place>/do/<str:verb>/", accrediting.place_move, name="place_move"),
    path("apply/", applying.apply, name="apply"),
    path("applications/<str:application>/", applying.application, name="application"),
    path("applications/<str:application>/do/<str:verb>/", applying.application_move, name="application_move"),
    path("files/<str:evidence>/", desk.evidence, name="evidence"),
    path("<str:registration>/", desk.registration, name="registration"),
    path("<str:registration>/line/", desk.line, name="line"),
    path("<str:registration>/visit/", desk.visit, name="visit"),
    path("<str:registration>/invite/", desk.invite, name="invite"),
    path("<str:registration>/link/", desk.give_link, name="give_link"),
    path("<str:registration>/do/<str:verb>/", desk.move, name="move"),
]
