"""Addresses of printing."""

from django.urls import path

from craftpath.delivery.web.papers import asking, one, running, whole
from craftpath.delivery.web.papers.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "papers"
urlpatterns = [
    path("of/<str:enrolment>/", one.apprentice, name="apprentice"),
    path("of/<str:enrolment>/training-record", one.training_record, name="training_record"),
    path("of/<str:enrolment>/core-skills", one.core_skills, name="core_skills"),
    path("of/<str:enrolment>/gate-form", one.gate_form, name="gate_form"),
    path("reviews/<str:review>/", one.review, name="review"),
    path("reviews/<str:review>/form", one.review_form, name="review_form"),
    path("cohorts/<str:cohort>/", whole.cohort, name="cohort"),
    path("cohorts/<str:cohort>/file", whole.cohort_file, name="cohort_file"),
    path("cohorts/<str:cohort>/mark-list", whole.mark_list, name="mark_list"),
    path("cohorts/<str:cohort>/everybody", asking.ask, name="ask"),
    path("runs/", running.run_list, name="runs"),
    path("runs/<str:run>/", running.run, name="run"),
    path("runs/<str:run>/cancel/", running.cancel, name="cancel"),
    path("runs/<str:run>/archive", running.archive, name="archive"),
    path("runs/<str:run>/together", running.together, name="together"),
]
