"""Addresses of practical work."""

from django.urls import path

from craftpath.delivery.web.judging import (
    board,
    doing,
    listing,
    offline,
    overview,
    planning,
    rating,
    rubrics,
    work,
)
from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.domain.judging.texts import REASONS

__all__ = ["offline"]  # brings ratings to the outbox's door

learn_reasons(REASONS)

app_name = "judging"
urlpatterns = [
    path("", listing.mine, name="list"),
    path("cohorts/", board.board, name="board"),
    path("rubrics/", rubrics.listing, name="rubrics"),
    path("rubrics/new/", rubrics.new, name="rubric_new"),
    path("rubrics/<str:rubric>/", rubrics.rubric, name="rubric"),
    path("rubrics/<str:rubric>/edit/", rubrics.edit, name="rubric_edit"),
    path("rubrics/<str:rubric>/retire/", rubrics.retire, name="rubric_retire"),
    path("plan/<str:evaluation>/", planning.plan, name="plan"),
    path("files/<str:exhibit>/", work.file, name="file"),
    path("<str:practical>/", overview.practical, name="practical"),
    path("<str:practical>/rate/", rating.rate, name="rate"),
    path("<str:practical>/publish/", doing.publish, name="publish"),
    path("<str:practical>/ask/", doing.ask, name="ask"),
    path("<str:practical>/move/", doing.move, name="move"),
    path("<str:practical>/of/<str:enrolment>/", work.work, name="work"),
    path("<str:practical>/of/<str:enrolment>/exhibit/", work.exhibit, name="exhibit"),
    path("<str:practical>/of/<str:enrolment>/reopen/", doing.reopen, name="reopen"),
    path("raters/<str:rater>/excuse/", doing.excuse, name="excuse"),
]
