"""Addresses of sharing."""

from django.urls import path

from craftpath.delivery.web.sharing import listing, one, seeing, writing

app_name = "sharing"
urlpatterns = [
    path("", listing.rules, name="list"),
    path("matrix/", listing.matrix, name="matrix"),
    path("looks/", listing.looks, name="looks"),
    path("register/", listing.register_file, name="register"),
    path("new/", writing.choose, name="choose"),
    path("new/<slug:kind>/", writing.write, name="new"),
    path("<str:rule>/", one.rule, name="rule"),
    path("<str:rule>/edit/", writing.edit, name="edit"),
    path("<str:rule>/do/<slug:verb>/", one.do, name="do"),
    path("<str:rule>/table/", seeing.table, name="table"),
    path("<str:rule>/look/", seeing.look, name="look"),
    path("<str:rule>/file/<slug:form>/", seeing.file, name="file"),
]
