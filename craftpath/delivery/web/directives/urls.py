"""Addresses of notices, plans and quotas."""

from django.urls import path

from craftpath.delivery.web.directives import doing, files, listing, receipts, showing, writing

app_name = "directives"
urlpatterns = [
    path("", listing.for_me, name="list"),
    path("issued/", listing.issued, name="issued"),
    path("new/", writing.new, name="new"),
    path("<str:directive>/", showing.directive, name="directive"),
    path("<str:directive>/open/", showing.open_it, name="open"),
    path("<str:directive>/understood/", showing.understood, name="understood"),
    path("<str:directive>/answer/<slug:place>/", showing.answer, name="answer"),
    path("<str:directive>/change/", writing.change, name="change"),
    path("<str:directive>/correct/", writing.correct, name="correct"),
    path("<str:directive>/publish/", doing.publish, name="publish"),
    path("<str:directive>/withdraw/", doing.withdraw, name="withdraw"),
    path("<str:directive>/do/<slug:verb>/", doing.do, name="do"),
    path("<str:directive>/receipts/", receipts.receipts, name="receipts"),
    path("<str:directive>/receipts.xlsx", receipts.sheet, name="sheet"),
    path("<str:directive>/files/<str:file>/", files.attached, name="file"),
    path("<str:directive>/files/<str:file>/remove/", files.remove, name="remove_file"),
    path("<str:directive>/answers/<slug:place>/file/", files.answered, name="answer_file"),
]
