"""Addresses of the layouts; what is about one stage stands under `for/`."""

from django.urls import path

from craftpath.delivery.exchange.layout_texts import LAYOUTS
from craftpath.delivery.exchange.texts import REFUSALS
from craftpath.delivery.web.layouts import many, trying, views
from craftpath.delivery.web.layouts.texts import REASONS
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REFUSALS | LAYOUTS | REASONS)

app_name = "layouts"
urlpatterns = [
    path("", views.layout_list, name="list"),
    path("for/<str:evaluation>/", trying.choose, name="choose"),
    path("for/<str:evaluation>/placeholders/", views.placeholders, name="placeholders"),
    path("for/<str:evaluation>/example.xlsx", views.example, name="example"),
    path("for/<str:evaluation>/letter.docx", views.letter, name="letter"),
    path("for/<str:evaluation>/<str:layout>/", trying.check, name="check"),
    path("for/<str:evaluation>/<str:layout>/filled", views.filled, name="filled"),
    path("for/<str:evaluation>/<str:layout>/many", many.ask, name="many"),
    path("<str:layout>/", views.layout, name="layout"),
    path("<str:layout>/original", views.original, name="original"),
    path("<str:layout>/rename/", views.rename, name="rename"),
    path("<str:layout>/remove/", views.remove, name="remove"),
]
