"""Whether a paper can print what it says: asked of the doors, which have the fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Missing = Callable[[str], list[str]]
FONTS: list[Missing] = []


def prints(missing: Missing) -> Missing:
    """Register whoever knows the characters that the font of the papers lacks."""
    FONTS.append(missing)
    return missing


def lacking(content: Mapping[str, Any]) -> list[str]:
    """The characters of what a paper says that cannot be printed, each once."""
    text = "".join(dict.fromkeys("".join(_texts(content))))
    return [one for missing in FONTS for one in missing(text)]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
