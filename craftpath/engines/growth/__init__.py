"""How far has somebody come in each skill, stage by stage, how sure is that, and where do the others stand?

Proofs go in as columns, one row a proof; one apprentice is a cohort of one. `levels` makes of them a level for each
person, skill and stage: weighted, what is newer counts more, pulled towards a neutral value where little is known, with
an interval. No proof gives no level, never 0. `pulls` shows what each proof brought, adding up to the level. `peers`
gives the median of the others where so many are behind it that no single one can be told. No clock and no chance: the
order of proofs and of people changes nothing.
"""

from craftpath.engines.growth.comparing import Peers, peers
from craftpath.engines.growth.levelling import levels, pulls
from craftpath.engines.growth.types import Levels, Proofs, Pulls, Rule

__all__ = ["Levels", "Peers", "Proofs", "Pulls", "Rule", "levels", "peers", "pulls"]
