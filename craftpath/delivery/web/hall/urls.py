"""Addresses of the examination room; whoever has a code needs no account."""

from django.urls import path

from craftpath.delivery.web.hall import answering, entering, filing

app_name = "hall"
urlpatterns = [
    path("", entering.enter, name="enter"),
    path("paper/", answering.overview, name="paper"),
    path("paper/hand-in/", answering.hand_in, name="hand_in"),
    path("paper/<int:order>/", answering.question, name="question"),
    path("paper/<int:order>/files/", filing.add, name="add_file"),
    path("files/<str:file>/", filing.file, name="file"),
    path("pictures/<str:picture>/", answering.picture, name="picture"),
]
