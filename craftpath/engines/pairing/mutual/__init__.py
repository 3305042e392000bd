"""Who learns from whom among equals: pairs that are worth most together, and rings of two or three.

`match` finds pairs in which both teach and both learn, `rings` those where A teaches B and B teaches A, or B teaches
C and C teaches A: everybody in one pair or ring at most.
"""

from craftpath.engines.pairing.mutual.checking import check_offers, check_people
from craftpath.engines.pairing.mutual.matching import match
from craftpath.engines.pairing.mutual.ringing import rings
from craftpath.engines.pairing.mutual.types import Matching, Offers, People, Rings

__all__ = ["Matching", "Offers", "People", "Rings", "check_offers", "check_people", "match", "rings"]
