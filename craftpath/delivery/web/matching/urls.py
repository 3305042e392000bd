"""Addresses of matching rounds."""

from django.urls import path

from craftpath.delivery.web.matching import (
    doing,
    profiles,
    round_page,
    rounds,
    setting_up,
    travel,
    why,
    wishes,
)

app_name = "matching"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("new/", setting_up.new, name="new"),
    path("about/", profiles.about, name="about"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("travel/", travel.travel, name="travel"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("wishes/<str:seat>/", wishes.state, name="state"),
    path("<str:row>/", round_page.show, name="round"),
    path("<str:row>/people/", setting_up.people, name="people"),
    path("<str:row>/why/<str:seat>/", why.why, name="why"),
    path("<str:row>/propose/", doing.propose, name="propose"),
    path("<str:row>/mark/", doing.mark, name="mark"),
    path("<str:row>/ask/", doing.ask, name="ask"),
    path("<str:row>/close/", doing.close, name="close"),
    path("<str:row>/publish/", doing.publish, name="publish"),
    path("<str:row>/drop/", doing.drop, name="drop"),
]
