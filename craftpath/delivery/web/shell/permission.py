"""`@needs`: a view that asks for one permission before anything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase

from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

View = Callable[..., HttpResponseBase]


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Refuse (403) an actor who has none of these permissions."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            verdicts = [request.actor.may(permission) for permission in permissions]
            if not any(verdicts):
                raise Refused(verdicts[0])
            return view(request, *args, **kwargs)

        checked.asks_for = permissions  # type: ignore[attr-defined]  # for whoever offers a way to this page
        return checked

    return wrap
