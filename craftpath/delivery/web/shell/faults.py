"""Pages for what is not there and for what broke."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from craftpath.delivery.exchange.problems import problem
from craftpath.delivery.exchange.programs import for_programs

LAST_WORDS = (
    '<!doctype html><html lang="zh-hans"><head><meta charset="utf-8"><title>Craftpath</title></head><body>'
    '<h1>出错了</h1><p>请稍后再试。</p><h1 lang="en">Something broke</h1><p lang="en">Try again in a minute.</p>'
    "</body></html>"
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also what a stranger sees of somebody else's page, so it names nothing of it."""
    if for_programs(request.path_info):
        return problem(404, "api.not_there")
    return render(request, "shell/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without anything that could break again: no session, no person, no database."""
    if for_programs(request.path_info):
        return problem(500, "api.broken")
    try:
        page = str(render_to_string("shell/broken.html"))
    except Exception:  # whatever it is, the reader still gets an answer, and the log the reason
        logging.getLogger(__name__).exception("the page for faults is faulty")
        page = LAST_WORDS
    return HttpResponse(page, status=500)
