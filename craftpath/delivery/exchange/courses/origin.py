"""Where the content's own origin is, seen from a page of the site."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from craftpath.delivery.exchange.courses.grants import BACK, OURS, Grant, granted

_TWINS = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}
"""Two names of this machine: cookies are kept by host and not by port, so the content gets the other one."""


def site_origin(request: HttpRequest) -> str:
    """The site's own origin, as the reader's browser names it."""
    return f"{request.scheme}://{request.get_host()}"


def content_origin(request: HttpRequest) -> str:
    """Another origin than the site's; "" where none is set up, or where it would be the same."""
    given = settings.CONTENT_ADDRESS
    if given.startswith(":"):
        host = split_domain_port(request.get_host())[0]
        given = f"{request.scheme}://{_TWINS.get(host, host)}{given}"
    return "" if given == site_origin(request) else given


def player_address(request: HttpRequest, package: str) -> str:
    """The page on the content's origin that plays a package."""
    token = granted(Grant(package, site_origin(request)), time.time())
    return f"{content_origin(request)}/{token}/{OURS}/"


def files_address(request: HttpRequest, package: str) -> str:
    """Where the files of a cmi5 course lie, whose units may talk to the site's record store."""
    token = granted(Grant(package, site_origin(request), talks=True), time.time())
    return f"{content_origin(request)}/{token}"


def way_back(request: HttpRequest, package: str, path: str) -> str:
    """A page on the content's origin that takes the page around it to an address of the site."""
    return f"{files_address(request, package)}/{OURS}/{BACK}?{urlencode({'to': path})}"
