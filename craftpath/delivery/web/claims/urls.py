"""Addresses of outside certificates."""

from django.urls import path

from craftpath.delivery.web.claims import claiming, desk, files, issuing, ladders, one

app_name = "claims"
urlpatterns = [
    path("", claiming.mine, name="mine"),
    path("new/", claiming.new, name="new"),
    path("levels/", ladders.levels, name="levels"),
    path("desk/", desk.desk, name="desk"),
    path("issuers/", issuing.issuers, name="issuers"),
    path("issuers/<str:issuer>/drop/", issuing.drop, name="drop_issuer"),
    path("files/<str:evidence>/", files.evidence, name="evidence"),
    path("files/<str:evidence>/drop/", files.drop, name="drop_evidence"),
    path("<str:claim>/", one.claim, name="claim"),
    path("<str:claim>/change/", claiming.change, name="change"),
    path("<str:claim>/files/", files.add, name="add_evidence"),
    path("<str:claim>/own/<str:verb>/", one.own, name="own"),
    path("<str:claim>/decide/<str:verb>/", one.decide, name="decide"),
]
