"""Rules that reach over several pairs: even loads, limits of groups, one who is responsible, at most n changes.

`levelled` stays a flow: it lowers the greatest relative load as far as the total allows. `assign_within` keeps rules
that no flow can keep, by CP-SAT, with its bound; where the flow's plan keeps them by itself, that is the answer.
"""

from craftpath.engines.pairing.limits.levelling import Levelled, levelled
from craftpath.engines.pairing.limits.ruling import assign_within
from craftpath.engines.pairing.limits.types import Changes, Effort, Group, Lead, Ruled, Rules, Status

__all__ = [
    "Changes",
    "Effort",
    "Group",
    "Lead",
    "Levelled",
    "Ruled",
    "Rules",
    "Status",
    "assign_within",
    "levelled",
]
