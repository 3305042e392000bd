"""On which line of its TOML text does a scheme's fault stand? Places of faults, turned into lines."""

from __future__ import annotations

import re

HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\s-]+?)\s*\]\]?\s*(#.*)?$")
ASSIGNMENT = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def line_of(lines: dict[str, int], place: str) -> int:
    """The line of a place, or of the nearest thing around it that the text names."""
    while place and place not in lines:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return lines.get(place, 1)


def lines_of(text: str) -> dict[str, int]:
    """Place -> line, for tables and assignments written one a line; enough to find a fault by."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header, assignment = HEADER.match(line), ASSIGNMENT.match(line)
        if header:
            prefix = _place(header[2], header[1] == "[[", counts)
            found.setdefault(re.sub(r"\[\d+\]$", "", prefix), number)
            found.setdefault(prefix, number)
        elif assignment:
            found.setdefault(f"{prefix}.{assignment[1]}".lstrip("."), number)
    return found


def _place(name: str, repeated: bool, counts: dict[str, int]) -> str:
    """`component.item` as `component[0].item[2]`, by how many of each have begun so far."""
    path = ""
    parts = [part.strip() for part in name.split(".")]
    for depth, part in enumerate(parts):
        path = f"{path}.{part}".lstrip(".")
        if depth == len(parts) - 1 and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
