"""Addresses of a demo site; `project/urls.py` leaves them out of a real one."""

from django.urls import path

from craftpath.delivery.web.demo import views

app_name = "demo"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("o/<slug:organisation>/sheet/<str:evaluation>.xlsx", views.sheet, name="sheet"),
]
