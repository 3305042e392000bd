"""Where somebody lands."""

from django.urls import path

from craftpath.delivery.web.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("o/<slug:organisation>/", views.home, name="home"),
]
