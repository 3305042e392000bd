"""Addresses of certificates for whoever doubts them."""

from django.urls import path

from craftpath.delivery.web.verify import keys, paper, views

app_name = "verify"
urlpatterns = [
    path("", views.find, name="find"),
    path("status/<slug:place>/<int:number>.json", keys.status, name="status"),
    path("<str:certificate>/", views.page, name="page"),
    path("<str:certificate>/credential.json", views.credential, name="credential"),
    path("<str:certificate>/credential.jwt", views.token, name="token"),
    path("<str:certificate>/badge.svg", views.badge, name="badge"),
    path("<str:certificate>/paper.pdf", paper.paper, name="paper"),
]
