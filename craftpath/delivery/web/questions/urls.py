"""Addresses of questions and answers."""

from django.urls import path

from craftpath.delivery.web.questions import asking, doing, listing, minding, offline, one, queue

__all__ = ["offline"]  # brings questions to the outbox's door

app_name = "questions"
urlpatterns = [
    path("", listing.all_questions, name="list"),
    path("ask/", asking.ask, name="ask"),
    path("similar/", asking.like_this, name="similar"),
    path("mine/", listing.mine, name="mine"),
    path("queue/", queue.queue, name="queue"),
    path("minding/", minding.minding, name="minding"),
    path("promise/", minding.promise, name="promise"),
    path("reports/<str:report>/<str:verb>/", minding.decide, name="decide"),
    path("hidings/<str:hiding>/<str:verb>/", minding.hiding, name="hiding"),
    path("files/<str:photo>/", one.file, name="file"),
    path("answers/<str:answer>/change/", doing.change_answer, name="change_answer"),
    path("answers/<str:answer>/<str:verb>/", doing.answer_do, name="answer_do"),
    path("<str:question>/", one.question, name="question"),
    path("<str:question>/answer/", doing.answer, name="answer"),
    path("<str:question>/change/", doing.change, name="change"),
    path("<str:question>/<str:verb>/", doing.question_do, name="do"),
]
