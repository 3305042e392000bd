"""Addresses of packages of courses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.frameworks.usage import label_uses
from craftpath.delivery.web.packages import doing, in_courses, listing, new, one, play, saving, units

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
    path("<str:package>/open/<str:part>/", units.open_part, name="open"),
    path("<str:package>/parts/<str:part>/", units.part, name="part"),
    path("<str:package>/parts/<str:part>/waive/<uuid:registration>/", units.waive, name="waive"),
    path("<str:package>/abandon/<uuid:session>/", units.abandon, name="abandon"),
    path("<str:package>/commit/", saving.commit, name="commit"),
]
