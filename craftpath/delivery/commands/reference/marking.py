"""The few forms of Markdown that the reference uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by `python manage.py reference` from the code; changes made here are lost. -->"


def page(title: str, *parts: str) -> str:
    """A whole file: who wrote it, its title, its parts with a blank line between them."""
    return "\n\n".join([WRITTEN, f"# {title}", *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell does not end it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """A word of the code; an empty one stays empty."""
    return f"`{text}`" if text else ""


def first_line(docstring: str | None) -> str:
    """What a docstring says in its first line."""
    return (docstring or "").strip().split("\n", 1)[0]
