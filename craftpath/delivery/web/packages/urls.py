"""Addresses of packages of courses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.frameworks.usage import label_uses
from craftpath.delivery.web.packages import doing, in_courses, listing, new, one, play, saving

__all__ = ["in_courses"]  # lets courses hold packages

label_uses("packages", _("Packages of courses"))

app_name = "packages"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", new.new, name="new"),
    path("<str:package>/", one.package, name="package"),
    path("<str:package>/details/", doing.details, name="details"),
    path("<str:package>/do/<str:verb>/", doing.move, name="move"),
    path("<str:package>/play/<str:part>/", play.play, name="play"),
    path("<str:package>/commit/", saving.commit, name="commit"),
]
