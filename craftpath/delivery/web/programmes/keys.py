"""Keys for parts and items whose author gave none: made from the name, each used once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify

LONGEST = 60
_FROM_NAME = 40


def fresh_key(name: str, kind: str, taken: Iterable[str]) -> str:
    """A key such as `training_log`, or `item1` where the name has no Latin letters."""
    used = set(taken)
    stem = slugify(name).replace("-", "_")[:_FROM_NAME].strip("_")
    if stem and stem not in used:
        return stem
    number = 2 if stem else 1
    form = f"{stem}_{{}}" if stem else f"{kind}{{}}"
    while form.format(number) in used:
        number += 1
    return form.format(number)
