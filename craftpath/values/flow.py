"""Legal moves as a table: (state, move) → state. Legality lives here; consequences live in actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from craftpath.values.verdict import Refused, not_now


@dataclass(frozen=True)
class Flow:
    """A state machine as data.

    `moves` maps a move's name to {state before: state after}. `key` names the flow in reason codes.
    """

    key: str
    start: str
    moves: Mapping[str, Mapping[str, str]]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the start first, in order of appearance."""
        seen = {self.start: None}
        for table in self.moves.values():
            for before, after in table.items():
                seen[before] = seen[after] = None
        return tuple(seen)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states as (value, label) pairs for a model field; labels are translated by the noun's texts."""
        return [(state, state) for state in self.states]

    def can(self, state: str, move: str) -> bool:
        """Whether the move is legal in this state."""
        return state in self.moves[move]

    def after(self, state: str, move: str) -> str:
        """The state that the move leads to; refuses an illegal move with `flow.not_now`."""
        if not self.can(state, move):
            raise Refused(not_now("flow.not_now", flow=self.key, state=state, move=move))
        return self.moves[move][state]

    def reachable(self) -> frozenset[str]:
        """All states that some sequence of moves reaches from the start."""
        found, frontier = {self.start}, [self.start]
        while frontier:
            state = frontier.pop()
            for table in self.moves.values():
                after = table.get(state)
                if after is not None and after not in found:
                    found.add(after)
                    frontier.append(after)
        return frozenset(found)

    def mermaid(self) -> str:
        """The diagram of the table, as Mermaid text for the reference."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for move, table in self.moves.items():
            lines += [f"    {before} --> {after}: {move}" for before, after in table.items()]
        return "\n".join(lines)
