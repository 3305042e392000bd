"""Addresses of the import pages; an import, once committed or discarded, answers with its outcome."""

from django.urls import path

from craftpath.delivery.exchange.texts import REASONS
from craftpath.delivery.web.sheets import checking, evidence, undoing, views, working
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "sheets"
urlpatterns = [
    path("", views.show_imports, name="list"),
    path("new/<str:kind>/<str:target>/", views.upload, name="upload"),
    path("template/<str:kind>/<str:target>/", views.template, name="template"),
    path("<str:sheet>/", checking.columns, name="columns"),
    path("<str:sheet>/check/", checking.check, name="check"),
    path("<str:sheet>/commit/", checking.commit, name="commit"),
    path("<str:sheet>/discard/", checking.discard, name="discard"),
    path("<str:sheet>/cancel/", working.cancel, name="cancel"),
    path("<str:sheet>/undo/", undoing.undo, name="undo"),
    path("<str:sheet>/annotated.xlsx", checking.annotated_sheet, name="annotated"),
    path("<str:sheet>/errors.csv", checking.errors, name="errors"),
    path("<str:sheet>/file/", evidence.file, name="file"),
    path("<str:sheet>/cell/", evidence.cell, name="cell"),
]
