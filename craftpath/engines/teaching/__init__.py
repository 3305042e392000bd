"""Laying the minutes of a unit on the weeks of those who teach it: whole steps, as even as limits allow."""

from craftpath.engines.teaching.laying import STEP, Laid, lay, split

__all__ = ["STEP", "Laid", "lay", "split"]
