"""Addresses of masters' stories."""

from django.urls import path

from craftpath.delivery.web.frameworks.usage import label_uses
from craftpath.delivery.web.stories import (
    desk,
    details,
    doing,
    files,
    mine,
    recording,
    story,
    talking,
    telling,
    wall,
)
from craftpath.delivery.web.stories.places import USES

label_uses("stories", USES)

app_name = "stories"
urlpatterns = [
    path("", wall.wall, name="wall"),
    path("new/", telling.new, name="new"),
    path("mine/", mine.mine, name="mine"),
    path("desk/", desk.desk, name="desk"),
    path("comments/<str:comment>/report/", talking.report, name="report"),
    path("comments/<str:comment>/do/<str:verb>/", talking.moderate, name="moderate"),
    path("questions/<str:question>/", mine.answer, name="answer"),
    path("<str:story>/", story.story, name="story"),
    path("<str:story>/paper/", story.paper, name="paper"),
    path("<str:story>/tell/<slug:prompt>/", telling.tell, name="tell"),
    path("<str:story>/details/", details.details, name="details"),
    path("<str:story>/recording/", recording.recording, name="recording"),
    path("<str:story>/picture/", recording.picture, name="picture"),
    path("<str:story>/drop/<str:which>/", recording.drop, name="drop"),
    path("<str:story>/agree/", doing.agree, name="agree"),
    path("<str:story>/do/<str:verb>/", doing.move, name="move"),
    path("<str:story>/comment/", talking.comment, name="comment"),
    path("<str:story>/ask/", talking.ask, name="ask"),
    path("<str:story>/captions.vtt", files.captions, name="captions"),
    path("<str:story>/<str:which>", files.file, name="file"),
]
