"""Addresses of skill frameworks."""

from django.urls import path

from craftpath.delivery.exchange.frameworks.texts import IMPORT_REASONS as REASONS
from craftpath.delivery.web.frameworks import carrying, crosswalks, doing, editing, importing, reading
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "frameworks"
urlpatterns = [
    path("", reading.frameworks, name="list"),
    path("crosswalks/", crosswalks.crosswalks, name="crosswalks"),
    path("crosswalks/<slug:one>/<slug:other>/", crosswalks.crosswalk, name="crosswalk"),
    path("crosswalks/<slug:one>/<slug:other>/take-back/", crosswalks.unmatch, name="unmatch"),
    path("imports/", importing.uploads, name="imports"),
    path("imports/form.<str:form>", carrying.template, name="template"),
    path("imports/<str:sheet>/", importing.check, name="check"),
    path("imports/<str:sheet>/take/", importing.take, name="take"),
    path("imports/<str:sheet>/discard/", importing.discard, name="discard"),
    path("new/", editing.new, name="new"),
    path("<str:framework>/", reading.framework, name="framework"),
    path("<str:framework>/as.<str:form>", carrying.export, name="export"),
    path("<str:framework>/edit/", editing.edit, name="edit"),
    path("<str:framework>/about/", editing.describe, name="describe"),
    path("<str:framework>/levels/", editing.levels, name="levels"),
    path("<str:framework>/add/", editing.add, name="add"),
    path("<str:framework>/nodes/<slug:key>/", editing.node, name="node"),
    path("<str:framework>/nodes/<slug:key>/move/", editing.move, name="move"),
    path("<str:framework>/nodes/<slug:key>/remove/", editing.remove, name="remove"),
    path("<str:framework>/do/<str:verb>/", doing.do, name="do"),
    path("<str:framework>/skills/<slug:key>/", reading.skill, name="skill"),
    path("<str:framework>/compare/<str:before>/", reading.compare, name="compare"),
]
