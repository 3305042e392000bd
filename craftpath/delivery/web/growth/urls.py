"""Addresses of skill pages."""

from django.urls import path

from craftpath.delivery.web.growth import checking, cohort, entry, one, skill
from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.domain.growth.texts import REASONS

learn_reasons(REASONS)

app_name = "growth"
urlpatterns = [
    path("", entry.entry, name="entry"),
    path("of/<str:enrolment>/", one.one, name="one"),
    path("of/<str:enrolment>/rate/", checking.check, name="check"),
    path("of/<str:enrolment>/skills/<slug:skill>/", skill.skill, name="skill"),
    path("of/<str:enrolment>/skills/<slug:skill>/goal/", skill.goal, name="goal"),
    path("of/<str:enrolment>/skills/<slug:skill>/object/", skill.object_to, name="object"),
    path("goals/<str:goal>/<slug:verb>/", skill.end_goal, name="end_goal"),
    path("objections/<str:objection>/<slug:verb>/", skill.answer, name="answer"),
    path("cohorts/<str:cohort>/", cohort.cohort, name="cohort"),
    path("cohorts/<str:cohort>/people.<str:form>", cohort.as_file, name="as_file"),
    path("cohorts/<str:cohort>/skills.<str:form>", cohort.export, name="export"),
]
