"""Addresses of tools and platforms of an organisation."""

from django.urls import path

from craftpath.delivery.web.lti import in_courses, launching, platforms, tools

__all__ = ["in_courses"]  # lets courses hold links to tools

app_name = "tools"
urlpatterns = [
    path("", tools.listing, name="list"),
    path("new/", tools.new, name="new"),
    path("keys/", tools.keys, name="keys"),
    path("platforms/", platforms.listing, name="platforms"),
    path("platforms/new/", platforms.new, name="new_platform"),
    path("platforms/<str:platform>/", platforms.platform, name="platform"),
    path("platforms/<str:platform>/change/", platforms.change, name="change_platform"),
    path("platforms/<str:platform>/do/<str:verb>/", platforms.move, name="move_platform"),
    path("platforms/<str:platform>/people/<str:entry>/", platforms.roster, name="roster"),
    path("open/<str:run>/<str:activity>/", launching.launch, name="launch"),
    path("<str:tool>/", tools.tool, name="tool"),
    path("<str:tool>/change/", tools.change, name="change"),
    path("<str:tool>/do/<str:verb>/", tools.move, name="move"),
    path("<str:tool>/choose/", tools.choose, name="choose"),
    path("<str:tool>/chosen/", tools.chosen, name="chosen"),
]
