"""Doors of LTI for other systems, and for whoever comes from them."""

from django.urls import path

from craftpath.delivery.web.lti import answering, arriving, launching

app_name = "lti"
urlpatterns = [
    path("auth/", launching.answer, name="answer"),
    path("chosen/<slug:place>/<str:tool>/", launching.chosen, name="chosen"),
    path("token/", answering.token, name="token"),
    path("keys/<slug:place>/", answering.key_set, name="keys"),
    path("courses/<str:context>/members", answering.members, name="members"),
    path("courses/<str:context>/items", answering.items, name="items"),
    path("courses/<str:context>/items/<str:item>", answering.item, name="item"),
    path("courses/<str:context>/items/<str:item>/scores", answering.scores, name="scores"),
    path("courses/<str:context>/items/<str:item>/results", answering.results, name="results"),
    path("courses/<str:context>/items/<str:item>/results/<str:number>", answering.result, name="result"),
    path("login/", arriving.begin, name="login"),
    path("launch/", arriving.launch, name="launch"),
    path("join/", arriving.join, name="join"),
    path("choose/", arriving.choose, name="choose"),
]
