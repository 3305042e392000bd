"""Doors of LTI for other systems, and for whoever comes from them."""

from django.urls import path

from craftpath.delivery.web.lti import arriving, launching, services

app_name = "lti"
urlpatterns = [
    path("auth/", launching.answer, name="answer"),
    path("chosen/<slug:place>/<str:tool>/", launching.chosen, name="chosen"),
    path("token/", services.token, name="token"),
    path("keys/<slug:place>/", services.key_set, name="keys"),
    path("courses/<str:context>/members", services.members, name="members"),
    path("courses/<str:context>/items", services.items, name="items"),
    path("courses/<str:context>/items/<str:item>", services.item, name="item"),
    path("courses/<str:context>/items/<str:item>/scores", services.scores, name="scores"),
    path("courses/<str:context>/items/<str:item>/results", services.results, name="results"),
    path("login/", arriving.begin, name="login"),
    path("launch/", arriving.launch, name="launch"),
    path("join/", arriving.join, name="join"),
    path("choose/", arriving.choose, name="choose"),
]
