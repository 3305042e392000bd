"""Does an item or a selection treat groups differently? Never an answer about a group that is too small."""

from craftpath.engines.psychometrics.fairness.functioning import Category, Functioning, mantel_haenszel
from craftpath.engines.psychometrics.fairness.selection import FOUR_FIFTHS, Rate, impact_ratios

__all__ = ["FOUR_FIFTHS", "Category", "Functioning", "Rate", "impact_ratios", "mantel_haenszel"]
