"""Addresses of pairs."""

from django.urls import path

from craftpath.delivery.web.pairing import board, doing, forming, house, mine, pair, picture, teachers, wishes

app_name = "pairing"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("board/", board.board, name="board"),
    path("board/take-over/<str:cohort>/", doing.take_over, name="take_over"),
    path("picture/", picture.picture, name="picture"),
    path("teachers/", teachers.teachers, name="teachers"),
    path("rules/", house.rules, name="rules"),
    path("new/", forming.new, name="new"),
    path("changes/", wishes.wishes, name="wishes"),
    path("changes/<str:wish>/withdraw/", wishes.withdraw, name="withdraw"),
    path("changes/<str:wish>/see/", wishes.see, name="see"),
    path("changes/<str:wish>/settle/", wishes.settle, name="settle"),
    path("<str:pair>/", pair.pair, name="pair"),
    path("<str:pair>/accept/", doing.accept, name="accept"),
    path("<str:pair>/decline/", doing.decline, name="decline"),
    path("<str:pair>/object/", doing.dissolve, name="object"),
    path("<str:pair>/end/", doing.end, name="end"),
    path("<str:pair>/renew/", doing.renew, name="renew"),
    path("<str:pair>/replace/", doing.replace, name="replace"),
    path("<str:pair>/deputy/", doing.deputy, name="deputy"),
    path("<str:pair>/ask/", wishes.ask, name="ask"),
]
