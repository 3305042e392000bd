"""Addresses of the item bank; what stands first would otherwise be taken for an item's id."""

from django.urls import path

from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.delivery.web.exams import bank, editing, packages, pasting, pictures, record, trying
from craftpath.delivery.web.shell.refusals import learn_reasons

learn_reasons(REASONS)

app_name = "exams"
urlpatterns = [
    path("", bank.bank, name="bank"),
    path("move/", bank.move, name="move"),
    path("new/", editing.choose, name="choose"),
    path("new/<str:kind>/", editing.new, name="new"),
    path("paste/", pasting.paste, name="paste"),
    path("packages/", packages.take, name="take"),
    path("packages/out/", packages.give, name="give"),
    path("pictures/<str:picture>/", pictures.picture, name="picture"),
    path("stimuli/", editing.stimuli, name="stimuli"),
    path("<str:item>/", trying.item, name="item"),
    path("<str:item>/edit/", editing.edit, name="edit"),
    path("<str:item>/try/", trying.try_out, name="try"),
    path("<str:item>/record/", record.record, name="record"),
]
