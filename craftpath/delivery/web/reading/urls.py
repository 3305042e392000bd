"""Addresses of reading."""

from django.urls import path

from craftpath.delivery.web.reading import leading, listing, texting

app_name = "reading"
urlpatterns = [
    path("", listing.lists, name="lists"),
    path("mine/", listing.mine, name="mine"),
    path("new/", leading.new, name="new"),
    path("texts/<str:text>/", texting.text, name="text"),
    path("texts/<str:text>/edit/", leading.edit_text, name="edit_text"),
    path("texts/<str:text>/drop/", leading.drop_text, name="drop_text"),
    path("texts/<str:text>/note/", texting.note, name="note"),
    path("texts/<str:text>/record/", texting.record, name="record"),
    path("notes/<str:note>/<str:verb>/", texting.note_do, name="note_do"),
    path("records/<str:record>/<str:verb>/", leading.confirm, name="confirm"),
    path("<str:row>/", listing.one, name="list"),
    path("<str:row>/edit/", leading.edit, name="edit"),
    path("<str:row>/text/", leading.add_text, name="add_text"),
    path("<str:row>/club/", leading.club, name="club"),
    path("<str:row>/table.xlsx", leading.table, name="table"),
    path("<str:row>/<str:verb>/", listing.list_do, name="do"),
]
