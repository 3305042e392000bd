"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.evaluation import contesting, deciding, grid, moving, oral, views, worked_out

app_name = "evaluation"
urlpatterns = [
    path("marks/<str:mark>/", views.mark, name="mark"),  # before the two names below, which would take it
    path("contests/", contesting.contest_list, name="contests"),
    path("contests/<str:contest>/", contesting.contest, name="contest"),
    path("contests/<str:contest>/uphold/", contesting.uphold, name="uphold"),
    path("contests/<str:contest>/correct/", contesting.correct, name="correct_contested"),
    path("contests/<str:contest>/withdraw/", contesting.withdraw, name="withdraw"),
    path("<str:evaluation>/", views.cohort, name="cohort"),
    path("<str:evaluation>/move/", moving.move, name="move"),  # before the enrolment's name, too
    path("<str:evaluation>/grid/", grid.grid, name="grid"),
    path("<str:evaluation>/grid.<str:form>", grid.grid_export, name="grid_export"),
    path("<str:evaluation>/export.<str:form>", views.export, name="export"),
    path("<str:evaluation>/decide/", deciding.decide, name="decide"),
    path("<str:evaluation>/<str:enrolment>/contest/", contesting.raise_one, name="raise"),
    path("<str:evaluation>/<str:enrolment>/correct/", deciding.correct, name="correct"),
    path("<str:evaluation>/<str:enrolment>/", views.derive, name="derivation"),
    path("<str:evaluation>/<str:enrolment>/from/<str:item>/", worked_out.worked_out, name="worked_out"),
    path(
        "<str:evaluation>/<str:enrolment>/from/<str:item>/again/", worked_out.again, name="worked_out_again"
    ),
    path("<str:evaluation>/<str:enrolment>/oral/", oral.oral, name="oral"),
]
