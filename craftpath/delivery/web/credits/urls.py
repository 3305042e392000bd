"""Addresses of the credit bank."""

from django.urls import path

from craftpath.delivery.web.credits import accounts, asking, diplomas, own, requests, rules, ways

app_name = "credits"
urlpatterns = [
    path("", own.account, name="account"),
    path("look/", own.look, name="look"),
    path("ledger.<str:form>", own.ledger, name="ledger"),
    path("ways/", ways.mine, name="ways"),
    path("ways/<str:diploma>/", ways.mine_to, name="way"),
    path("ask/", asking.ask, name="ask"),
    path("prior/", asking.prior, name="prior"),
    path("requests/", requests.desk, name="desk"),
    path("requests/<str:request_id>/", requests.one, name="request"),
    path("requests/<str:request_id>/decide/", requests.decide, name="decide"),
    path("requests/<str:request_id>/<str:verb>/", requests.move, name="move"),
    path("files/<str:file>/", requests.file, name="file"),
    path("accounts/", accounts.listing, name="accounts"),
    path("accounts/<str:account>/", accounts.one, name="one"),
    path("accounts/<str:account>/look/", accounts.look, name="look_for"),
    path("accounts/<str:account>/ledger.<str:form>", accounts.ledger, name="ledger_of"),
    path("accounts/<str:account>/ways/", ways.theirs, name="ways_of"),
    path("accounts/<str:account>/ways/<str:diploma>/", ways.theirs_to, name="way_of"),
    path("entries/<str:entry>/back/", accounts.back, name="back"),
    path("rules/", rules.listing, name="rules"),
    path("rules/<str:rule>/end/", rules.end, name="end_rule"),
    path("diplomas/", diplomas.listing, name="diplomas"),
    path("diplomas/new/", diplomas.new, name="new"),
    path("diplomas/preset/", diplomas.preset, name="preset"),
    path("diplomas/<str:diploma>/", diplomas.one, name="diploma"),
    path("diplomas/<str:diploma>/change/", diplomas.change, name="change"),
    path("diplomas/<str:diploma>/add/<str:what>/", diplomas.add, name="add"),
    path("diplomas/<str:diploma>/end/<str:what>/<str:key>/", diplomas.end, name="end"),
    path("diplomas/<str:diploma>/<str:verb>/", diplomas.move, name="diploma_move"),
]
