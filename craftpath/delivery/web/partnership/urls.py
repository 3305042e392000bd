"""Addresses of these pages."""

from django.urls import path

from craftpath.delivery.web.partnership import booked, costs, investing, managing, statement, views

app_name = "partnership"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.write, name="new"),
    path("duties/<str:duty>/<slug:verb>/", views.duty, name="duty"),
    path("pledges/<str:pledge>/withdraw/", investing.withdraw_pledge, name="withdraw_pledge"),
    path("given/<str:contribution>/", investing.contribution, name="contribution"),
    path("given/<str:contribution>/evidence", investing.evidence, name="evidence"),
    path("given/<str:contribution>/<slug:verb>/", investing.move, name="move"),
    path("rules/<str:book>/agree/", investing.agree, name="agree"),
    path("letters/<str:letter>/paper", statement.paper, name="letter"),
    path("<str:cooperation>/", views.cooperation, name="cooperation"),
    path("<str:cooperation>/edit/", views.write, name="edit"),
    path("<str:cooperation>/do/<slug:verb>/", views.do, name="do"),
    path("<str:cooperation>/duties/", views.take_duty, name="take_duty"),
    path("<str:cooperation>/invest/", investing.invest, name="invest"),
    path(
        "<str:cooperation>/contributions.<str:form>", investing.contributions_file, name="contributions_file"
    ),
    path("<str:cooperation>/give/", investing.give, name="give"),
    path("<str:cooperation>/booked/", booked.give_booked, name="give_booked"),
    path("<str:cooperation>/pledge/", investing.pledge, name="pledge"),
    path("<str:cooperation>/rules/", investing.valuing, name="rules"),
    path("<str:cooperation>/manage/", managing.manage, name="manage"),
    path("<str:cooperation>/found/", managing.found_committee, name="found"),
    path("<str:cooperation>/statement/", statement.statement, name="statement"),
    path("<str:cooperation>/statement.xlsx", statement.sheet, name="sheet"),
    path("<str:cooperation>/letters/", statement.issue, name="issue"),
    path("<str:cooperation>/costs/", costs.costs, name="costs"),
]
