"""JSON that can be kept and sent out again; what a database or another program chokes on is found with its path."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from craftpath.delivery.exchange.frameworks.reading import Unfit

DEEPEST = 60
"""Whoever reads, orders or writes a package goes down by recursion."""
LARGEST = 2**63
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""A zero, and halves of a character: no file in UTF-8 and no database holds them."""


def parsed(text: str) -> Any:
    """The value of a JSON text; `Unfit` for what cannot be kept, with its path where there is one."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise Unfit("", "", "framework.json_deep") from None
    except json.JSONDecodeError as wrong:
        raise Unfit(f"{wrong.lineno}:{wrong.colno}", "", "framework.not_json") from None
    except ValueError:  # a number of thousands of digits
        raise Unfit("", "", "framework.number_unfit") from None
    unfit = _unfit(value)
    if unfit is not None:
        raise unfit
    return value


def _unfit(value: Any) -> Unfit | None:
    """The first thing that cannot be kept; without recursion."""
    waiting: list[tuple[str, int, Any]] = [("", 0, value)]
    while waiting:
        path, depth, one = waiting.pop()
        if isinstance(one, dict | list) and depth > DEEPEST:
            return Unfit(path, "", "framework.json_deep")
        texts = one if isinstance(one, dict) else [one] if isinstance(one, str) else ()
        if any(_NO_TEXT.search(text) for text in texts):
            return Unfit(path, "", "framework.text_unfit")
        if isinstance(one, int | float) and not _holds(one):
            return Unfit(path, str(one), "framework.number_unfit")
        if isinstance(one, dict):
            waiting += [(f"{path}.{name}".lstrip("."), depth + 1, inner) for name, inner in one.items()]
        elif isinstance(one, list):
            waiting += [(f"{path}[{n}]", depth + 1, inner) for n, inner in enumerate(one)]
    return None


def _holds(number: float) -> bool:
    return isfinite(number) if isinstance(number, float) else -LARGEST < number < LARGEST
