"""`@action`: a write is atomic, takes keywords only, and says by whom and when."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from craftpath.kernel.leases import prove

P = ParamSpec("P")
R = TypeVar("R")
Guard = Callable[[Callable[..., Any], dict[str, Any]], None]
GUARDS: list[Guard] = []
"""What may refuse a verb wherever it is used; asked of the outermost one, with its keywords."""
_inside: ContextVar[bool] = ContextVar("craftpath_in_action", default=False)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Wrap a verb of a noun in one transaction; refuses at import a verb without `by` and `at`."""
    parameters = inspect.signature(function).parameters
    for name in ("by", "at"):
        if name not in parameters or parameters[name].kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__qualname__}: an action takes `{name}` as a keyword")

    @wraps(function)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get():
            with transaction.atomic():
                return function(*args, **kwargs)
        for guard in GUARDS:
            guard(function, kwargs)
        token = _inside.set(True)
        try:
            with transaction.atomic():
                prove()  # a job that somebody else has taken over writes nothing any more
                return function(*args, **kwargs)
        finally:
            _inside.reset(token)

    acted.is_action = True  # type: ignore[attr-defined]
    return acted
