"""Addresses of incidents and complaints."""

from django.urls import path

from craftpath.delivery.web.care import complaining, complaints, home, incidents, rates, reporting

app_name = "care"
urlpatterns = [
    path("", home.home, name="home"),
    path("report/", reporting.report, name="report"),
    path("rates/", rates.rates, name="rates"),
    path("complaints/new/", complaining.complain, name="complain"),
    path("complaints/<str:complaint>/", complaints.complaint, name="complaint"),
    path("complaints/<str:complaint>/<slug:verb>/", complaints.do, name="complaint_do"),
    path("measures/<str:measure>/done/", home.finish, name="finish"),
    path("<str:incident>/", incidents.incident, name="incident"),
    path("<str:incident>/photo/", incidents.photo, name="photo"),
    path("<str:incident>/do/<slug:verb>/", incidents.do, name="incident_do"),
]
