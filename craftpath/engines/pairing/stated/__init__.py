"""Both sides say whom they want, in order: a plan in which no two would rather have each other.

Hospitals and residents by deferred acceptance (Gale & Shapley 1962; Roth 1984), with capacities and lists of any
length. Lists are strict: who is indifferent says so by a drawn order of the own, so that nobody else decides.
"""

from craftpath.engines.pairing.stated.stability import Stable, Stated, blocking, check_stated, stable

__all__ = ["Stable", "Stated", "blocking", "check_stated", "stable"]
