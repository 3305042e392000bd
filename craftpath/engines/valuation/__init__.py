"""Valuation: what a contribution to a partnership is worth by the rule that both sides agreed on.

Words: contribution 投入, valuation rule 计价规则, straight line 直线法.

Money counts as it is and materials at cost; a machine by the share of its useful life that was used, in a straight
line; hours of people and rooms by the rates of the rule. Each answer shows its arithmetic.
"""

from craftpath.engines.valuation.types import BASES, Given, Kind, RateMissing, Valued
from craftpath.engines.valuation.valuing import value

__all__ = ["BASES", "Given", "Kind", "RateMissing", "Valued", "value"]
