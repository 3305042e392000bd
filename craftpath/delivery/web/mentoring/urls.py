"""Addresses of what a pair does together."""

from django.urls import path

from craftpath.delivery.web.mentoring import (
    agreement,
    board,
    files,
    goals,
    graduation,
    house,
    keepsake,
    meetings,
    pair,
    product,
    talk,
)

app_name = "mentoring"
urlpatterns = [
    path("", board.board, name="board"),
    path("pairs.<str:form>", board.as_file, name="as_file"),
    path("rules/", house.rules, name="rules"),
    path("wording/", house.wording, name="wording"),
    path("files/<str:file>/", files.file, name="file"),
    path("goals/<str:goal>/reach/", goals.reach, name="reach"),
    path("goals/<str:goal>/drop/", goals.drop, name="drop"),
    path("goals/<str:goal>/object/", goals.object_to, name="object"),
    path("meetings/<str:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<str:meeting>/confirm/", meetings.confirm, name="confirm"),
    path("signed/<str:agreement>/", agreement.signed, name="signed"),
    path("<str:pair>/", pair.pair, name="pair"),
    path("<str:pair>/meet/", meetings.write, name="meet"),
    path("<str:pair>/goal/", goals.new, name="goal"),
    path("<str:pair>/talk/", talk.talk, name="talk"),
    path("<str:pair>/talk/agree/", talk.agree, name="agree"),
    path("<str:pair>/talk/close/", talk.close, name="close"),
    path("<str:pair>/talk/waive/", talk.waive, name="waive"),
    path("<str:pair>/product/", product.product, name="product"),
    path("<str:pair>/product/file/", product.add, name="add"),
    path("<str:pair>/product/show/", product.show, name="show"),
    path("<str:pair>/agreement/", agreement.agreement, name="agreement"),
    path("<str:pair>/graduation/", graduation.graduation, name="graduation"),
    path("<str:pair>/thanks/", graduation.thanks, name="thanks"),
    path("<str:pair>/page/", keepsake.page, name="page"),
    path("<str:pair>/page/pdf/", keepsake.pdf, name="pdf"),
]
