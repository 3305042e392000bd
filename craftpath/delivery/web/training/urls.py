"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.training import (
    adding,
    calendar,  # noqa: F401  (brings the rotation into calendars)
    departments,
    hours,
    own,
    own_units,
    pattern,
    rotation,
    stay,
    units,
    views,
)

app_name = "training"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("mine/", own.mine, name="mine"),
    path("coming/", own.coming, name="coming"),
    path("departments/", departments.departments, name="departments"),
    path("stays/<str:stay>/", stay.stay, name="stay"),
    path("hours/<str:enrolment>/", hours.hours, name="hours"),
    path("hours/<str:enrolment>/hours.<str:form>", hours.hours_export, name="hours_export"),
    path("<str:cohort>/", views.plan, name="plan"),
    path("<str:cohort>/draft/", views.draft, name="draft"),
    path("<str:cohort>/units/", units.units, name="units"),
    path("<str:cohort>/units/add/", own_units.add, name="add_unit"),
    path("<str:cohort>/units/<str:unit>/take-out/", own_units.take_out, name="take_out_unit"),
    path("<str:cohort>/rotation/", rotation.rotation, name="rotation"),
    path("<str:cohort>/rotation/add/", adding.add, name="add_stays"),
    path("<str:cohort>/pattern/", pattern.pattern, name="pattern"),
    path("<str:cohort>/pattern/publish/", pattern.publish, name="publish"),
    path("<str:cohort>/pattern/<str:pattern>/undo/", pattern.undo, name="undo"),
    path("<str:cohort>/hours/", hours.cohort_hours, name="cohort_hours"),
    path("<str:cohort>/hours/hours.<str:form>", hours.cohort_hours_export, name="cohort_hours_export"),
]
