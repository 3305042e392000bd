"""Who guides whom: which trainers and apprentices make pairs that are worth most together, and why these?

A problem goes in: trainers with capacities, apprentices with needs, possible pairs with whole scores, pins and what
is forbidden. `check` says what makes no sense in it; `assign` finds the best plan as a flow of least cost, with the
prices that prove it; `reassign` does the same beside pairs that stand already and changes as few of them as may be;
`why` says of any trainer and apprentice why they are a pair or are not, and what the other thing would cost, exactly.

Rules that no flow can keep are in `limits`, pairs and rings among equals in `mutual`, choices stated by both sides
in `stated`, and chains in which whoever guides is guided as well in `chains`.

No clock and no chance but the seed. The order of rows changes nothing: people are put in the order of their ids,
then in one that the seed draws, and the solver does the same with the same columns every time. Which of several
plans that are worth the same comes out is settled by that order, and by nothing that is known of people.
"""

from craftpath.engines.pairing.assigning import assign
from craftpath.engines.pairing.checking import check
from craftpath.engines.pairing.explaining import why
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.reassigning import First, Reassignment, reassign
from craftpath.engines.pairing.types import Because, Plan, Problem, Reason
from craftpath.values.faults import Fault

__all__ = [
    "Because",
    "Fault",
    "First",
    "Plan",
    "Problem",
    "ProblemFaulty",
    "Reason",
    "Reassignment",
    "assign",
    "check",
    "reassign",
    "why",
]
