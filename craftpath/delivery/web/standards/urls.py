"""Addresses of standard setting."""

from django.urls import path

from craftpath.delivery.web.standards import doing, judge, listing, planning, study

app_name = "standards"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", planning.new, name="new"),
    path("judges/<str:judge>/excuse/", doing.excuse, name="excuse"),
    path("<str:study>/", study.study, name="study"),
    path("<str:study>/open/", doing.open_round, name="open"),
    path("<str:study>/move/", doing.move, name="move"),
    path("<str:study>/invite/", doing.invite, name="invite"),
    path("<str:study>/adopt/", doing.adopt, name="adopt"),
    path("<str:study>/judge/", judge.judge, name="judge"),
    path("<str:study>/pictures/<str:picture>/", judge.picture, name="picture"),
]
