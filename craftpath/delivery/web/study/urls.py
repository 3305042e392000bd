"""Addresses of study."""

from django.urls import path

from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.delivery.web.study import cohort, diagnosing, entry, mine, practising, steering, way
from craftpath.domain.study.texts import REASONS

learn_reasons(REASONS)

app_name = "study"
urlpatterns = [
    path("", entry.entry, name="entry"),
    path("of/<str:enrolment>/", mine.mine, name="mine"),
    path("of/<str:enrolment>/path/", way.way, name="way"),
    path("of/<str:enrolment>/practise/", practising.begin, name="practise"),
    path("of/<str:enrolment>/skills/<slug:skill>/", mine.skill, name="skill"),
    path("of/<str:enrolment>/skills/<slug:skill>/diagnosis/", diagnosing.begin, name="diagnose"),
    path("of/<str:enrolment>/skills/<slug:skill>/anyway/", way.anyway, name="anyway"),
    path("of/<str:enrolment>/skills/<slug:skill>/override/", steering.override, name="override"),
    path("of/<str:enrolment>/skills/<slug:skill>/object/", steering.object_to, name="object"),
    path("overrides/<str:override>/lift/", steering.lift, name="lift"),
    path("objections/<str:objection>/<slug:verb>/", steering.answer, name="answer_objection"),
    path("diagnoses/<str:diagnosis>/", diagnosing.diagnosis, name="diagnosis"),
    path("diagnoses/<str:diagnosis>/answer/", diagnosing.answer, name="answer"),
    path("diagnoses/<str:diagnosis>/stop/", diagnosing.stop, name="stop"),
    path("diagnoses/<str:diagnosis>/pictures/<str:picture>/", diagnosing.picture, name="picture"),
    path("sets/<str:practice>/", practising.practice, name="set"),
    path("sets/<str:practice>/answer/", practising.answer, name="answer_set"),
    path("sets/<str:practice>/pictures/<str:picture>/", practising.picture, name="set_picture"),
    path("cohorts/<str:cohort>/", cohort.cohort, name="cohort"),
]
