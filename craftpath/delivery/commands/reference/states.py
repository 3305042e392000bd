"""Every flow as a diagram."""

from __future__ import annotations

from collections.abc import Iterator

from craftpath.delivery.commands.reference import marking, rooms
from craftpath.values.flow import Flow

WHAT = (
    "Each table of moves in the code, drawn. A state is left only by a move that is drawn here; the move is the\n"
    "first word of the action that makes it, and everything else is refused with `flow.not_now`."
)


def flows() -> dict[str, tuple[Flow, str]]:
    """Key → the flow and the module where it stands, by key."""
    found: dict[str, tuple[Flow, str]] = {}
    for module in (*rooms.kernel(), *rooms.nouns("states")):
        for value in vars(module).values():
            if isinstance(value, Flow):
                found.setdefault(value.key, (value, module.__name__))
    return dict(sorted(found.items()))


def page() -> str:
    """The page."""
    return marking.page("States", WHAT, *_sections())


def _sections() -> Iterator[str]:
    for key, (flow, module) in flows().items():
        yield f"## {key}"
        yield f"In `{module.replace('.', '/')}.py`."
        yield f"```mermaid\n{flow.mermaid()}\n```"
